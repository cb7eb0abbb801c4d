"""Classic markup: Telegram HTML to text with entities and back, by the rules of TDLib."""
