"""What arrived where, for benchmarks and for the proof that nothing came twice."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import Any

from sandbox.telegram.chats import Chat
from sandbox.telegram.limits import Statistics
from sandbox.telegram.world import World


def duplicates(world: World) -> dict[int, dict[str, int]]:
    """By chat id the contents that the bot sent there more than once (deleted messages apart), and how often."""
    with world.signal.lock:
        counted = {chat.id: _counted(chat) for chat in world.chats.values()}
    repeated = {
        chat_id: {text: times for text, times in counts.items() if times > 1} for chat_id, counts in counted.items()
    }
    return {chat_id: counts for chat_id, counts in repeated.items() if counts}


def _counted(chat: Chat) -> Counter[str]:
    """The bot's messages by what they said when they came."""
    first = (
        message.edits[0] if message.edits else message.content for message in chat.messages.values() if message.from_bot
    )
    return Counter(content.text or json.dumps(content.rich, sort_keys=True) for content in first)


def report(statistics: Statistics, world: World) -> dict[str, Any]:
    """The figures as JSON: those of Statistics, the rate, and the duplicates."""
    repeated = duplicates(world)
    return asdict(statistics) | {
        "rate": round(statistics.rate, 3),
        "duplicates": sum(times - 1 for counts in repeated.values() for times in counts.values()),
        "chats_with_duplicates": sorted(repeated)[:100],
        "chats": len(world.chats),
    }
