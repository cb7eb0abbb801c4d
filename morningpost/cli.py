"""The command line: every act of the paper by hand; errors in one line, with what to do."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from domain.errors import MorningPostError
from morningpost.commands import Commands
from morningpost.logs import redacted
from morningpost.settings import SettingsError
from morningpost.terminal import FAILED, WRONG_USE
from sources.errors import FeedsFileWrong

app = typer.Typer(
    name="morningpost",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="The AI Morning Post: a daily newspaper about AI that lives in Telegram.\n\n"
    "New here? `morningpost demo` shows everything on sample data; `morningpost doctor` checks your own set-up.",
    epilog="Exit status: 0 done, 1 failed, 2 wrong use or settings, 3 held by the checks.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("ai-morning-post"))
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def main() -> None:
    """Run the command line; whatever goes wrong is told in words, without a trace and without a secret."""
    try:
        app()
    except SettingsError as error:
        lines = "\n".join(f"  {problem}" for problem in error.problems)
        _leave(f"The settings need a hand:\n{lines}", WRONG_USE)
    except FeedsFileWrong as error:
        _leave(f"FEEDS_FILE: {error}", WRONG_USE)
    except MorningPostError as error:
        _leave(f"{error}", FAILED)
    except KeyboardInterrupt:
        _leave("Stopped.", FAILED)


def _leave(message: str, status: int) -> None:
    sys.stderr.write(redacted(message) + "\n")
    sys.exit(status)
