"""Commands of the wing: set up its database, run its worker."""

from pathlib import Path

import click
from flask import Flask, current_app

from forum.outbox.columns import OutboxColumns
from forum.outbox.relay import Relay
from forum.outbox.worker import HEARTBEAT, Chore, Worker
from forum.safeguarding.vault import values
from forum.safeguarding.vault.db import vault_db, writing
from forum.web.forms import settings


def install(app: Flask, table: type[OutboxColumns]) -> None:
    """Add the commands to a door of the wing."""

    @app.cli.command("setup")
    def setup() -> None:
        """Bring the vault to the newest shape, and make its own random values."""
        from forum import migrating  # the doors never need it

        migrating.upgrade("vault")
        with writing():
            values.ensure()
        click.echo("vault: database ready")

    @app.cli.command("worker")
    def worker() -> None:
        """Deliver the vault's outbox until stopped."""
        relay = Relay(vault_db, table, {}, settings().outbox_tries)
        beat = Path(current_app.instance_path) / "vault-worker.beat"
        runner = Worker(relay, [], beat)
        runner.chores.append(Chore("heartbeat", HEARTBEAT, runner.beat))
        runner.run()
