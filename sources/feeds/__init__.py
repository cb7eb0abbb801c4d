"""Feeds of labs, press and blogs; the list of them is data (``feeds.toml``), and one's own may take its place."""
