"""The paper lived through recorded mornings: its issues as plain text, and one table of what it must reach."""
