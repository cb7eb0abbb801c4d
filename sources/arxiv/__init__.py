"""arXiv: the newest submissions of four categories, and the day's listing."""
