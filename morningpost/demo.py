"""The demo: eight sample mornings, the eighth issue delivered, and a local Telegram to talk to; no token needed."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from domain.editions import FRONT, Style
from domain.issue import IssueRecord
from domain.readers import ChatId, Subscriber
from domain.readings import Harvest, HarvestStatus
from formatters.editions import render
from formatters.receipts import receipt_lines
from morningpost import clock
from morningpost.running import open_office, run_paper
from morningpost.settings import Settings
from morningpost.telegram import Identity
from morningpost.wiring import House, build_house
from sandbox import sample
from sandbox.serving import Serving
from sandbox.sources.server import LocalSources
from sandbox.telegram import TELEGRAM, Chat, Pane, Reader, SandboxTelegram

#: The people of the demo. The first reads along in the browser; the last is the admin.
READERS = ((1001, "Ada"), (1002, "Grace"), (1003, "Alan"), (1004, "Katherine"), (1005, "Edsger"))
ADMIN = (2001, "Editor")
CHANNEL = "@sample_morning_post"


@dataclass(frozen=True, slots=True)
class Stage:
    """The local world that the demo plays in."""

    house: House
    telegram: SandboxTelegram
    page: str
    sources: LocalSources
    channel: Chat
    reader: Reader
    admin: Reader


@contextmanager
def stage(port: int = 0) -> Iterator[Stage]:
    """Set up a local Telegram, local sources and an empty house in a folder of its own; all gone at the end."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="morningpost-demo-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        telegram = SandboxTelegram(limits=TELEGRAM)
        admin = telegram.user(*ADMIN)
        channel = telegram.channel(CHANNEL, "The AI Morning Post (sample)", admins=[admin])
        sources = LocalSources(sample.mornings())
        telegram_server = stack.enter_context(Serving(telegram, port=port))
        source_server = stack.enter_context(Serving(sources))
        settings = _settings(folder, telegram, telegram_server.url, sources, source_server.url)
        identity = Identity("ai_morning_post_bot", channel.id)
        house = build_house(settings, clock.now, identity, sample=True)
        stack.callback(house.database.close)
        house.database.migrate()
        people = [telegram.user(*reader) for reader in READERS]
        for person in (*people, admin):
            person.start()
        telegram.show(_panes(channel, people[0], admin), title="The AI Morning Post — sample")
        yield Stage(house, telegram, telegram_server.url, sources, channel, people[0], admin)


def _panes(channel: Chat, reader: Reader, admin: Reader) -> list[Pane]:
    """What the chat page shows side by side."""
    return [
        Pane("Channel", channel.id, reader.id),
        Pane("Reader", reader.id, reader.id),
        Pane("Admin", admin.id, admin.id),
    ]


def _settings(
    folder: Path, telegram: SandboxTelegram, telegram_url: str, sources: LocalSources, sources_url: str
) -> Settings:
    feeds = folder / "feeds.toml"
    feeds.write_text(sources.feeds_toml(sources_url), encoding="utf-8")
    environ = {
        **sources.addresses(sources_url),
        "FEEDS_FILE": str(feeds),
        "CHECK_LINKS": "false",  # the sample's pages are made up
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram_url,
        "TELEGRAM_CHANNEL": CHANNEL,
        "TELEGRAM_ADMINS": str(ADMIN[0]),
        "DATA_DIR": str(folder),
    }
    return Settings.from_env(environ, folder)


Say = Callable[[str], None]


async def print_paper(scene: Stage, say: Say) -> IssueRecord:
    """Live through the eight mornings, deliver the eighth issue, and print its front page with the receipt."""
    record = await _mornings(scene, say)
    _subscribe(scene)
    scene.house.desk.publish(record.issue.date, "demo", now=True)
    async with open_office(scene.house) as office:
        await office.pump.run_until_done()
    say("")
    say(render(record.issue, Style.PLAIN, scene.house.paper).pages[FRONT].body)
    _print_receipt(scene, say)
    return record


async def _mornings(scene: Stage, say: Say) -> IssueRecord:
    record: IssueRecord | None = None
    for morning in sample.mornings():
        scene.sources.turn_to(morning)
        harvests = await scene.house.collect(morning.at)
        record = await asyncio.to_thread(scene.house.desk.assemble, morning.at.date())
        say(f"{morning.at:%a %d %b}  {_collected(harvests)}; {_assembled(record)}")
    if record is None:
        raise AssertionError("the sample has mornings")
    return record


def _collected(harvests: list[Harvest]) -> str:
    items = sum(harvest.items for harvest in harvests)
    failed = [harvest for harvest in harvests if harvest.status is HarvestStatus.FAILED]
    lists = f"{items} items on {len(harvests)} lists"
    return f"{lists}, {len(failed)} failed" if failed else lists


def _assembled(record: IssueRecord) -> str:
    checks = record.issue.checks
    return f"issue {record.issue.number}: {checks.supported} claims supported, {len(checks.drops)} dropped"


def _subscribe(scene: Stage) -> None:
    """The demo's readers; one of them reads rich messages."""
    for number, (user_id, _) in enumerate(READERS):
        style = Style.RICH if number == 1 else Style.CLASSIC
        scene.house.subscribers.join(Subscriber(ChatId(user_id), scene.house.clock(), style=style))


def _print_receipt(scene: Stage, say: Say) -> None:
    receipt = scene.house.desk.receipt()
    say("")
    say("Receipt")
    for line in receipt_lines(receipt) if receipt else []:
        say(f"  {line}")
    say(f"  channel {CHANNEL}: {len(scene.channel.messages)} post, readers: {len(READERS)}")


async def converse(scene: Stage, stop: asyncio.Event) -> None:
    """Serve the local Telegram with the bot at work until ``stop`` is set."""
    await run_paper(scene.house, stop, patience=None)
