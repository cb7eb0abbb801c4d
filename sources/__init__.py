"""The outside world coming in: one folder per site (wire, adapter, source), all through one HTTP door."""
