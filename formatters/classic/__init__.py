"""The classic edition: Telegram HTML, one message a page."""
