"""Commands of the wing: set up its database, run its worker."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask, current_app

from forum import clock
from forum.outbox.relay import Handler, Relay
from forum.outbox.worker import HEARTBEAT, Chore, Worker
from forum.safeguarding.exchange import commands as exchange
from forum.safeguarding.exchange import service as exchange_service
from forum.safeguarding.exchange.rules import silences
from forum.safeguarding.vault import values
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import VaultOutboxRow
from forum.safeguarding.watch import service as watch
from forum.web.forms import settings

EXCHANGE_EVERY = timedelta(minutes=1)


def install(app: Flask) -> None:
    """Add what both doors have."""
    exchange.install(app)

    @app.cli.command("setup")
    def setup() -> None:
        """Bring the vault to the newest shape, and make its own random values."""
        from forum import migrating  # the doors never need it

        migrating.upgrade("vault")
        with writing():
            values.ensure()
        click.echo("vault: database ready")


def install_worker(
    app: Flask, handlers: Mapping[str, tuple[Handler, ...]], chores: Iterable[Chore] = ()
) -> None:
    """Add the worker of this machine. Letterbox and desk on one machine have one, the desk's."""

    @app.cli.command("worker")
    def worker() -> None:
        """Deliver the vault's outbox and do what is due, until stopped."""
        relay = Relay(vault_db, VaultOutboxRow, handlers, settings().outbox_tries)
        beat = Path(current_app.instance_path) / "vault-worker.beat"
        runner = Worker(relay, [*chores], beat)
        runner.chores.append(Chore("heartbeat", HEARTBEAT, runner.beat))
        if settings().exchange_in or settings().exchange_out:
            runner.chores.append(Chore("exchange", EXCHANGE_EVERY, _exchange))
        runner.run()


def _exchange() -> None:
    try:
        exchange.run_once(settings())
    finally:  # a file that cannot be read must not hide that the other machine is silent
        _hear_silence()


def _hear_silence() -> None:
    given = settings()
    found = silences(
        exchange_service.heard_at(),
        exchange_service.fetched_at(),
        clock.now(),
        given.exchange_silence,
        sends=given.exchange_out is not None,
    )
    with writing():
        for kind, silent in found.items():
            if silent:
                watch.raise_alarm(kind)
            else:
                watch.settle(kind)
