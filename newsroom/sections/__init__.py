"""The sections of the paper, one module each: a function from the desk and the day's slate to a section, or None."""
