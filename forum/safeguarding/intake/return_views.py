"""Coming back with words: how far it is, answers of the desk, additions, photos."""

from pathlib import Path
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import RequestEntityTooLarge

from forum import clock
from forum.errors import Refused
from forum.safeguarding.intake import counters, door_bar, hidden, rules, sending, uploads
from forum.safeguarding.intake.forms import (
    BackForm,
    FilesForm,
    SlipForm,
    WriteForm,
)
from forum.safeguarding.intake.letter_views import NOT_KEPT
from forum.safeguarding.vault import queries, replies, values, words
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.rules import reporter_status
from forum.sealing.envelope import Unopenable
from forum.web import access
from forum.web.pages import error_page

bp = Blueprint("again", __name__)

STEPS = ("届きました", "職員が読みました", "市の手順で確かめています", "やりとりを終えました")


def pieces_of(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of an addition."""
    return tuple(Paragraph(piece) for piece in rules.paragraphs_of(text))


def not_kept(error: DBAPIError) -> str:
    """Note the kind of the failure, never its message; the sentence for whoever wrote."""
    current_app.logger.error("letterbox: not stored, %s", type(error.orig).__name__)
    return _(NOT_KEPT)


def visit_page(visit: hidden.Visit, notice: str = "", failed: str = "", **forms: Any) -> str:
    """How far it is, what the desk wrote, and boxes to add to it. `forms` with what was typed, if any."""
    keys = words.keys_of(visit.words, values.get(values.WORDS_SALT))
    found = queries.find_report(keys.lookup)
    if found is None:
        return _gone()
    shown = {"write": WriteForm, "files": FilesForm, "slip": SlipForm}
    made = {name: forms.get(name) or kind(formdata=None) for name, kind in shown.items()}
    for form in made.values():
        form.visit.data = visit.put()
    status = reporter_status(found.received_at, found.read_at, clock.now())
    messages = []
    for message in found.messages:
        try:
            messages.append((message.at, replies.open_reply(keys, found.report_id, message)))
        except Unopenable:
            messages.append(
                (message.at, _("この返事は、開けませんでした。もう一度送るよう、下の欄から伝えてください。"))
            )
    return render_template(
        "safeguarding/intake/visit.html",
        number=found.report_id,
        status=status,
        steps=STEPS,
        reached=STEPS.index(status.words),
        messages=messages,
        notice=notice,
        failed=failed,
        files_taken=files_taken(),
        accept=uploads.ACCEPT,
        look=door_bar.look(),
        doors=door_bar.bar(),
        **made,
    )


def _gone() -> str:
    """The words are right, but what they open was taken away when its time was over."""
    return _back(
        BackForm(formdata=None), _("この合言葉で見られる期間は、終わりました。新しく書くことはできます。")
    )


def files_taken() -> bool:
    """False under a flood, and when the disk holds no more than its reserve: text is taken all the same."""
    flood = rules.flooded(counters.here().letters.everywhere())
    return not flood and uploads.room_for_files(Path(current_app.instance_path))


@bp.post("/write")
@access.visitor
def write() -> ResponseReturnValue:
    """An addition, or an answer to a question of the desk."""
    form = WriteForm()
    visit = hidden.Visit.take(form.visit.data)
    if visit is None:
        return over(form.text.data)
    if not form.validate():
        form.renew()
        return visit_page(visit, write=form), 422
    try:
        sending.add(visit.report_id, Content(pieces_of(form.text.data)), (), form.seed_bytes)
    except DBAPIError as error:
        form.renew()
        return visit_page(visit, failed=not_kept(error), write=form), 503
    return visit_page(visit, _("届きました。"))


@bp.post("/files")
@access.visitor
def files() -> ResponseReturnValue:
    """Photos and papers. Looked at in memory, drawn anew, sealed, and never opened here again."""
    form = FilesForm()
    visit = hidden.Visit.take(form.visit.data)
    if visit is None:
        return over(form.caption.data)
    if not form.validate():
        form.renew()
        return visit_page(visit, files=form), 422
    if not files_taken():
        form.renew()
        return visit_page(
            visit, failed=_("いまは、写真と書類を受け取れません。文は、いつでも送れます。"), files=form
        ), 503
    try:
        taken = uploads.checked(request.files.getlist("files"))
        if not taken:
            raise Refused("files", sentence=_("写真か書類を、えらんでください。"))
        sending.add(visit.report_id, Content(pieces_of(form.caption.data)), taken, form.seed_bytes)
    except Refused as refused:
        form.files.errors = [refused.facts.get("sentence") or _(NOT_KEPT)]
        form.renew()
        return visit_page(visit, files=form), 422
    except DBAPIError as error:
        form.renew()
        return visit_page(visit, failed=not_kept(error), files=form), 503
    return visit_page(visit, _("%(n)sつ、届きました。", n=len(taken)))


def _back(form: BackForm, sentence: str = "") -> str:
    return render_template(
        "safeguarding/intake/back.html",
        form=form,
        sentence=sentence,
        doors=door_bar.bar(),
        look=door_bar.look(),
    )


def over(text: str = "") -> ResponseReturnValue:
    """A page that lay open too long: the words are asked again, and what was typed stays."""
    form = BackForm(formdata=None)
    form.text.data = text
    return _back(
        form, _("時間がたったので、もう一度、合言葉を入れてください。送ったものは届いています。")
    ), 422


@bp.app_errorhandler(413)
def too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """More than the door can hold at once, and not read. What was sent before is safe, and says so."""
    if request.endpoint != "again.files":
        return error_page(413)
    sentence = _(
        "送られたファイルが大きすぎて、届いていません（1つ%(mb)sMBまで）。前に送った文は届いています。"
        "つづきは、もう一度、合言葉を入れてください。",
        mb=uploads.FILE_BYTES_MAX // 1024**2,
    )
    return _back(BackForm(formdata=None), sentence), 413


@bp.get("/back")
@access.visitor
def back() -> str:
    """Where the words are typed."""
    return _back(BackForm(formdata=None))


@bp.post("/back")
@access.visitor
def come_back() -> ResponseReturnValue:
    """Open what the words find. Guessing is slowed by address, for seconds; nothing about it is stored."""
    form = BackForm()
    visit = None
    if form.validate():
        found = _found(form)
        visit = hidden.Visit(found[0], found[1]) if found else None
    if visit is None:
        form.renew()
        return _back(form), 422
    if not form.text.data:
        return visit_page(visit)
    again = WriteForm(formdata=None)
    again.text.data = form.text.data
    return visit_page(visit, write=again)


def _found(form: BackForm) -> tuple[words.Words, str] | None:
    typed = words.read_words(form.words.data)
    if typed is None:
        form.words.errors = [
            _(
                "合言葉を読み取れませんでした。9つのことばを、ひらがなで順に入れてください。間は空白でかまいません。"
            )
        ]
        return None
    source, misses = request.remote_addr or "", counters.here().misses
    count, last = misses.of(source)
    wait = rules.wait_after(count)
    left = wait - int((clock.now() - last).total_seconds()) if last else 0
    if left > 0:
        form.words.errors = [
            _("ちがう合言葉がつづいたので、%(n)s秒 待ってから、もう一度 押してください。", n=left)
        ]
        return None
    found = queries.find_report(words.keys_of(typed, values.get(values.WORDS_SALT)).lookup)
    if found is None:
        misses.add(source)
        form.words.errors = [_("この合言葉では、見つかりませんでした。ことばの順番も、たしかめてください。")]
        return None
    return typed, found.report_id
