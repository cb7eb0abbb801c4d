"""Insights: pure functions from readings to facts that could be told today, each with its figures and evidence."""
