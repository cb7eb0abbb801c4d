"""`demo`: the whole product on sample data and a local Telegram."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from morningpost.logs import configure_logs
from morningpost.running import stop_on_signals
from morningpost.terminal import is_terminal, say

if TYPE_CHECKING:
    from morningpost.demo import Stage


def demo(
    once: Annotated[bool, typer.Option("--once", help="Stop after the receipt.")] = False,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port of the chat page (default: a free one).")
    ] = 0,
) -> None:
    """Show the whole paper on sample data: collect, assemble, check, deliver, converse. No token needed."""
    from morningpost.demo import stage  # the sandbox: nothing else needs it

    configure_logs("warning", "console", ())
    say("SAMPLE DATA: eight mornings, made up for this demonstration.")
    with stage(port) as scene:
        asyncio.run(_play(scene, once=once or not is_terminal()))


async def _play(scene: Stage, *, once: bool) -> None:
    from morningpost.demo import converse, print_paper

    await print_paper(scene, say)
    if once:
        return
    stop = asyncio.Event()
    stop_on_signals(stop)
    say("")
    say(f"The local Telegram is at {scene.page}/ — open it in a browser, and talk to the bot. Ctrl-C ends the demo.")
    await converse(scene, stop)
