"""Webhooks, and the ends of a session; getUpdates itself waits, so the server answers it."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from sandbox.telegram.desk import Desk
from sandbox.telegram.errors import bad_request, too_many_requests
from sandbox.telegram.parameters import Parameters
from sandbox.telegram.updates import Webhook

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
#: Seconds after its start within which a server refuses to close.
_SETTLING: Final = 600.0


def set_webhook(desk: Desk, given: Parameters) -> bool:
    """``setWebhook``. As on a local server, plain http and any port are allowed; an empty url takes it away."""
    url = given.text("url")
    if not url:
        return delete_webhook(desk, given)
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = given.text("secret_token")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    desk.updates.allow(given.structure("allowed_updates", "allowed updates"))
    if given.flag("drop_pending_updates"):
        desk.updates.queue.clear()
    desk.updates.interrupt("terminated by setWebhook request")
    desk.updates.webhook = Webhook(url, secret, given.integer("max_connections", 40, 1, 100))
    desk.world.signal.ring()
    return True


def delete_webhook(desk: Desk, given: Parameters) -> bool:
    """``deleteWebhook``."""
    if given.flag("drop_pending_updates"):
        desk.updates.queue.clear()
    desk.updates.webhook = None
    desk.world.signal.ring()
    return True


def get_webhook_info(desk: Desk, _: Parameters) -> dict[str, Any]:
    """``getWebhookInfo``."""
    webhook = desk.updates.webhook
    body: dict[str, Any] = {
        "url": "" if webhook is None else webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(desk.updates.queue),
    }
    if webhook is None:
        return body
    body["max_connections"] = webhook.max_connections
    if webhook.last_error:
        body |= {"last_error_date": webhook.last_error_at, "last_error_message": webhook.last_error}
    if desk.updates.asked is not None:
        body["allowed_updates"] = sorted(desk.updates.asked)
    return body


def close(desk: Desk, _: Parameters) -> bool:
    """``close``: refused within ten minutes after the start, as by Telegram."""
    wait = desk.started_at + _SETTLING - desk.now()
    if wait > 0:
        raise too_many_requests(int(wait) + 1)
    return True


def log_out(desk: Desk, _: Parameters) -> bool:
    """``logOut``: from now on every call is refused."""
    desk.logged_out = True
    return True
