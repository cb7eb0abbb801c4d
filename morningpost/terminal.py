"""What the command line prints: plain lines for people, JSON where a program reads, errors on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import NoReturn

import typer

#: Exit statuses of the command line (DESIGN §7); 0 is done, 2 wrong use or wrong settings.
FAILED, WRONG_USE, HELD = 1, 2, 3


def say(line: str = "") -> None:
    """Print one line."""
    typer.echo(line)


def say_json(value: object) -> None:
    """Print a value as JSON; dates and other plain things by their text."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def table(rows: Iterable[tuple[str, str]]) -> None:
    """Print two columns, the first as wide as it needs to be."""
    pairs = list(rows)
    width = max((len(name) for name, _ in pairs), default=0)
    for name, value in pairs:
        say(f"{name:<{width}}  {value}".rstrip())


def fail(message: str, status: int = FAILED) -> NoReturn:
    """Print an error and leave with its status."""
    typer.echo(message, err=True)
    raise typer.Exit(status)


def is_terminal() -> bool:
    """Whether a person looks at what is printed."""
    return sys.stdout.isatty() and sys.stdin.isatty()
