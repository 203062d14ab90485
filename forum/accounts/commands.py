"""`staff add`, `again`, `end`, `list`, `training`: what is done at the machine itself."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import click
from flask.cli import with_appcontext

from forum.accounts import queries, rules, service, training
from forum.accounts.types import Person, Role
from forum.accounts.words import ROLES
from forum.db import writing
from forum.errors import NotFound, Refused
from forum.web.forms import settings

_SAID = {
    "not_in_production": "training exists in demonstrations only",
    "not_on_loopback": "training exists only where no other machine is served",
}
Command = TypeVar("Command", bound=Callable[..., None])


def _in_words(command: Command) -> Command:
    """A refusal becomes a sentence for whoever typed the command."""

    @with_appcontext
    @wraps(command)
    def told(*args: object, **kwargs: object) -> None:
        try:
            command(*args, **kwargs)
        except Refused as error:
            raise click.ClickException(_SAID.get(error.code, error.code)) from None
        except NotFound:
            raise click.ClickException("nobody of that name works here; see `staff list`") from None

    return told  # type: ignore[return-value]


def _address(path: str) -> str:
    return f"{settings().forum_url.rstrip('/')}/staff/{path}"


def _by_login(login: str) -> Person:
    for one in queries.everybody():
        if one.login == login:
            return one
    raise NotFound


@click.group("staff")
def staff() -> None:
    """The people who sign in at the forum."""


@staff.command("add")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([r.value for r in Role]))
@click.option("--nurse", is_flag=True, help="answers of the city carry the badge of a public health nurse")
@click.option("--mail", default="", help="where alarms without content are sent")
@_in_words
def add(name: str, roles: tuple[str, ...], nurse: bool, mail: str) -> None:
    """Invite somebody: prints a link that works once. The first admin is made so."""
    name = "".join(sign for sign in name if sign.isprintable()).strip()
    if not 0 < len(name) <= 40:
        raise click.BadParameter("1 to 40 characters", param_hint="NAME")
    with writing():
        token = service.invite(name, frozenset(Role(one) for one in roles), nurse=nurse, mail=mail)
    click.echo(f"Works once, within {service.INVITATION.days} days: {_address(f'join/{token}')}")


@staff.command("again")
@click.argument("login")
@_in_words
def again(login: str) -> None:
    """A link for somebody who lost password or authenticator."""
    person = _by_login(login)
    with writing():
        token = service.invite_again(person.id, None)
    click.echo(f"Works once, within {service.INVITATION.days} days: {_address(f'join/{token}')}")


@staff.command("end")
@click.argument("login")
@_in_words
def end(login: str) -> None:
    """Somebody leaves: all their sessions end at once."""
    person = _by_login(login)
    with writing():
        service.end(person.id, None)
    click.echo(f"{login} has left.")


@staff.command("list")
@_in_words
def show() -> None:
    """Who works here, and as what."""
    for one in queries.everybody():
        click.echo(f"{one.login:20} {one.name}  {rules.text_of(one.roles)}")


@staff.command("training")
@_in_words
def train() -> None:
    """Print a link for each role that signs a training person in, once. Demonstrations only."""
    links = training.links(settings())
    click.echo("練習のサインイン（それぞれ一度だけ） / training sign-in, once each:")
    for role, token in links.items():
        click.echo(f"  {_address(f'training/{token}')}  {ROLES[role]} / {role}")
