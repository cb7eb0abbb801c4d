"""Getting rendered messages to chats: the pump, its pacing, faults and the wire."""
