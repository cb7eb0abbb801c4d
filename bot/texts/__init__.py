"""What the bot says of itself, by chapter; every text for readers is said by the ``Words`` of their language.

The admins' texts (editing, turns) are in English: they quote the desk, the checks and the ledger, which speak English.
"""
