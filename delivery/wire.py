"""The way to Telegram: letters out, outcomes back. Nothing here raises, waits or repeats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import structlog
from yarl import URL

from delivery.bodies import Body, Upload, form_body, json_body
from delivery.connections import PATIENCE, Connections, Endpoint, NeverLeft, NoAnswer
from delivery.faults import FIRST_WAIT, Reply, outcome_of, reason_of
from delivery.letters import Letter, write_letter
from domain.deliveries import Delayed, Moved, Outcome, Sent, Unknown, Unsupported, WireClosed
from domain.editions import Attachment, Message
from domain.readers import ChatId

log = structlog.get_logger()

_EDIT: Final = "editMessageText"


class TelegramWire:
    """Sends and edits as one bot, over connections that are open.

    ``address`` is the bot's own, with its token: ``https://api.telegram.org/bot700000001:AAE…``. Where the server lacks
    the method for rich messages, the outcome is ``Unsupported``: whoever has the classic form sends that.
    ``paid``: pay Stars for what goes above the free rate (allow_paid_broadcast). ``patience``: seconds for an answer.
    """

    def __init__(
        self, connections: Connections, address: str, *, paid: bool = False, patience: float = PATIENCE
    ) -> None:
        self._connections = connections
        self._address = address
        self._token = address.rpartition("/bot")[2]
        self._paid = paid
        self._patience = patience
        self._endpoints: dict[str, Endpoint] = {}

    def letter(self, message: Message) -> Letter:
        """Encode a message once for all who get it. Raises ValueError for a form that is not for chats."""
        return write_letter(message)

    async def send(self, chat_id: ChatId, letter: Letter, silent: bool = False) -> Outcome:
        """Send a letter as it stands."""
        body = json_body(letter.to(chat_id, silent=silent, paid=self._paid))
        reply = await self._ask(letter.method, body, brief=letter.blocks is None)
        outcome = self._outcome(reply, thread=letter.thread)
        if letter.blocks is None:
            return _by_a_known_method(outcome)
        if isinstance(outcome, Sent) and isinstance(reply, Reply):
            _note_losses(letter.blocks, reply, outcome)
        return await self._method_or_token(outcome) if isinstance(outcome, Unsupported) else outcome

    async def edit(self, chat_id: ChatId, message_id: int, letter: Letter) -> Outcome:
        """Put a letter in the place of a delivered message; repeating it is harmless."""
        reply = await self._ask(_EDIT, json_body(letter.over(chat_id, message_id)))
        return _by_a_known_method(self._outcome(reply, message_id))

    async def send_photo(
        self, chat_id: ChatId, png: bytes, caption: str, silent: bool = False, thread: int | None = None
    ) -> Outcome:
        """Send a picture with a caption of plain text; ``thread`` is a topic of a group."""
        upload = Upload("photo", "picture.png", png, "image/png")
        return await self._upload("sendPhoto", upload, _fields(chat_id, caption, silent, thread))

    async def send_document(self, chat_id: ChatId, file: Attachment, thread: int | None = None) -> Outcome:
        """Send a file with its caption."""
        upload = Upload("document", file.name, file.content, file.media_type)
        return await self._upload("sendDocument", upload, _fields(chat_id, file.caption, False, thread))

    async def _upload(self, method: str, upload: Upload, fields: Mapping[str, str]) -> Outcome:
        return _by_a_known_method(self._outcome(await self._ask(method, await form_body(fields, [upload]))))

    async def _ask(self, method: str, body: Body, *, brief: bool = False) -> Reply | Outcome:
        """What Telegram says, or the outcome where it was not heard."""
        endpoint = self._endpoints.get(method)
        if endpoint is None:
            endpoint = self._endpoints[method] = Endpoint(URL(f"{self._address}/{method}"))
        try:
            answer = await self._connections.ask(endpoint, body, patience=self._patience)
        except NeverLeft as error:
            return Delayed(reason_of(str(error)), FIRST_WAIT)
        except NoAnswer as error:
            return Unknown(reason_of(str(error)))
        return Reply.read(answer.status, answer.body, brief=brief)

    def _outcome(self, reply: Reply | Outcome, edited: int | None = None, thread: int | None = None) -> Outcome:
        return self._discreet(outcome_of(reply, edited, thread)) if isinstance(reply, Reply) else reply

    async def _method_or_token(self, unsupported: Unsupported) -> Outcome:
        """An unknown method and an unknown token look alike: ask who we are, which every server knows."""
        reply = await self._ask("getMe", await form_body({}))
        if isinstance(reply, Reply) and reply.said is not None:
            if reply.said["ok"]:
                return unsupported
            if isinstance(self._outcome(reply), Unsupported | WireClosed):
                return WireClosed(unsupported.reason)
        return Delayed(unsupported.reason, FIRST_WAIT)

    def _discreet(self, outcome: Outcome) -> Outcome:
        """The outcome without our token, should Telegram or a proxy repeat the address that was asked."""
        if isinstance(outcome, Sent | Moved) or self._token not in outcome.reason:
            return outcome
        return replace(outcome, reason=outcome.reason.replace(self._token, "•••"))


def _fields(chat_id: ChatId, caption: str, silent: bool, thread: int | None) -> dict[str, str]:
    fields = {"chat_id": str(chat_id), "caption": caption, "disable_notification": "true" if silent else "false"}
    return fields if thread is None else fields | {"message_thread_id": str(thread)}


def _by_a_known_method(outcome: Outcome) -> Outcome:
    """Every server has the method: what it does not know is the token."""
    return WireClosed(outcome.reason) if isinstance(outcome, Unsupported) else outcome


def _note_losses(blocks: int, reply: Reply, sent: Sent) -> None:
    """Telegram is known to drop rich content in silence: compare what came back with what left."""
    rich = reply.result.get("rich_message")
    back = rich.get("blocks") if isinstance(rich, dict) else None
    came_back = len(back) if isinstance(back, list) else 0
    if blocks != came_back:
        log.warning("rich.content_lost", sent=blocks, stored=came_back, message_id=sent.message_id)
