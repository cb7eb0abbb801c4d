"""An issue becomes rendered editions: Telegram classic and rich, plain text, JSON, pictures. Pure."""
