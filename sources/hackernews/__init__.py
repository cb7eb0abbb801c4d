"""Hacker News, by Algolia's search: the stories of the front page, and those about AI."""
