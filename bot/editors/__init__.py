"""Editing: drafts, corrections, notices, broadcasts, and how the paper stands; for its admins alone."""
