"""`flask evaluate ...`: each command prints one JSON object as its last line; progress goes to stderr."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click
from flask import current_app
from flask.cli import with_appcontext

from forum.city.current import current
from forum.city.pack import PackError, load_pack
from forum.evaluation import imports as import_figures
from forum.evaluation import masking as masking_figures
from forum.evaluation import matching as matching_figures
from forum.evaluation import search as search_figures
from forum.evaluation import signs as signs_figures
from forum.evaluation import similar as similar_figures
from forum.evaluation.files import read_dangers, read_posts, read_queries, read_threads
from forum.evaluation.paths import PARTS, House, left_out
from forum.language.concepts import Thesaurus
from forum.language.vectors import Vectors

ENGINES = ("whoosh",)
DIGITS = 4
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

Function = TypeVar("Function", bound=Callable[..., Any])


class ManyValues(click.Command):
    """A command whose repeatable options also take several values after one flag."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`--threads a b` is read as `--threads a --threads b`."""
        flags = {
            flag
            for option in self.params
            if isinstance(option, click.Option) and option.multiple
            for flag in option.opts
        }
        spread: list[str] = []
        flag, taken = "", 0
        for word in args:
            if word.startswith("-") and word != "-":
                flag, taken = word.split("=", 1)[0], int("=" in word)
                flag = flag if flag in flags else ""
            elif flag:
                spread.extend([flag] if taken else [])
                taken += 1
            spread.append(word)
        return super().parse_args(ctx, spread)


def _files(name: str, what: str, *, required: bool = True) -> Callable[[Function], Function]:
    kind = click.Path(exists=True, dir_okay=False, path_type=Path)
    return click.option(name, multiple=True, required=required, type=kind, help=what)


def _without() -> Callable[[Function], Function]:
    what = "a part that is left out, to see what it brings"
    return click.option("--without", multiple=True, type=click.Choice(PARTS), help=what)


def _house(pack_path: Path | None = None, engine: str = "whoosh", without: tuple[str, ...] = ()) -> House:
    if pack_path is None:
        thesaurus = cast(Thesaurus, current_app.extensions["thesaurus"])
        house = House(current(), thesaurus, engine, cast(Vectors | None, current_app.extensions["vectors"]))
        return left_out(house, without) if without else house
    try:
        pack = load_pack(pack_path)
    except PackError as error:
        raise click.UsageError(f"the pack {pack_path} has faults:\n{error}") from error
    return House(pack, Thesaurus.load(*pack.synonym_paths), engine)


def _progress(what: str, done: int) -> None:
    if done % 50 == 0:
        click.echo(f"{what}: {done}", err=True)


def _say(command: str, figures: dict[str, Any], house: House) -> None:
    answer = {"command": command, **figures, "parts": house.parts()}
    click.echo(json.dumps(_rounded(answer), ensure_ascii=False))


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return round(value, DIGITS) if isinstance(value, float) else value


@click.group("evaluate")
def evaluate() -> None:
    """Quality figures on files of examples; opens no database."""


@evaluate.command("search", cls=ManyValues)
@_files("--threads", "threads to index")
@_files("--queries", "queries with their needs")
@click.option("--engine", type=click.Choice(ENGINES), default="whoosh", show_default=True)
@_without()
@with_appcontext
def search(
    threads: tuple[Path, ...], queries: tuple[Path, ...], engine: str, without: tuple[str, ...]
) -> None:
    """How well typed queries find the threads of their need."""
    house = _house(engine=engine, without=without)
    figures = search_figures.measure(house, read_threads(threads), read_queries(queries), _progress)
    _say("search", figures, house)


@evaluate.command("similar", cls=ManyValues)
@_files("--threads", "threads to index")
@_files("--ask", "threads to post; all if not given", required=False)
@_without()
@with_appcontext
def similar(threads: tuple[Path, ...], ask: tuple[Path, ...], without: tuple[str, ...]) -> None:
    """How well a thread just posted finds the others of its need."""
    house = _house(without=without)
    indexed = read_threads(threads)
    asked = read_threads(ask) if ask else indexed
    _say("similar", similar_figures.measure(house, indexed, asked, _progress), house)


@evaluate.command("matching", cls=ManyValues)
@_files("--ask", "threads to post")
@click.option("--pack", type=FOLDER, help="the running city's if not given")
@with_appcontext
def matching(ask: tuple[Path, ...], pack: Path | None) -> None:
    """How well the services offered to a thread just posted are those it needs."""
    house = _house(pack)
    _say("matching", matching_figures.measure(house, read_threads(ask), _progress), house)


@evaluate.command("masking", cls=ManyValues)
@_files("--posts", "posts with what is to be hidden")
@_files("--threads", "ordinary threads, for the share that is interrupted", required=False)
@with_appcontext
def masking(posts: tuple[Path, ...], threads: tuple[Path, ...]) -> None:
    """How much of what tells who a writer is gets hidden, and how much else."""
    house = _house()
    ordinary = read_threads(threads) if threads else None
    _say("masking", masking_figures.measure(house, read_posts(posts), ordinary, _progress), house)


@evaluate.command("signs", cls=ManyValues)
@_files("--posts", "posts with the kinds of danger they speak of")
@with_appcontext
def signs(posts: tuple[Path, ...]) -> None:
    """How many posts that speak of danger wait for a person, and how many others."""
    _say("signs", signs_figures.measure(read_dangers(posts), _progress), _house())


@evaluate.command("import")
@click.argument("files", nargs=-1, required=True, type=FILE)
def import_(files: tuple[Path, ...]) -> None:
    """How much of published files would be taken over, and why the rest would not."""
    click.echo(json.dumps(import_figures.measure(files), ensure_ascii=False))
