"""Rich messages: what Telegram's servers accept as blocks, what they refuse, what they drop without a word."""
