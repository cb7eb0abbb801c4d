"""The commands, one module for each kind of work; each is registered by its name in the contract."""

from __future__ import annotations

import typer

from morningpost.commands import acts, collecting, delivering, demonstrating, inspecting, readers, showing


def register(app: typer.Typer) -> None:
    """Give the command line all its commands, in the order of a day."""
    app.command("run")(delivering.run)
    app.command("collect")(collecting.collect)
    app.command("assemble")(collecting.assemble)
    app.command("show")(showing.show)
    app.command("audit")(showing.audit)
    app.command("approve")(acts.approve)
    app.command("hold")(acts.hold)
    app.command("publish")(acts.publish)
    app.command("deliver")(delivering.deliver)
    app.command("status")(inspecting.status)
    app.command("doctor")(inspecting.doctor)
    app.command("import")(readers.import_readers)
    app.command("export")(readers.export_readers)
    app.command("demo")(demonstrating.demo)
