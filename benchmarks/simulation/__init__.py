"""What lies beyond the machine at hand, simulated: windows and shares event by event, days of readers by hour."""
