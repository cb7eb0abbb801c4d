"""The commands, one module for each kind of work; each is registered by its name in the contract."""

from __future__ import annotations

import typer

from morningpost.commands.acts import approve, hold, publish
from morningpost.commands.collecting import assemble, collect
from morningpost.commands.correcting import correct, doubt
from morningpost.commands.delivering import deliver, run
from morningpost.commands.demonstrating import demo
from morningpost.commands.inspecting import doctor, status
from morningpost.commands.readers import export_readers, import_readers
from morningpost.commands.showing import audit, show


def register(app: typer.Typer) -> None:
    """Give the command line all its commands, in the order of a day."""
    for command in (run, collect, assemble, show, audit, approve, hold, publish, deliver, status, doctor):
        app.command()(command)
    app.command()(doubt)
    app.command()(correct)
    app.command("import")(import_readers)
    app.command("export")(export_readers)
    app.command()(demo)
