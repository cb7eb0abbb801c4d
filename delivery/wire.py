"""The way to Telegram over python-telegram-bot: messages out, outcomes back. Nothing here raises, waits or repeats."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final

import structlog
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError

from delivery.faults import FIRST_WAIT, consequence
from domain.deliveries import Delayed, Moved, Outcome, Sent, Unknown, Unsupported, WireClosed
from domain.editions import Button, Keyboard, Message, Style
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

    async def send(self, chat_id: ChatId, message: Message, silent: bool = False) -> Outcome:
        """Send a message as it stands. Raises ValueError for a form that is not for chats, or broken JSON."""
        if message.style is Style.RICH:
            return await self._send_rich(chat_id, message, silent)
        return await self._send_text(chat_id, message, silent)

    async def edit(self, chat_id: ChatId, message_id: int, message: Message) -> Outcome:
        """Replace a delivered message in place; repeating it is harmless. Raises ValueError as ``send`` does."""
        rich = {"rich_message": _rich(message)} if message.style is Style.RICH else None
        mode, markup = _parse_mode(message), _markup(message.keyboard)

        async def request() -> int:
            await self._bot.edit_message_text(
                text=None if rich else message.body,  # type: ignore[arg-type]  # rich_message stands in its place
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=mode,
                link_preview_options=None if rich else _preview(message),
                reply_markup=markup,
                api_kwargs=rich,
                **_TIMEOUTS,
            )
            return message_id

        return await self._ended(request, message_id)

    async def send_photo(self, chat_id: ChatId, png: bytes, caption: str, silent: bool = False) -> Outcome:
        """Send a picture with a caption of plain text."""

        async def request() -> int:
            sent = await self._bot.send_photo(
                chat_id, png, caption=caption, disable_notification=silent, filename="picture.png", **_TIMEOUTS
            )
            return sent.message_id

        return await self._ended(request)

    async def _send_text(self, chat_id: ChatId, message: Message, silent: bool) -> Outcome:
        mode, markup = _parse_mode(message), _markup(message.keyboard)

        async def request() -> int:
            sent = await self._bot.send_message(
                chat_id,
                message.body,
                parse_mode=mode,
                link_preview_options=_preview(message),
                disable_notification=silent,
                reply_markup=markup,
                allow_paid_broadcast=self._paid,
                **_TIMEOUTS,
            )
            return sent.message_id

        return await self._ended(request)

    async def _send_rich(self, chat_id: ChatId, message: Message, silent: bool) -> Outcome:
        fields: dict[str, Any] = {
            "chat_id": chat_id,
            "rich_message": _rich(message),
            "disable_notification": silent,
            "reply_markup": _markup(message.keyboard),
        }
        if self._paid:
            fields["allow_paid_broadcast"] = True

        async def request() -> int:
            sent = await self._bot.do_api_request("send_rich_message", api_kwargs=fields, **_TIMEOUTS)
            _note_losses(fields["rich_message"]["blocks"], sent)
            return int(sent["message_id"])

        outcome = await self._ended(request)
        return await self._method_or_token(outcome) if isinstance(outcome, Unsupported) else outcome

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


def _parse_mode(message: Message) -> ParseMode | None:
    if message.style is Style.JSON:
        raise ValueError("the JSON edition is for programs; it is not sent to chats")
    return ParseMode.HTML if message.style is Style.CLASSIC else None


def _preview(message: Message) -> LinkPreviewOptions:
    if message.preview_url is None:
        return LinkPreviewOptions(is_disabled=True)
    return LinkPreviewOptions(url=message.preview_url)


def _rich(message: Message) -> dict[str, Any]:
    return {"blocks": json.loads(message.body), "skip_entity_detection": True}


def _markup(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in keyboard]) if keyboard else None


def _button(button: Button) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.text, url=button.url, callback_data=button.callback)


def _note_losses(blocks: list[Any], sent: Any) -> None:
    """Telegram is known to drop rich content in silence: compare what came back with what left."""
    came_back = sent.get("rich_message", {}).get("blocks", ())
    if len(blocks) != len(came_back):
        log.warning("rich.content_lost", sent=len(blocks), stored=len(came_back), message_id=sent["message_id"])
