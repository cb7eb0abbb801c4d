"""The commands, one module for each kind of work; each is registered by its name in the contract.

A command's module is loaded when its name is given: `run` needs neither the demo's world nor the newsroom.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

#: Where each command is, as module and function, in the order of a day.
PLACES: Mapping[str, tuple[str, str]] = {
    "run": ("delivering", "run"),
    "collect": ("collecting", "collect"),
    "assemble": ("collecting", "assemble"),
    "show": ("showing", "show"),
    "audit": ("showing", "audit"),
    "approve": ("acts", "approve"),
    "hold": ("acts", "hold"),
    "publish": ("acts", "publish"),
    "deliver": ("delivering", "deliver"),
    "worker": ("delivering", "worker"),
    "broadcast": ("broadcasting", "broadcast"),
    "broadcasts": ("turning", "broadcasts"),
    "pause": ("turning", "pause"),
    "resume": ("turning", "resume"),
    "cancel": ("turning", "cancel"),
    "retry": ("turning", "retry"),
    "status": ("inspecting", "status"),
    "doctor": ("inspecting", "doctor"),
    "doubt": ("correcting", "doubt"),
    "correct": ("correcting", "correct"),
    "import": ("readers", "import_readers"),
    "export": ("readers", "export_readers"),
    "demo": ("demonstrating", "demo"),
}


class Commands(TyperGroup):
    """The command line's commands: all are known by name, and each is loaded when it is asked for."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands.update((name, TyperCommand(name)) for name in PLACES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, loaded; None when there is none."""
        if cmd_name not in PLACES:
            return None
        module, function = PLACES[cmd_name]
        alone = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        alone.command(cmd_name)(getattr(import_module(f"{__name__}.{module}"), function))
        return get_command(alone)
