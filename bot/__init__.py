"""The conversation: updates in, replies out; thin handlers, keyboards and guards."""
