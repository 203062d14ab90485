"""What the desk says no to, in words, on a page with a way on. Rooms that show a form again say it there."""

from collections.abc import Mapping
from typing import cast

from flask import Flask
from flask.typing import ResponseReturnValue

from forum.errors import Refused
from forum.safeguarding.cases import desk
from forum.safeguarding.cases import refusals as cases
from forum.safeguarding.watch.words import REFUSALS as WATCH
from forum.web.pages import error_page

WORDS: Mapping[str, tuple[int, str]] = {
    "no_keys": (
        403,
        "この端末では、封を開ける鍵が見つかりません。いちどサインアウトして、入りなおしてください。",
    ),
    "no_desk_key": (503, "机の鍵が、まだ作られていません。責任者に知らせてください。"),
    "no_words": (422, "この連絡をした人は、合言葉で もどって来られません。返事は送れません。"),
    "still_written": (409, "まだ、書いている人がいます。しばらく書かれていないときに、引き取れます。"),
}
OTHER = "できませんでした。前のページにもどって、もう一度ためしてください。書いたものは、保存されていません。"
USUAL = frozenset({"too_many"})  # said on every door alike


def sentence(error: Refused) -> tuple[int, str]:
    """Status and words for a refusal that no form has shown. Never the code, and never what was typed."""
    if error.code in WORDS:
        return WORDS[error.code]
    if cases.known(error):
        return cases.status(error), cases.sentence(error, desk.names(), desk.stamp)
    return 422, WATCH.get(error.code, OTHER)


def install(app: Flask) -> None:
    """Answer refusals of the desk; the rooms' own kinds and what every door says are answered as there."""
    usual = app.error_handler_spec[None][None][Refused]

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        if error.code in USUAL:
            return cast(ResponseReturnValue, usual(error))
        return error_page(*sentence(error))
