"""A rule's no, on a page in words, with everything typed still there to copy."""

from collections.abc import Callable
from functools import wraps

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.errors import Refused
from forum.web.pages import kept_text

View = Callable[..., ResponseReturnValue]


def sentence(code: str) -> tuple[int, str, str] | None:
    """Status, heading and sentence for a refusal of this room; None if it is another's."""
    table = {
        "not_yours": (
            403,
            _("書いた人だけが読めます"),
            _("この端末で書いたものではないようです。ほかの端末で書いたときは、合言葉を入れると開けます。"),
        ),
        "nothing_to_repost": (409, _("出せる形はありません"), _("もう出したか、取り下げられています。")),
        "no_appeal": (
            409,
            _("もう一人に読んでもらうのは、一度です"),
            _("もう申し出をうけとっているか、申し出のできる判断ではありません。"),
        ),
    }
    return table.get(code)


def in_words(view: View) -> View:
    """Answer the refusals of the writer's pages in words; leave all others to the app."""

    @wraps(view)
    def wrapper(*args: object, **kwargs: object) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except Refused as no:
            found = sentence(no.code)
            if found is None:
                raise
            status, heading, words = found
            kept = kept_text() if request.method == "POST" else ""
            page = render_template("moderation/refused.html", heading=heading, sentence=words, kept=kept)
            return make_response(page, status)

    return wrapper
