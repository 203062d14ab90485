"""Commands of the forum's door."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from config import Settings
from forum import clock, storage, wiring
from forum.accounts.commands import staff
from forum.app import create_forum_app
from forum.city.current import current
from forum.city.pack import check
from forum.db import db, writing
from forum.directory import service as directory
from forum.language.tokens import analyse
from forum.moderation import alarms
from forum.outbox import service as outbox
from forum.outbox.worker import HEARTBEAT, Chore, Worker
from forum.referrals import courier
from forum.safety.cards import all_cards
from forum.safety.danger import delivered_book
from forum.safety.signs import national_rules
from forum.web.forms import settings


def create_forum_app_with_commands(given: Settings) -> Flask:
    """The forum's door as wsgi.py and the command line see it."""
    app = create_forum_app(given)
    if "gunicorn" in os.environ.get("SERVER_SOFTWARE", ""):
        # Dictionary and rules are read here, before the server forks, not in somebody's request.
        analyse("はじめに一度読む")
        national_rules()
        delivered_book()
        all_cards()
    for function in (setup, worker, reindex, relay_state, city, staff):
        app.cli.add_command(function)
    app.cli.add_command(_evaluate())
    return app


def _evaluate() -> click.Command:
    from forum.evaluation.commands import evaluate

    return evaluate


def counting(label: str) -> Callable[[int], None]:
    """A progress line that says how many are done, every fifty."""

    def tell(done: int) -> None:
        if done % 50 == 0:
            click.echo(f"{label}: {done}")

    return tell


@click.command("setup")
@with_appcontext
def setup() -> None:
    """Database, city, samples and index: bring all of them to the present. Quick when nothing changed."""
    from forum import migrating, samples  # neither is needed by the doors and the worker

    migrating.upgrade("forum")
    click.echo("forum: database ready")
    pack = current()
    with writing():
        if directory.load(pack):
            outbox.touch_content()
    added = samples.load(pack, samples=settings().samples, progress=counting("threads"))
    click.echo(f"forum: {pack.name}, {len(pack.services)} services, {added} threads added")
    if settings().samples:
        from forum.moderation import training  # a demonstration alone needs it

        click.echo(f"forum: {training.fill()} texts wait in the queue, all invented")
    if not wiring.index().ready():
        wiring.rebuild_index(counting("index"))
    click.echo("forum: index ready")


@click.command("reindex")
@with_appcontext
def reindex() -> None:
    """Build the index anew from the database, beside the old one, and swap."""
    click.echo(f"index: {wiring.rebuild_index(counting('index'))} threads")


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Deliver the outbox until stopped. The only process that writes the index."""
    runner = Worker(wiring.relay(settings()), [], Path(current_app.instance_path) / "forum-worker.beat")
    runner.chores.extend(
        [
            Chore("heartbeat", HEARTBEAT, runner.beat),
            Chore("index", timedelta(seconds=30), mend_index),
            # Withdrawn text leaves the index files within the hour; not at once, when a start has other work.
            Chore("erase", timedelta(minutes=30), erase, last=clock.now() - timedelta(minutes=25)),
            Chore("memos", timedelta(minutes=10), expire_memos),
            Chore("month", timedelta(hours=1), publish_month),
            Chore("readers", timedelta(minutes=1), alarms.watch),
            Chore("notices", timedelta(days=1), forget_notices),
        ]
    )
    if settings().hatch_url:
        runner.chores.append(Chore("hatch key", timedelta(minutes=5), lambda: courier.fetch_key(settings())))
        runner.chores.append(Chore("hatch", timedelta(minutes=1), lambda: courier.deliver_all(settings())))
    runner.run()


def mend_index() -> None:
    """Rebuild a missing, broken or outdated index without being asked."""
    if not wiring.index().ready():
        wiring.rebuild_index()


def erase() -> None:
    """Take what was withdrawn out of the files: index segments, and the database's log."""
    wiring.index().purge()
    storage.forget_erased(db)


def expire_memos() -> None:
    """Erase memos whose time is over."""
    from forum.ask import handoff

    with writing():
        handoff.expire()


def forget_notices() -> None:
    """Erase the words of notices that were settled some time ago."""
    from forum.moderation import named

    with writing():
        named.forget()


def publish_month() -> None:
    """Publish what last month's worries were about, once."""
    from forum.insight import service

    service.publish_last_month(
        current(), wiring.index().thesaurus, settings().publish_least, samples=settings().samples
    )


@click.command("relay")
@with_appcontext
@click.option("--retry", is_flag=True, help="give what was set aside another round")
def relay_state(retry: bool) -> None:
    """Show the outbox: waiting, set aside, age of the oldest."""
    relay = wiring.relay(settings())
    if retry:
        click.echo(f"retrying {relay.retry_set_aside()} events")
    state = relay.state()
    click.echo(f"waiting {state.waiting}, set aside {state.set_aside}, oldest {state.oldest_seconds:.0f} s")


@click.group("city")
def city() -> None:
    """The city pack."""


@city.command("check")
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
def city_check(path: Path) -> None:
    """Print every fault of a pack with file and line; exit code 1 if there is one."""
    faults = check(path)
    for fault in faults:
        click.echo(f"{fault.file}:{fault.line}: {fault.message}")
    if faults:
        raise SystemExit(1)
    click.echo("no faults")
