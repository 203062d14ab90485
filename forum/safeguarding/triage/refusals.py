"""What the desk says no to, in words, on a page with a way on."""

from typing import cast

from flask import Flask, redirect, url_for
from flask.typing import ResponseReturnValue

from forum.errors import Refused
from forum.web.pages import error_page

WORDS = {
    "not_yours": (403, "このページは、あなたの役割では開けません。"),
    "no_keys": (
        403,
        "この端末では、封を開ける鍵が見つかりません。いちどサインアウトして、入りなおしてください。",
    ),
    "changed": (409, "ほかの人が、先に変えました。新しい内容を見てから、もう一度ためしてください。"),
    "no_desk_key": (503, "机の鍵が、まだ作られていません。"),
    "no_words": (422, "この連絡をした人は、合言葉で もどって来られません。返事は送れません。"),
}


def install(app: Flask) -> None:
    """Answer the desk's own refusals; the rest is answered as everywhere."""
    usual = app.error_handler_spec[None][None][Refused]

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        if error.code == "step_up":
            return redirect(url_for("staff.step_up"), 303)
        if error.code in WORDS:
            status, words = WORDS[error.code]
            return error_page(status, words)
        return cast(ResponseReturnValue, usual(error))
