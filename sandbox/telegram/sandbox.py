"""SandboxTelegram: the whole local Telegram in one object."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import UTC, datetime
from typing import TypeVar

from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from sandbox.telegram.chats import CHANNEL_RIGHTS, Chat, ChatKind, Membership, Status, User
from sandbox.telegram.control import Control
from sandbox.telegram.desk import Desk
from sandbox.telegram.faults import Faults
from sandbox.telegram.forums import Forum
from sandbox.telegram.inline import Asking, ask
from sandbox.telegram.limits import UNLIMITED, Gate, Limits, Statistics
from sandbox.telegram.page.site import Site
from sandbox.telegram.page.views import BANNER, Pane, Stage
from sandbox.telegram.people import Reader, stands
from sandbox.telegram.receipts import duplicates
from sandbox.telegram.server import BotServer
from sandbox.telegram.updates import Updates
from sandbox.telegram.webhook import Pusher
from sandbox.telegram.world import World

Found = TypeVar("Found")

#: How often it is looked for what rings no bell, seconds.
_LOOKS_AGAIN = 0.05

#: The token of the sandbox's bot; its first part is the bot's id.
TOKEN = "700000001:sandbox-token-for-tests-and-the-demo"  # noqa: S105


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SandboxTelegram:
    """A local Telegram: an ASGI application, and the hands of its users. See the package's docstring.

    ``clock`` gives aware UTC for the dates of messages, ``now`` is a monotonic clock in seconds for limits and outages,
    ``chance`` draws ids, latencies and shares.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "ai_morning_post_bot",
        name: str = "The AI Morning Post",
        clock: Callable[[], datetime] = _utc_now,
        now: Callable[[], float] = time.monotonic,
        chance: random.Random | None = None,
        limits: Limits = UNLIMITED,
    ) -> None:
        chance = chance or random.Random(7)  # noqa: S311
        bot = User(int(token.partition(":")[0]), name, username=username, is_bot=True)
        self.token = token
        self.world = World(bot, clock, chance)
        self.gate = Gate(limits, now)
        self.updates = Updates(self.world.signal, chance)
        self.desk = Desk(self.world, self.gate, self.updates, now)
        self.faults = Faults(chance, now)
        self.stage = Stage()
        self._bot_server = BotServer(token, self.desk, self.faults)
        routes = [*Site(self.desk, self.stage).routes(), *Control(self).routes()]
        self._rest = Starlette(routes=routes, lifespan=self._live)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI application: the Bot API straight, the page and the control through Starlette's routes."""
        path = scope.get("path", "")
        if path.startswith("/bot"):
            await self._bot_server(scope, receive, send)
        elif path.startswith("/file/bot"):
            await self._bot_server.download(path, send)
        else:
            await self._rest(scope, receive, send)

    def user(self, user_id: int, name: str = "", *, language: str = "en", username: str = "") -> Reader:
        """The person with this id, made on the first mention; ``name`` may have a last name after a space."""
        with self.world.signal.lock:
            chat = self.world.find(user_id)
            if chat is None:
                first, _, last = (name or f"Reader {user_id}").partition(" ")
                chat = self.world.add_user(User(user_id, first, last, username, language))
        if chat.user is None:
            raise ValueError(f"{user_id} is a {chat.kind.value}, not a person")
        return Reader(self.desk, chat.user, chat)

    def crowd(self, first_id: int, count: int) -> None:
        """That many persons who have all started the bot, with ids in a row."""
        with self.world.signal.lock:
            for user_id in range(first_id, first_id + count):
                self.user(user_id).unblock()

    def channel(
        self,
        reference: str,
        title: str = "",
        *,
        chat_id: int | None = None,
        rights: Iterable[str] = CHANNEL_RIGHTS,
        admins: Iterable[Reader] = (),
    ) -> Chat:
        """A channel ``@name`` where the bot is an administrator with these rights (none at all: not a member)."""
        held = frozenset(rights)
        bot = Membership(Status.ADMINISTRATOR, held) if held else Membership(Status.LEFT)
        members = {admin.id: Membership(Status.CREATOR) for admin in admins}
        name = reference.removeprefix("@")
        return self.world.add_chat(
            Chat(chat_id or self._fresh_id(), ChatKind.CHANNEL, title or name, name, bot=bot, members=members)
        )

    def group(self, title: str, *, chat_id: int | None = None, members: Iterable[Reader] = ()) -> Chat:
        """A supergroup with the bot in it (a basic group where ``chat_id`` is above -1000000000000)."""
        chat_id = chat_id or self._fresh_id()
        kind = ChatKind.SUPERGROUP if chat_id < -1_000_000_000_000 else ChatKind.GROUP
        inside = {member.id: Membership(Status.MEMBER) for member in members}
        return self.world.add_chat(Chat(chat_id, kind, title, members=inside))

    def chat(self, reference: int | str) -> Chat:
        """The chat with this id or @name. Raises KeyError."""
        chat = self.world.find(reference)
        if chat is None:
            raise KeyError(f"there is no chat {reference!r}")
        return chat

    def forum(self, group: Chat, by: Reader | None = None) -> Forum:
        """The topics of a supergroup: open, close, reopen, delete, rename."""
        return Forum(self.desk, group, by.user if by else self.world.bot)

    def set_rights(self, chat: Chat, rights: Iterable[str], by: Reader | None = None) -> None:
        """Make the bot an administrator with these rights, or with none of them a mere member; the bot is told."""
        held = frozenset(rights)
        standing = Membership(Status.ADMINISTRATOR, held) if held else Membership(Status.MEMBER)
        stands(self.desk, chat, standing, by.user if by else self.world.bot)

    def remove_bot(self, chat: Chat, by: Reader | None = None) -> None:
        """Throw the bot out of a group or a channel; the bot is told."""
        stands(self.desk, chat, Membership(Status.KICKED), by.user if by else self.world.bot)

    def deactivate(self, reader: Reader) -> None:
        """Delete a person's account; Telegram tells nobody."""
        with self.world.signal.lock:
            reader.user.deactivated = True
            self.world.changed(reader.chat)

    def upgrade(self, group: Chat) -> Chat:
        """Turn a basic group into a supergroup under a new id; writing to the old one is refused with that id."""
        new = self.world.add_chat(
            Chat(self._fresh_id(), ChatKind.SUPERGROUP, group.title, bot=group.bot, members=dict(group.members))
        )
        group.upgraded_to = new.id
        return new

    def inline(self, reader: Reader, text: str, offset: str = "") -> Asking:
        """Let a reader type ``@bot text`` in any chat."""
        return ask(self.desk, reader.user, text, offset)

    def switch_inline(self, on: bool) -> None:
        """Switch the bot's inline mode on or off, as @BotFather does; off, the bot hears of no query."""
        with self.world.signal.lock:
            self.world.inline_on = on

    def duplicates(self) -> dict[int, dict[str, int]]:
        """By chat id the contents that the bot sent there more than once, and how often."""
        return duplicates(self.world)

    @property
    def statistics(self) -> Statistics:
        """What has been counted since the start or the last ``reset_statistics``."""
        return self.gate.statistics

    def wait_for(self, predicate: Callable[[], Found], timeout: float = 5.0) -> Found:
        """Block until ``predicate`` gives something true, and give that. Raises TimeoutError.

        It is tried at every change, and a few times a second for what is no change here: a row in somebody's database.
        """
        ends = time.monotonic() + timeout
        while True:
            try:
                return self.world.signal.wait_for(predicate, min(_LOOKS_AGAIN, max(0.0, ends - time.monotonic())))
            except TimeoutError:
                if time.monotonic() >= ends:
                    raise TimeoutError(f"it did not come true within {timeout} s") from None

    async def until(self, predicate: Callable[[], Found], timeout: float = 5.0) -> Found:  # noqa: ASYNC109
        """The same in a coroutine. Raises TimeoutError."""
        ends = time.monotonic() + timeout
        while not (found := await self.world.signal.until(predicate, _LOOKS_AGAIN)):
            if time.monotonic() >= ends:
                raise TimeoutError(f"it did not come true within {timeout} s")
        return found

    def show(self, panes: Iterable[Pane], *, banner: str = BANNER, title: str = "Telegram sandbox") -> None:
        """Choose the chats that the page shows, from left to right."""
        with self.world.signal.lock:
            self.stage.panes = tuple(panes)
            self.stage.banner = banner
            self.stage.title = title
            self.world.restaged()

    @contextlib.asynccontextmanager
    async def _live(self, _: Starlette) -> AsyncIterator[None]:
        """While the server runs, updates are pushed to the webhook, if one is set."""
        pushing = asyncio.create_task(Pusher(self.desk, self._bot_server.call).run())
        try:
            yield
        finally:
            pushing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await pushing

    def _fresh_id(self) -> int:
        return -1_001_000_000_000 - len(self.world.chats) - 1
