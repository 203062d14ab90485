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
        "thread_gone": (
            409,
            _("この相談には、もう書きこめません"),
            _("相談した人が取り下げたか、いまは公開されていません。"),
        ),
        "text_gone": (409, _("もう取り下げられています"), _("この文は取り下げられていて、残っていません。")),
        "not_yours": (
            403,
            _("書いた人だけができます"),
            _("この端末で書いたものではないようです。ほかの端末で書いたときは、合言葉を入れると開けます。"),
        ),
        "thread_locked": (
            409,
            _("この相談の返信は、いま受け付けていません"),
            _("見守りの担当が止めているか、市の担当だけが答える相談です。読むことはできます。"),
        ),
        "seen_already": (
            409,
            _("もう公開されています"),
            _("人が読み、公開しました。取り下げるときは「わたしの相談」からできます。"),
        ),
        "own_text": (409, _("自分の書きこみには押せません"), _("ほかの人が押すと、数がふえます。")),
        "posting_closed": (
            503,
            _("いまは書きこみを受け付けていません"),
            _("見守る人の準備ができるまで、読むことだけができます。"),
        ),
    }
    return table.get(code)


def in_words(view: View) -> View:
    """Answer the refusals of this room on its own page; leave all others to the app."""

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
            page = render_template(
                "board/refused.html", heading=heading, sentence=words, kept=kept, code=no.code
            )
            return make_response(page, status)

    return wrapper
