"""`desk init`, `desk recover`, `desk rotate`, `desk training`; `audit verify`."""

from collections.abc import Sequence

import click
from flask import Flask

from config import Mode
from forum.errors import Refused
from forum.safeguarding import policy
from forum.safeguarding.staff import desk_keys, service, training
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import VaultModel, writing
from forum.safeguarding.vault.opening import KeyRing
from forum.web.forms import settings

_SAID = {
    "weak_password": "a passphrase needs 12 characters and must not be a common one",
    "key_exists": "the desk has its key already; change it with `desk rotate`",
    "wrong_passphrases": "these passphrases do not open the desk's key",
    "not_in_production": "training exists in demonstrations only",
}


def install(app: Flask, sealed_tables: Sequence[type[VaultModel]]) -> None:
    """Add the commands to the desk. `sealed_tables` are all that hold a wrapped data key."""
    desk = click.Group("desk", help="The desk's key and its people.")
    for command in (init, recover, train):
        desk.add_command(command)

    @desk.command("rotate")
    def rotate() -> None:
        """Make a new key, and wrap every data key anew. May be interrupted and begun again."""
        phrases = _three(confirm=False)
        try:
            keys = desk_keys.recovered("1+2", phrases[0], phrases[1])
            desk_keys.recovered("2+3", phrases[1], phrases[2])
        except Refused as error:
            raise click.ClickException(_SAID[error.code]) from None
        if not desk_keys.half_done():
            desk_keys.change(phrases, training=False)
        keys = desk_keys.recovered("1+2", phrases[0], phrases[1])
        done = desk_keys.rewrap(sealed_tables, KeyRing(keys), lambda n: click.echo(f"wrapped {n}"))
        with writing():
            audit.record("rotate", str(done), staff_id=None, staff_name="officers")
        click.echo(f"rotated: {done} data keys")

    app.cli.add_command(desk)
    record = click.Group("audit", help="The record of who did what.")
    record.add_command(verify)
    app.cli.add_command(record)


def _three(*, confirm: bool) -> list[str]:
    return [
        click.prompt(f"officer {number}", hide_input=True, confirmation_prompt=confirm)
        for number in range(1, desk_keys.OFFICERS + 1)
    ]


@click.command("init")
def init() -> None:
    """Three officers type a passphrase each; prints the link for the first person who leads."""
    try:
        key_id, private = desk_keys.make(_three(confirm=True), training=False)
    except Refused as error:
        raise click.ClickException(_SAID[error.code]) from None
    everything = " ".join(policy.GROUP_IDS)
    with writing():
        token = service.invite("責任者", "supervisor", everything, "", {key_id: private})
        audit.record("desk_init", key_id, staff_id=None, staff_name="officers")
    click.echo(f"first sign-in, once, within {service.INVITATION.days} days: {address(f'join/{token}')}")


@click.command("recover")
@click.argument("pair", type=click.Choice(["1+2", "1+3", "2+3"]))
def recover(pair: str) -> None:
    """Two of three officers invite a person who leads, after all workers left."""
    first, second = (click.prompt(f"officer {number}", hide_input=True) for number in pair.split("+"))
    try:
        keys = desk_keys.recovered(pair, first, second)
    except Refused as error:
        raise click.ClickException(_SAID[error.code]) from None
    with writing():
        token = service.invite("責任者", "supervisor", " ".join(policy.GROUP_IDS), "", keys)
        audit.record("recover", pair, staff_id=None, staff_name=f"officers {pair}")
    click.echo(f"sign-in, once: {address(f'join/{token}')}")


@click.command("training")
def train() -> None:
    """Print a link for each training role; each signs in once. Demonstrations only."""
    if settings().mode is Mode.PRODUCTION:
        raise click.ClickException(_SAID["not_in_production"])
    for role, token in training.links(settings()).items():
        click.echo(f"{role:10} {address(f'training/{token}')}")


@click.command("verify")
def verify() -> None:
    """Walk the chain of the record; exit code 1 if it is broken."""
    state = audit.verify()
    if state.broken_at is not None:
        raise click.ClickException(f"broken at line {state.broken_at}")
    click.echo(f"{state.count} lines, whole; head {state.head}")


def address(path: str) -> str:
    """A full address of the desk for people to open."""
    return f"{settings().desk_url.rstrip('/')}/{path}"
