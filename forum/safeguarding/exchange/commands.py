"""`exchange key`, `exchange trust`, `exchange run`: for whoever carries files between the two machines."""

import base64
import binascii

import click
from flask import Flask
from nacl.exceptions import CryptoError

from config import Door, Settings
from forum.safeguarding import policy
from forum.safeguarding.exchange import service, things
from forum.safeguarding.exchange.bundle import BadBundle
from forum.safeguarding.vault.db import writing
from forum.web.forms import settings

SIDES = {Door.INTAKE: things.LETTERBOX, Door.TRIAGE: things.DESK}


def run_once(given: Settings) -> int:
    """Read what came, write what is due; returns how many files were read. Raises BadBundle."""
    side = SIDES[given.door]
    taken = service.read_files(side, given.exchange_in, policy.current()) if given.exchange_in else 0
    if given.exchange_out:
        service.write_files(side, given.exchange_out)
    return taken


def install(app: Flask) -> None:
    """Add the commands to a door of the wing."""
    group = click.Group("exchange", help="Files between letterbox and desk on two machines.")
    for command in (key, trust, run):
        group.add_command(command)
    app.cli.add_command(group)


@click.command("key")
def key() -> None:
    """Print this machine's public key; the other one must be told it by a person."""
    click.echo(base64.b64encode(service.own_key()).decode("ascii"))


@click.command("trust")
@click.argument("public_key")
def trust(public_key: str) -> None:
    """Take the other machine's public key."""
    try:
        raw = base64.b64decode(public_key, validate=True)
        with writing():
            service.trust(raw)
    except (binascii.Error, ValueError, CryptoError):
        raise click.ClickException("this is no key: copy what the other machine printed") from None
    click.echo("trusted")


@click.command("run")
def run() -> None:
    """Read and write once. The worker does it every minute where the folders are set."""
    try:
        click.echo(f"read {run_once(settings())} files")
    except BadBundle as error:
        raise click.ClickException(str(error)) from None
