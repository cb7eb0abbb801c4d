"""GitHub: the trending page by day and by week, and REST search for young AI repositories."""
