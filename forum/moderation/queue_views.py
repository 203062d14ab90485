"""The moderators' queue: what waits, opening a text, deciding. For readers and whoever leads them."""

from collections.abc import Callable

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from forum import clock
from forum.accounts.access import me, require_step_up, staff
from forum.accounts.queries import everybody
from forum.accounts.types import Role
from forum.board.types import Visibility
from forum.city.current import current
from forum.db import writing
from forum.errors import NotFound, Refused
from forum.moderation import deciding, matching, queries, rules, service, words
from forum.moderation.blueprint import bp
from forum.moderation.deciding import Choice
from forum.moderation.forms import DecideForm, PressForm
from forum.moderation.reading import reading
from forum.moderation.refusals import staff_sentence
from forum.moderation.types import Action, Item, Reason
from forum.moderation.writer_views import waiting_words
from forum.referrals import service as referrals
from forum.web.pages import kept_text

READERS = (Role.MODERATOR, Role.LEAD)
NOTHING = SelectChoice("", "―")


def names() -> dict[int, str]:
    """How staff are called, also those who left."""
    return {0: _("きまり"), **{one.id: one.name for one in everybody(present=False)}}


@bp.get("/staff/queue")
@staff(*READERS)
def queue() -> str:
    """What waits, in the suggested order, without a word of it."""
    now = clock.now()
    return render_template(
        "moderation/queue.html",
        items=queries.items(),
        now=now,
        me=me(),
        names=names(),
        words=words,
        waiting=waiting_words(),
        unread=reading().unread_hours(now),
        unheard=queries.unheard(),
        trips=queries.trips(),
        heavy=queries.heavy_today(me().id),
        care=reading().care,
        break_due=queries.break_due(me().id),
    )


def _item_page(item: Item, heading: str = "", sentence: str = "", kept: str = "") -> str:
    return render_template(
        "moderation/item.html",
        item=item,
        me=me(),
        now=clock.now(),
        names=names(),
        words=words,
        decisions=queries.decisions(item.thread_id, item.post_id),
        press=PressForm(data={"version": str(item.version)}),
        heading=heading,
        sentence=sentence,
        kept=kept,
    )


def _no(item_id: str, no: Refused) -> ResponseReturnValue:
    """A rule's no, with what changed meanwhile and what was typed."""
    found = staff_sentence(no.code)
    if found is None:
        raise no
    heading, sentence = found
    return make_response(_item_page(queries.get_item(item_id), heading, sentence, kept_text()), 409)


@bp.get("/staff/queue/<item_id>")
@staff(*READERS)
def item(item_id: str) -> str:
    """What is known about a text before it is opened."""
    return _item_page(queries.get_item(item_id))


@bp.post("/staff/queue/<item_id>/open")
@staff(*READERS)
def open_item(item_id: str) -> ResponseReturnValue:
    """「ひらく」: the line in the record first, then the text."""
    if not PressForm().validate():
        return make_response(_item_page(queries.get_item(item_id), *_expired()), 422)
    try:
        found = service.open_text(item_id, me())
    except Refused as no:
        return _no(item_id, no)
    return _text_page(found, _form(found))


def _expired() -> tuple[str, str]:
    return _("もう一度押してください"), _("ページを開いてから時間がたっていました。")


def _form(item: Item) -> DecideForm:
    """A decision's form: what may be done with the text as it stands, the city's boards, the cards."""
    form, subject = DecideForm(), queries.subject_of(item)
    may = rules.choices(subject, item.level)
    called = dict(words.ACTIONS)
    if subject.visibility is Visibility.PUBLIC:
        called[Action.PUBLISH] = words.LEAVE
    called[Action.CLOSED] = words.READ
    form.action.choices = [SelectChoice(action.value, called[action]) for action in may]
    usable = {reason for action in may for reason in rules.REASONS[action]}
    form.reason.choices = [
        SelectChoice(reason.value, words.REASONS[reason]) for reason in Reason if reason in usable
    ]
    form.board.choices = [NOTHING, *(SelectChoice(board.id, board.label) for board in current().boards)]
    form.card.choices = [NOTHING, *(SelectChoice(*card) for card in matching.card_choices())]
    return form


