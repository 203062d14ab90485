"""うまく書けないとき: the cards, what they make, the memo and the counter."""

from collections.abc import Mapping

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from forum.ask import handoff, sorting
from forum.ask.blueprint import bp
from forum.ask.forms import CodeForm, MemoForm, WorryForm
from forum.ask.service import answer_for
from forum.ask.types import Worry
from forum.city.current import current
from forum.db import writing
from forum.errors import NotFound
from forum.privacy.input import clean_input
from forum.web import access, limits
from forum.web.forms import settings

bp.add_app_template_global(lambda: sorting.questions()[0].choices, "first_cards")

Picked = Mapping[str, list[str]]


def _picked() -> Picked:
    return {q.id: request.form.getlist(q.id) for q in sorting.questions()}


def _own_words() -> str:
    return clean_input(request.form.get("own_words", ""))[: settings().text_max]


@bp.get("/sort")
@access.visitor
def sort() -> str:
    """The first screen of cards."""
    return _screen(1)


@bp.post("/sort")
@access.visitor
def sort_next() -> ResponseReturnValue:
    """The next screen, or what the cards make. Changes nothing; the choices travel as hidden fields."""
    screen = min(max(request.form.get("screen", 1, type=int), 1), sorting.LAST_SCREEN)
    if "back" in request.form:
        return _screen(max(1, screen - 1))
    if screen < sorting.LAST_SCREEN:
        return _screen(screen + 1)
    return _made()


def _screen(screen: int) -> str:
    return render_template(
        "ask/sort.html",
        screen=screen,
        last=sorting.LAST_SCREEN,
        questions=sorting.on_screen(screen),
        others=[q for q in sorting.questions() if q.screen != screen],
        picked=_picked(),
        own_words=_own_words(),
    )


def _made() -> ResponseReturnValue:
    """A worry to post, or a memo to take along: the same lines, all chosen or typed."""
    picked = _picked()
    lines = sorting.sentences_of(picked, _own_words())
    if not lines:
        return render_template("ask/sort_empty.html"), 422
    text = "\n".join(lines)
    age = sorting.age_of(picked)
    worry = WorryForm(current(), formdata=None)
    worry.text.data = text
    worry.age.data = f"{age}か月" if age is not None else ""
    memo = MemoForm(formdata=None)
    memo.lines.data = text
    answer = answer_for(Worry(text, child_age_months=age))
    return render_template("ask/sorted.html", lines=lines, form=worry, memo=memo, answer=answer)


@bp.post("/memo")
@access.visitor
def memo() -> ResponseReturnValue:
    """The memo with its code; kept locked until the counter opens it."""
    form = MemoForm()
    text = clean_input(form.lines.data or "")
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    if not lines or len(text) > 2 * settings().text_max:
        return render_template("ask/sort_empty.html"), 422
    if not form.validate():
        form.renew()
        return render_template("ask/memo_again.html", form=form, lines=lines), 422
    limits.spend("memos", settings().posts_per_address)
    code = handoff.code_for(form.once_key, str(current_app.secret_key))
    with writing():
        expires = handoff.keep(lines, settings().memo_lifetime, code)
    return render_template("ask/memo.html", lines=lines, code=code, expires=expires)


@bp.get("/counter")
@access.visitor
def counter() -> str:
    """The counter's page: a box for the code."""
    return render_template("ask/counter.html", form=CodeForm())


@bp.post("/counter")
@access.visitor
def counter_open() -> ResponseReturnValue:
    """Open a memo once."""
    limits.spend("codes", settings().codes_per_address)
    form = CodeForm()
    if form.validate():
        try:
            with writing():
                opened = handoff.take(form.code.data or "")
        except NotFound:
            form.code.errors = [
                gettext(
                    "この番号では見つかりません。番号は1回だけ使えます。古くなった番号は消えます。もう一度たしかめてください。"
                )
            ]
        else:
            return render_template("ask/counter_memo.html", lines=opened.lines, made_on=opened.made_on)
    form.renew()
    return render_template("ask/counter.html", form=form), 422
