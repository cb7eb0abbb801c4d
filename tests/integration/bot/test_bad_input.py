"""Whatever anybody sends: nothing breaks, and every private message has exactly one short answer."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands import ADMIN_COMMANDS, READER_COMMANDS
from sandbox.telegram import Reader, SandboxTelegram
from tests.integration.house import Morning, morning_at_work

COMMANDS = [*(command.name for command in READER_COMMANDS), *(command.name for command in ADMIN_COMMANDS)]
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30)
ARGUMENTS = st.one_of(
    WORDS,
    st.sampled_from(
        ["25", "-1", "7 Mars/Olympus", "2026-13-45", "99999999999999999999", "sub_", "lead_20269999", "a" * 64]
    ),
)
COMMAND = st.builds(
    lambda name, at, words: f"/{name}{at} {words}".strip(),
    st.sampled_from([*COMMANDS, "nonsense", "START"]),
    st.sampled_from(["", "", "@ai_morning_post_bot", "@otherbot"]),
    st.one_of(st.just(""), ARGUMENTS),
)
TEXT = st.one_of(COMMAND, WORDS.map(lambda words: words.strip() or "?"), st.just("x" * 4096), st.just("/" * 4096))
THING = st.sampled_from(
    [
        {"sticker": {"file_id": "1", "file_unique_id": "1", "type": "regular", "width": 1, "height": 1}
         | {"is_animated": False, "is_video": False}},
        {"location": {"latitude": 91.5, "longitude": 13.4}},
        {"contact": {"phone_number": "1", "first_name": "Ada"}},
        {"text": "junk", "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "x"}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ]
)  # fmt: skip
SAID = st.one_of(TEXT.map(lambda text: {"text": text}), THING)
PREFIXES = st.sampled_from(["p", "do", "b", "s", "t", "a", "q", "i", "c", "e", "f", "n", "x", ""])
DATA = st.one_of(
    WORDS, st.builds(lambda prefix, rest: f"{prefix}:{rest}", PREFIXES, st.one_of(WORDS, st.just("20269999:lead:up")))
).map(lambda data: data.encode()[:64].decode(errors="ignore") or "x")


def send(telegram: SandboxTelegram, reader: Reader, said: dict[str, Any], kind: str = "message") -> None:
    """Tell the bot of a message that no sandbox would let anybody write."""
    entities = []
    text = said.get("text", "")
    if text.startswith("/") and text[1:2].isalpha():
        entities = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
    with telegram.world.signal.lock:
        reader.unblock()
        message = {"message_id": 1, "date": 1, "chat": reader.chat.as_json(), "from": reader.user.as_json()}
        telegram.updates.put(kind, message | said | {"entities": entities})


async def one_answer_each(said: list[dict[str, Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with morning_at_work(Path(folder)) as morning:
            readers = [morning.reader(1001 + number) for number in range(len(said))]
            for reader, each in zip(readers, said, strict=True):
                send(morning.telegram, reader, each)
            await morning.telegram.until(lambda: all(reader.received for reader in readers), 20)
            await settled(morning)
    for reader, each in zip(readers, said, strict=True):
        (answer,) = reader.received
        assert 0 < len(answer.text) <= 4096, each
        assert "Something went wrong" not in answer.text, each
        assert "Traceback" not in answer.text


async def settled(morning: Morning) -> None:
    """Wait until what was sent before has been handled: a last question has its answer."""
    await morning.say(morning.reader(9999), "/help")


QUIET = settings(max_examples=6, suppress_health_check=list(HealthCheck))


@QUIET
@given(st.lists(SAID, min_size=10, max_size=20))
def test_every_private_message_has_exactly_one_answer(said: list[dict[str, Any]]) -> None:
    asyncio.run(one_answer_each(said))


@QUIET
@given(st.lists(DATA, min_size=8, max_size=12))
def test_every_forged_button_tells_its_presser_something_and_says_nothing_broke(forged: list[str]) -> None:
    async def press_all() -> None:
        with tempfile.TemporaryDirectory() as folder:
            async with morning_at_work(Path(folder)) as morning:
                reader = morning.reader()
                await morning.say(reader, "/help")
                for data in forged:
                    await morning.forge(reader, data)
                assert not any("Something went wrong" in message.text for message in reader.received)

    asyncio.run(press_all())


async def test_an_admins_command_from_someone_else_is_unknown(tmp_path: Path) -> None:
    async with morning_at_work(tmp_path) as morning:
        (unknown,) = await morning.say(morning.reader(), "/nonsense")
        for command in ADMIN_COMMANDS:
            (answer,) = await morning.say(morning.reader(), f"/{command.name}")
            assert answer.text == unknown.text, command.name
