"""What the Bot API says when it refuses: code, description, parameters."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A refused call: ``code`` is the HTTP status, ``description`` the whole text with its prefix."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(reason: str) -> Refusal:
    """400, with the first letter lowered as telegram-bot-api does: unless the second is a capital or an underscore."""
    keeps_case = len(reason) > 1 and (reason[1] == "_" or reason[1].isupper())
    return Refusal(400, "Bad Request: " + (reason if keeps_case else reason[:1].lower() + reason[1:]))


def forbidden(reason: str) -> Refusal:
    """403: the chat does not want us, or we may not write there."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """409: two readers of one stream of updates."""
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> Refusal:
    """429; ``retry_after`` in whole seconds is in the parameters and in the Retry-After header."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def upgraded(new_chat_id: int) -> Refusal:
    """400: the group goes on under another id."""
    return Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=new_chat_id)
