"""The editorial desk, pure: insights, sections, writing and checking; it knows no wire."""
