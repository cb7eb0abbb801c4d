"""How others send a broadcast: python-telegram-bot and aiogram, as their docs or their users have them do it."""
