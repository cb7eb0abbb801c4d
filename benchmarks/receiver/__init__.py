"""A strict stand-in for the Bot API that is faster than any sender, as a process of its own.

It understands only what broadcasts need; the sandbox's Telegram, which parses everything, stays the judge of what is
correct.
"""
