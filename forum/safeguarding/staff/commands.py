"""`desk init`, `recover`, `officers`, `rotate`; `audit verify`."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TypeVar

import click
from flask import Flask
from flask.cli import with_appcontext

from forum.errors import Refused
from forum.safeguarding import policy
from forum.safeguarding.staff import desk_keys, officers, rotation, service
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import writing
from forum.safeguarding.vault.opening import KeyRing
from forum.web.forms import settings

_SAID = {
    "weak_password": "a passphrase needs 12 characters (8 in Japanese) and must not be a common one",
    "same_passphrase": "each officer needs a passphrase of their own",
    "key_exists": "the desk has its key already; change it with `desk rotate`",
    "no_desk_key": "the desk has no key yet; make it with `desk init`",
    "wrong_passphrases": "these passphrases do not open the desk's key",
}
PAIR = click.argument("pair", type=click.Choice(officers.PAIRS))
Command = TypeVar("Command", bound=Callable[..., None])


def install(app: Flask) -> None:
    """Add the commands to the desk."""
    desk = click.Group("desk", help="The desk's key and its people.")
    for command in (init, recover, replace, rotate):
        desk.add_command(command)
    record = click.Group("audit", help="The record of who did what.")
    record.add_command(verify)
    app.cli.add_command(desk)
    app.cli.add_command(record)


def _in_words(command: Command) -> Command:
    """A refusal becomes a sentence for whoever typed the command."""

    @with_appcontext
    @wraps(command)
    def told(*args: object, **kwargs: object) -> None:
        try:
            command(*args, **kwargs)
        except Refused as error:
            raise click.ClickException(_SAID.get(error.code, error.code)) from None

    return told  # type: ignore[return-value]


def _three() -> list[str]:
    return [
        click.prompt(f"officer {number}", hide_input=True, confirmation_prompt=True)
        for number in range(1, officers.OFFICERS + 1)
    ]


def _two(pair: str) -> dict[str, bytes]:
    first, second = (click.prompt(f"officer {number}", hide_input=True) for number in pair.split("+"))
    return officers.recovered(pair, first, second)


def _supervisor(keys: Mapping[str, bytes]) -> str:
    return service.invite("責任者", "supervisor", policy.GROUP_IDS, "", keys)


def address(path: str) -> str:
    """A full address of the desk for people to open."""
    return f"{settings().desk_url.rstrip('/')}/{path}"


@click.command("init")
@_in_words
def init() -> None:
    """Three officers type a passphrase each; prints the links for them and for the first who leads."""
    if desk_keys.exists():
        raise Refused("key_exists")
    prepared = officers.prepare(_three())
    with writing():
        if desk_keys.exists():
            raise Refused("key_exists")
        key_id, private = desk_keys.add(training=False)
        officers.store(prepared, {key_id: private})
        links = [
            service.invite(f"鍵を預かる人 {number}", "officer", (), "", {})
            for number in range(1, officers.OFFICERS + 1)
        ]
        first = _supervisor({key_id: private})
        audit.record("desk_init", key_id, staff_id=None, staff_name="officers")
    click.echo(f"Each link works once, within {service.INVITATION.days} days.")
    click.echo(f"first who leads: {address(f'join/{first}')}")
    for number, link in enumerate(links, 1):
        click.echo(f"officer {number}: {address(f'join/{link}')}")


@click.command("recover")
@PAIR
@_in_words
def recover(pair: str) -> None:
    """Two of three officers invite somebody who leads, when nobody can sign in any more."""
    keys = _two(pair)
    with writing():
        token = _supervisor(keys)
        audit.record("recover", pair, staff_id=None, staff_name=f"officers {pair}")
    click.echo(f"Sign in, once: {address(f'join/{token}')}")


@click.command("officers")
@PAIR
@_in_words
def replace(pair: str) -> None:
    """Two present officers make way for three (the same or others); old passphrases open nothing new."""
    keys = _two(pair)
    click.echo("Now the three officers from today on:")
    prepared = officers.prepare(_three())
    with writing():
        officers.store(prepared, keys)
        audit.record("change_officers", pair, staff_id=None, staff_name=f"officers {pair}")
    click.echo("From now on these three.")


@click.command("rotate")
@PAIR
@_in_words
def rotate(pair: str) -> None:
    """Two officers change the desk's key and wrap every data key anew.

    May be interrupted and called again: it goes on where it stopped.
    """
    keys = _two(pair)
    with writing():
        begun = rotation.begin()
        audit.record("begin_key_change", pair, staff_id=None, staff_name=f"officers {pair}")
    click.echo("A new key is made." if begun else "Going on with the change that was begun.")
    ring, done = KeyRing(keys), 0
    while wrapped := rotation.step(ring):
        done += wrapped
        click.echo(f"{done} wrapped, {rotation.progress().left} left")
    finished = not rotation.progress().running
    with writing():
        forgotten = rotation.forget_retired()
        audit.record("finish_key_change", pair, staff_id=None, staff_name=f"officers {pair}")
    if forgotten:
        click.echo(f"{forgotten} old keys are forgotten for good.")
    if not finished:
        raise click.ClickException("something is sealed to a key that the officers do not hold")
    click.echo(f"Done: {done} data keys.")


@click.command("verify")
@with_appcontext
def verify() -> None:
    """Walk the chain of the record; exit code 1 if it is broken. Keep the head it prints elsewhere."""
    state = audit.verify()
    if state.broken_at is not None:
        raise click.ClickException(f"broken at line {state.broken_at}")
    click.echo(f"{state.count} lines, whole; head {state.head}")
