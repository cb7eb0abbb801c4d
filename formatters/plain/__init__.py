"""The plain edition: text for a terminal and for golden files."""
