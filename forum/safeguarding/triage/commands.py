"""`training`: the desk of a demonstration, filled and with links that sign in."""

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select

from config import Mode
from forum.safeguarding import policy
from forum.safeguarding.cases.types import Actor
from forum.safeguarding.staff import training
from forum.safeguarding.staff.commands import address
from forum.safeguarding.staff.queries import everybody
from forum.safeguarding.triage.training_set import TrainingSet
from forum.safeguarding.vault import store
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import DeskKeyRow
from forum.safeguarding.vault.opening import KeyRing
from forum.web.forms import settings

ROLES = {"worker": "相談員", "supervisor": "責任者", "officer": "鍵を預かる人", "auditor": "記録を確かめる人"}


def install(app: Flask) -> None:
    """Add the command to the desk."""
    app.cli.add_command(train)


@click.command("training")
@with_appcontext
def train() -> None:
    """Fill the desk with invented cases, once, and print a link for each role. Demonstrations only."""
    given = settings()
    if given.mode is Mode.PRODUCTION:
        raise click.ClickException("training exists in demonstrations only")
    if vault_db.session.scalar(select(DeskKeyRow.id).where(DeskKeyRow.training.is_(False)).limit(1)):
        click.echo("this desk has a key of its own: no training here")
        return
    vault_db.session.rollback()
    links = training.links(given)
    made = _filled(KeyRing(training.ensure_key(given))) if given.samples else 0
    if made:
        click.echo(f"{made} training cases, all invented")
    click.echo("練習のサインイン（それぞれ一度だけ） / training sign-in, once each:")
    for role, token in links.items():
        click.echo(f"  {address(f'training/{token}')}   {ROLES[role]} / {role}")


def _filled(ring: KeyRing) -> int:
    people = {one.role: one for one in everybody() if one.login.startswith("training-")}
    worker, leader = (
        Actor(people[role].id, people[role].name, people[role].groups, supervisor=role == "supervisor")
        for role in ("worker", "supervisor")
    )
    return TrainingSet(policy.current(), store.desk_key(), ring, worker, leader).fill()
