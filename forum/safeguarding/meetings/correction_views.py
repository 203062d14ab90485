"""The page on which the record of a meeting is corrected."""

from flask.typing import ResponseReturnValue

from forum.errors import NotFound, Refused
from forum.safeguarding.cases import desk
from forum.safeguarding.cases.refusals import status
from forum.safeguarding.meetings import correcting, queries, words
from forum.safeguarding.meetings.forms import CorrectionForm
from forum.safeguarding.meetings.types import Meeting
from forum.safeguarding.meetings.views import bp, opened_page
from forum.safeguarding.staff import access
from forum.safeguarding.vault import store
from forum.safeguarding.vault.db import writing


def _read(meeting_id: str) -> Meeting:
    if not queries.meeting_exists(meeting_id):
        raise NotFound
    desk.note_opening("open_meeting", meeting_id)
    return queries.get_meeting(meeting_id, access.keyring())


@bp.post("/meetings/<meeting_id>/correction")
@access.worker
def correct(meeting_id: str) -> ResponseReturnValue:
    """Keep a corrected record beside the one before."""
    form, who = CorrectionForm(), desk.actor()
    meeting = _read(meeting_id)
    if not form.validate():
        form.renew()
        return opened_page(meeting, form), 422
    asked = correcting.Correction(meeting_id, form.meeting(), form.reason.data or "", form.seen())
    try:
        box = correcting.prepare(asked, desk=store.desk_key(), actor=who)
        with writing():
            correcting.keep(asked, box, who, once=form.once_key)
    except Refused as no:
        meeting = queries.get_meeting(meeting_id, access.keyring())
        form.form_errors.append(words.sentence(no))
        form.see(len(meeting.earlier))
        return opened_page(meeting, form), status(no)
    return opened_page(queries.get_meeting(meeting_id, access.keyring()))
