"""The composition root: settings, wiring, timetable, command line, logs."""
