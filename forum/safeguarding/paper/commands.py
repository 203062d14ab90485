"""`handover key` and `handover open`: for the office that receives a case."""

import os
from base64 import b64encode
from pathlib import Path

import click
from flask import Flask
from nacl.public import PrivateKey

from forum.errors import Refused
from forum.safeguarding.paper import handover


def install(app: Flask) -> None:
    """Add the commands. They need no database."""
    group = click.Group("handover", help="Receive a case from another office.")
    group.add_command(key)
    group.add_command(open_box)
    app.cli.add_command(group)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def key(file: Path) -> None:
    """Make a key: the private half goes to FILE, the public half and its tally are shown."""
    private = PrivateKey.generate()
    _write(file, bytes(private))
    public = bytes(private.public_key)
    click.echo(f"public key: {b64encode(public).decode()}")
    click.echo(f"read out at the telephone: {handover.tally(public)}")


@click.command("open")
@click.argument("box", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("private", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def open_box(box: Path, private: Path, folder: Path) -> None:
    """Open BOX with the key of the file PRIVATE into FOLDER. Keep that folder as you keep the case."""
    try:
        files = handover.opened(private.read_bytes(), box.read_bytes())
    except Refused:
        raise click.ClickException("the box was sealed for another key, or is damaged") from None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, raw in files.items():
        _write(folder / name, raw)
        click.echo(name)


def _write(file: Path, raw: bytes) -> None:
    """A new file that only this account reads."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(f"{file.name} exists already") from None
    with os.fdopen(handle, "wb") as out:
        out.write(raw)
