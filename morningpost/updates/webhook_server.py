"""The webhook's server, inside the paper's own loop, and what Telegram is told of it. Loaded only where it is used."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from urllib.parse import urlsplit

import structlog
import uvicorn
from telegram import Bot
from telegram.error import TelegramError

from bot.application import ALLOWED_UPDATES
from domain.errors import MorningPostError
from morningpost.settings import Settings
from morningpost.updates.taking import Intake
from morningpost.updates.webhook import TELEGRAM_NETWORKS, Guard, application

log = structlog.get_logger()

#: Telegram may call so many times at once (setWebhook allows 1-100).
_CONNECTIONS = 100
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0


class NotListening(MorningPostError):
    """The webhook's address can't be listened on."""


class _Server(uvicorn.Server):
    """uvicorn without its hands on our signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The paper's own handlers end it."""
        yield


def guard_of(settings: Settings) -> Guard:
    """Whom the webhook believes, by the settings."""
    sources = TELEGRAM_NETWORKS if settings.webhook_sources == "telegram" else ()
    return Guard(secret_of(settings), sources, settings.webhook_forwarders)


def secret_of(settings: Settings) -> str:
    """The secret as set, or one that every replica derives from the token, and that does not give the token away."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    return hmac.new(settings.token.encode(), b"webhook", "sha256").hexdigest()


@asynccontextmanager
async def called(bot: Bot, settings: Settings, intake: Intake) -> AsyncIterator[None]:
    """Be called by Telegram meanwhile; it is told where, and goes on calling other replicas afterwards.

    Raises NotListening.
    """
    address = settings.webhook_url or ""
    app = application(urlsplit(address).path or "/", guard_of(settings), intake.take)
    server = _Server(
        uvicorn.Config(
            app,
            host=settings.web_host,
            port=settings.web_port,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=5,
        )
    )
    serving = asyncio.create_task(_serve(server))
    try:
        await _started(server, serving, settings)
        telling = asyncio.create_task(_tell(bot, address, secret_of(settings)))
        try:
            yield
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling
    finally:
        server.should_exit = True
        await serving


async def _serve(server: _Server) -> None:
    with suppress(SystemExit):  # the address is taken: uvicorn has logged it, and `started` stays false
        await server.serve()


async def _started(server: _Server, serving: asyncio.Task[None], settings: Settings) -> None:
    while not server.started:
        if serving.done():
            raise NotListening(
                f"The webhook can't listen on {settings.web_host}:{settings.web_port}: "
                "set WEB_HOST and WEB_PORT to a free place."
            )
        await asyncio.sleep(0.01)
    log.info("webhook.listening", host=settings.web_host, port=settings.web_port)


async def _tell(bot: Bot, address: str, secret: str) -> None:
    """Tell Telegram where we are, until it has heard; what waits there is kept."""
    pause = _FIRST_PAUSE
    while True:
        try:
            await bot.set_webhook(
                address,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=_CONNECTIONS,
                secret_token=secret,
                drop_pending_updates=False,
            )
        except TelegramError as error:
            log.warning("webhook.not_set", reason=str(error), again_in=pause)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            log.info("webhook.set", address=address)
            return
