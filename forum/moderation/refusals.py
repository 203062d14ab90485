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


def staff_sentence(code: str) -> tuple[str, str] | None:
    """Heading and sentence for a refusal on the staff's pages; None if it is another's."""
    table = {
        "decided": (_("もう判断ずみです"), _("ほかの人が先に判断しました。下に、その記録があります。")),
        "changed": (
            _("ほかの人が先に変えました"),
            _("開いたあとに変わりました。いまの様子を下で確かめて、もう一度開いてください。"),
        ),
        "taken": (_("ほかの人が読んでいます"), _("その人が終えるか、時間がたつと、読めるようになります。")),
        "same_person": (_("二人目がいります"), _("はじめに判断した人とは、別の人が決めます。")),
        "nothing_proposed": (_("待っている提案はありません"), _("取り下げられたか、もう決まっています。")),
        "wrong_reason": (_("わけが合いません"), _("することに合う「わけ」を選んでください。")),
        "message_missing": (_("ことばか形がいります"), _("書いた人へのことばか、出せる形を書いてください。")),
        "words_not_there": (_("そのことばはありません"), _("文のとおりに書いてください。")),
        "no_such_board": (_("移す先を選んでください"), _("板が選ばれていません。")),
        "no_such_card": (_("そえる情報を選んでください"), _("情報が選ばれていません。")),
        "text_gone": (_("文は残っていません"), _("書いた人が取り下げました。")),
        "not_urgent": (
            _("渡せません"),
            _("子どもを守る担当に渡せるのは、「いますぐ」の文だけです。書いた人への約束です。"),
        ),
        "no_desk_key": (
            _("この市では渡せません"),
            _(
                "子どもを守る担当への窓口が、つながっていません。急ぐときは、話せるところの電話を使ってください。"
            ),
        ),
        "enough": (
            _("きょうは、ここまでにしましょう"),
            _("重い内容を読む一日の上限になりました。ほかの人に代わってもらってください。"),
        ),
    }
    return table.get(code)
