"""Files of a report: pictures are shown by a page that nothing keeps; others handed out after a warning."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.errors import NotFound
from forum.safeguarding.staff import access
from forum.safeguarding.triage.inbox_views import OpenForm
from forum.safeguarding.triage.report_views import note, the_report
from forum.safeguarding.vault import opening, queries
from forum.safeguarding.vault.content import Upload

bp = Blueprint("file", __name__)

IMAGES = ("image/jpeg", "image/png", "image/webp")
KINDS = {"application/pdf": ("PDFの書類", "pdf")}
OTHER = ("書類", "bin")
KIB = 1024


@bp.post("/reports/<report_id>/files/<int:position>")
@access.worker
def open_file(report_id: str, position: int) -> ResponseReturnValue:
    """A file that came with a report."""
    return _open(report_id, None, position)


@bp.post("/reports/<report_id>/messages/<message_id>/files/<int:position>")
@access.worker
def open_message_file(report_id: str, message_id: str, position: int) -> ResponseReturnValue:
    """A file that a reporter added later."""
    return _open(report_id, message_id, position)


def _open(report_id: str, message_id: str | None, position: int) -> ResponseReturnValue:
    report, case = the_report(report_id)
    messages = {one.once: one for one in queries.messages_of(report.id)}
    raw = queries.attachment(report.id, position, message_id)
    if raw is None or (message_id is not None and message_id not in messages):
        raise NotFound
    if not OpenForm().validate():
        return redirect(url_for("report.closed", case_id=case.id), 303)
    note("open_file", report.id)
    ring = access.keyring()
    if message_id is None:
        upload = opening.open_file(ring, report, position, raw)
    else:
        upload = opening.open_message_file(ring, messages[message_id], position, raw)
    if upload.media_type in IMAGES or request.form.get("sure"):
        return _handed(upload)
    return render_template(
        "safeguarding/desk/file.html",
        case=case,
        kind=KINDS.get(upload.media_type, OTHER)[0],
        kib=-(-len(upload.data) // KIB),
        form=OpenForm(formdata=None),
    )


def _handed(upload: Upload) -> Response:
    shown = upload.media_type in IMAGES
    response = Response(upload.data, mimetype=upload.media_type if shown else "application/octet-stream")
    name = "picture.jpg" if shown else f"file.{KINDS.get(upload.media_type, OTHER)[1]}"
    response.headers["Content-Disposition"] = f"{'inline' if shown else 'attachment'}; filename={name}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
