"""The house's side of the conversation: what the bot asks for, what admins are told unasked, and what is counted."""
