"""The chat page in the browser: what a reader would see, and hands to answer with."""