def _text_page(item: Item, form: DecideForm, status: int = 200) -> ResponseReturnValue:
    opened = queries.opened(item)
    if not form.fixed.data:
        form.fixed.data = opened.subject.body
    form.version.data = str(item.version)
    line, rest = _first_line(opened.subject.body)
    page = render_template(
        "moderation/text.html",
        opened=opened,
        item=item,
        form=form,
        press=PressForm(data={"version": str(item.version)}),
        line=line,
        rest=rest,
        names=names(),
        words=words,
        me=me(),
        heavy=queries.heavy_today(me().id),
        care=reading().care,
        break_due=queries.break_due(me().id),
        hatch=referrals.available(),
        public=opened.subject.visibility is Visibility.PUBLIC,
        urgent=rules.URGENT,
    )
    return make_response(page, status)


def _first_line(text: str) -> tuple[str, str]:
    """The first line, and all of the text if there is more."""
    line = next((part.strip() for part in text.splitlines() if part.strip()), "")
    short = line if len(line) <= queries.FIRST_LINE else line[: queries.FIRST_LINE] + "…"
    return short, "" if short == text.strip() else text


@bp.post("/staff/queue/<item_id>/claim")
@staff(*READERS)
def claim(item_id: str) -> ResponseReturnValue:
    """Take an item on."""
    return _press(item_id, lambda form: service.claim(item_id, me()))


@bp.post("/staff/queue/<item_id>/release")
@staff(*READERS)
def release(item_id: str) -> ResponseReturnValue:
    """Leave an item to others."""
    return _press(item_id, lambda form: service.release(item_id, me()))


@bp.post("/staff/queue/<item_id>/decline")
@staff(*READERS)
def decline(item_id: str) -> ResponseReturnValue:
    """Do not agree with what was proposed, or take one's own proposal back."""
    return _press(item_id, lambda form: deciding.decline(item_id, form.version_number(), me()))


@bp.post("/staff/queue/<item_id>/confirm")
@staff(*READERS)
def confirm(item_id: str) -> ResponseReturnValue:
    """Agree as the second person."""
    require_step_up(url_for("moderation.item", item_id=item_id))
    try:
        sealed = deciding.prepare(item_id)  # sealing takes its time: before the transaction
    except Refused as no:
        return _no(item_id, no)
    return _press(item_id, lambda form: deciding.confirm(item_id, form.version_number(), me(), sealed))


def _press(item_id: str, act: Callable[[PressForm], Item]) -> ResponseReturnValue:
    form = PressForm()
    if not form.validate():
        return make_response(_item_page(queries.get_item(item_id), *_expired()), 422)
    try:
        with writing():
            found = act(form)
    except Refused as no:
        return _no(item_id, no)
    return redirect(_next(found), 303)


def _next(item: Item) -> str:
    if item.closed_at is None and item.claimed_by == me().id:
        return url_for("moderation.item", item_id=item.id)
    return url_for("moderation.queue")


@bp.post("/staff/queue/<item_id>/decide")
@staff(*READERS)
def decide(item_id: str) -> ResponseReturnValue:
    """Decide. What is not complete is asked again beside the text."""
    before = queries.get_item(item_id)
    form = _form(before)
    if not form.validate():
        if form.csrf_token.errors:  # not sent by a page of ours: no reason to open the text, nor to record it
            return make_response(_item_page(before, *_expired(), kept_text()), 422)
        form.renew()
        try:
            return _text_page(service.open_text(item_id, me()), form, 422)
        except Refused as no:
            return _no(item_id, no)
    choice = _choice(before, form)
    if choice.action in rules.TWO:
        require_step_up(url_for("moderation.item", item_id=item_id))
    try:
        with writing():
            found = deciding.decide(item_id, form.version_number(), me(), choice)
    except Refused as no:
        return _no(item_id, no)
    return redirect(_next(found), 303)


def _choice(item: Item, form: DecideForm) -> Choice:
    fixed = (form.fixed.data or "").replace("\r\n", "\n").strip()
    return Choice(
        action=Action(form.action.data),
        reason=Reason(form.reason.data),
        message=(form.message.data or "").strip(),
        # As it stood in the box it is the text itself, not a version of it.
        fixed="" if fixed == queries.subject_of(item).body.strip() else fixed,
        words=(form.words.data or "").strip(),
        board=form.board.data or "",
        card=form.card.data or "",
    )


@bp.get("/staff/decisions")
@staff(*READERS)
def decisions() -> str:
    """The log of decisions: codes and ids, no text."""
    before = request.args.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < 15):
        raise NotFound("before")
    lines = queries.log_page(int(before) if before else None)
    return render_template("moderation/decisions.html", lines=lines, names=names(), words=words)


@bp.get("/staff/load")
@staff(Role.LEAD)
def load() -> str:
    """What each person read today: for whoever leads them."""
    return render_template("moderation/load.html", loads=queries.loads(), care=reading().care)
