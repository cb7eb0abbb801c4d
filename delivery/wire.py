"""The way to Telegram over python-telegram-bot: messages out, outcomes back. Nothing here raises, waits or repeats."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

import structlog
from telegram import Bot
from telegram.error import TelegramError

from delivery.faults import FIRST_WAIT, consequence
from delivery.letters import Letter, write_letter
from domain.deliveries import Delayed, Moved, Outcome, Sent, Unknown, Unsupported, WireClosed
from domain.editions import Message
from domain.readers import ChatId

log = structlog.get_logger()

#: Seconds. Reading is given long: an answer that we did not wait for is a message that may be sent twice.
_TIMEOUTS: Final[dict[str, Any]] = {
    "connect_timeout": 5.0,
    "pool_timeout": 5.0,
    "write_timeout": 10.0,
    "read_timeout": 20.0,
}


class TelegramWire:
    """Sends and edits by one bot, which must be initialised (``async with bot``).

    Rich messages go as ``blocks`` with entity detection off, so that text is literal. Where the server lacks the
    method, the outcome is ``Unsupported``: whoever has the classic form sends that. ``paid``: pay Stars for what goes
    above the free rate (allow_paid_broadcast).
    """

    def __init__(self, bot: Bot, *, paid: bool = False) -> None:
        self._bot = bot
        self._paid = paid or None

    def letter(self, message: Message) -> Letter:
        """Encode a message once for all who get it. Raises ValueError for a form that is not for chats."""
        return write_letter(message)

    async def send(self, chat_id: ChatId, letter: Letter, silent: bool = False) -> Outcome:
        """Send a letter as it stands."""
        paid = bool(self._paid)

        async def request() -> int:
            sent = await self._call(letter.method, letter.to(chat_id, silent=silent, paid=paid))
            _note_losses(letter.blocks, sent)
            return int(sent["message_id"])

        return await self._known(await self._ended(request))

    async def edit(self, chat_id: ChatId, message_id: int, letter: Letter) -> Outcome:
        """Put a letter in the place of a delivered message; repeating it is harmless."""

        async def request() -> int:
            await self._call("editMessageText", letter.over(chat_id, message_id))
            return message_id

        return await self._known(await self._ended(request, message_id))

    async def _call(self, method: str, body: bytes) -> Any:
        return await self._bot.do_api_request(method, api_kwargs=json.loads(body), **_TIMEOUTS)

    async def _known(self, outcome: Outcome) -> Outcome:
        return await self._method_or_token(outcome) if isinstance(outcome, Unsupported) else outcome

    async def send_photo(self, chat_id: ChatId, png: bytes, caption: str, silent: bool = False) -> Outcome:
        """Send a picture with a caption of plain text."""

        async def request() -> int:
            sent = await self._bot.send_photo(
                chat_id, png, caption=caption, disable_notification=silent, filename="picture.png", **_TIMEOUTS
            )
            return sent.message_id

        return await self._ended(request)

    async def _method_or_token(self, unsupported: Unsupported) -> Outcome:
        """An unknown method and an unknown token look alike to python-telegram-bot: ask who we are, which both know."""

        async def request() -> int:
            await self._bot.get_me(**_TIMEOUTS)
            return 0

        known = await self._ended(request)
        if isinstance(known, Sent):
            return unsupported
        return known if isinstance(known, WireClosed) else Delayed(unsupported.reason, FIRST_WAIT)

    async def _ended(self, request: Callable[[], Awaitable[int]], message_id: int = 0) -> Outcome:
        try:
            return Sent(await request())
        except TelegramError as error:
            return self._discreet(consequence(error, message_id))
        except (TypeError, LookupError, ValueError, AttributeError) as error:
            return Unknown(f"Telegram's answer has another shape ({type(error).__name__})")

    def _discreet(self, outcome: Outcome) -> Outcome:
        """The outcome without our token, should Telegram or a proxy repeat the address that was asked."""
        if isinstance(outcome, Sent | Moved) or self._bot.token not in outcome.reason:
            return outcome
        return replace(outcome, reason=outcome.reason.replace(self._bot.token, "•••"))


def _note_losses(blocks: int | None, sent: Any) -> None:
    """Telegram is known to drop rich content in silence: compare what came back with what left."""
    came_back = len(sent.get("rich_message", {}).get("blocks", ()))
    if blocks is not None and blocks != came_back:
        log.warning("rich.content_lost", sent=blocks, stored=came_back, message_id=sent["message_id"])
