"""Errors in words, on a page with a way on, and with everything typed still there."""

from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from forum.errors import NotFound, Refused

# The fields in which people write at length, whatever the door.
TYPED = tuple("text body q seen heard said supposed caption message words what why fixed".split())
KEPT_MAX = 20_000  # characters of a typed text given back on an error page


def _sentences(status: int) -> tuple[str, str]:
    table = {
        400: (_("送られた内容を読み取れませんでした"), _("前のページにもどって、もう一度ためしてください。")),
        403: (
            _("このページからは送れません"),
            _("このサイトのページを開きなおして、もう一度送ってください。"),
        ),
        404: (
            _("ページが見つかりません"),
            _("アドレスがちがうか、書いた人が取り下げたのかもしれません。ことばでさがせます。"),
        ),
        405: (_("その開き方はできません"), _("はじめのページから開きなおしてください。")),
        413: (_("送られた内容が大きすぎます"), _("文を短くして、もう一度送ってください。")),
        429: (_("少し時間をおいてください"), _("短い時間に何度も送られたため、いったん止めました。")),
        503: (
            _("いま、書きこみを受け取れません"),
            _("機械の都合です。保存されていません。少し待って、もう一度送ってください。"),
        ),
    }
    return table.get(status, (_("うまく表示できませんでした"), _("少し待って、もう一度ためしてください。")))


def kept_text() -> str:
    """What the person had typed in the request that went wrong."""
    try:
        form = request.form
    except HTTPException:  # the body was what went wrong
        return ""
    return "\n\n".join(form.get(name, "") for name in TYPED if form.get(name))[:KEPT_MAX]


def error_page(status: int, sentence: str | None = None, retry_after: int | None = None) -> Response:
    """The page for a status, with what was typed."""
    heading, usual = _sentences(status)
    page = render_template(
        current_app.extensions["error_template"],
        status=status,
        heading=heading,
        sentence=sentence or usual,
        kept=kept_text(),
    )
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _wait_words(seconds: int) -> str:
    if seconds < 60:
        return str(
            _("短い時間に何度も送られたため、いったん止めました。1分ほど待って、もう一度送ってください。")
        )
    return str(
        _(
            "短い時間に何度も送られたため、いったん止めました。%(n)d分ほど待って、もう一度送ってください。",
            n=-(-seconds // 60),
        )
    )


def install(app: Flask, template: str = "web/error.html") -> None:
    """Answer every error of the app in words, on the door's own error page."""
    app.extensions["error_template"] = template

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        if error.code is not None and 300 <= error.code < 400:
            return make_response(error.get_response())
        if isinstance(error, SecurityError):  # a host name that is not ours: no address can be made
            return Response("400", 400, mimetype="text/plain")
        response = error_page(error.code or 500)
        if isinstance(error.get_response().headers.get("Allow"), str):
            response.headers["Allow"] = error.get_response().headers["Allow"]
        return response

    @app.errorhandler(NotFound)
    def not_found(error: NotFound) -> Response:
        return error_page(404)

    @app.errorhandler(Refused)
    def refused(error: Refused) -> Response:
        if error.code == "too_many":
            seconds = int(str(error.facts["seconds"]))
            return error_page(429, _wait_words(seconds), retry_after=seconds)
        return error_page(403)

    @app.errorhandler(DataError)
    def no_such_value(error: DataError) -> Response:
        return error_page(400)  # a server's refusal of what no name can hold, such as a zero byte

    @app.errorhandler(OperationalError)
    def storage_fails(error: OperationalError) -> Response:
        # A locked database, a full disk, a server that restarts: nothing was written.
        app.logger.error("storage: %s", type(error.orig).__name__)
        return error_page(503, retry_after=5)

    @app.errorhandler(Exception)
    def bug(error: Exception) -> Any:
        if app.testing:
            raise error
        # The kind and the place, never the message: it could quote what somebody wrote.
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
        app.logger.error("bug: %s at %s, route %s", type(error).__name__, place, request.endpoint)
        return error_page(500)
