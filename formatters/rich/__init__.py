"""The rich edition: blocks of Bot API 10.1+, one native message a page."""
