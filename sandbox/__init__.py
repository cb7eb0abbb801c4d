"""A small, obedient outside world: local Telegram, local sources. Imports nothing of ours."""
