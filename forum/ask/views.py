"""Pages of a worry: home, box, preview, thread with its answer, layers while typing."""

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum import clock
from forum.ask import helping, posting, rules
from forum.ask.ages import parse_age
from forum.ask.blueprint import bp
from forum.ask.forms import WorryForm
from forum.ask.service import answer_for, search_index
from forum.ask.types import Worry
from forum.board import admission
from forum.board import queries as board
from forum.board.forms import text_fault
from forum.board.refusals import in_words
from forum.board.reviewing import Stopped, after_writing
from forum.board.types import Origin, Visibility
from forum.city.current import current
from forum.doors.choice import next_change, offers
from forum.privacy.input import clean_input
from forum.visitors import gate
from forum.visitors import service as visitors
from forum.visitors.gate import Reviewed
from forum.visitors.words import to_words
from forum.web import access, limits
from forum.web.caching import cached_page
from forum.web.forms import settings

HOME_THREADS = 5


def door_hour(**kwargs: object) -> list[object]:
    """What makes a page with doors another page: the next moment at which one opens or closes."""
    return [next_change(current().doors, clock.now()), clock.today()]


def with_index(**kwargs: object) -> list[object]:
    """The same for a page that also shows what the index finds."""
    return [*door_hour(), search_index().generation()]


@bp.get("/")
@access.public
@cached_page(door_hour)
def home() -> str:
    """First page: what this is, the box, the doors open now, what others asked."""
    offered = offers(current().doors, clock.now())
    return render_template(
        "ask/home.html",
        threads=board.newest(limit=HOME_THREADS),
        doors=offered,
        open_now=rules.open_now(offered),
        limits=settings(),
    )


def half_written(text: str) -> Worry:
    """What the request tells so far; an age that is not understood is not told yet."""
    pack = current()
    try:
        months = parse_age(request.form.get("age", ""))
    except ValueError:
        months = None
    board_id, block = request.form.get("board"), request.form.get("district")
    return Worry(
        text,
        board=board_id if board_id in {one.id for one in pack.boards} else None,
        child_age_months=months,
        district=block if block in pack.blocks else None,
    )


@bp.get("/ask")
@access.visitor
def compose() -> str:
    """The box with its token, and what else may be told."""
    return render_template("ask/compose.html", form=WorryForm(current()), answer=None, limits=settings())


@bp.post("/ask/open")
@access.visitor
def open_box() -> ResponseReturnValue:
    """The box of a public page: changes nothing, gives back the text with a token."""
    limits.spend("typed", settings().typed_per_address)
    form = WorryForm(current())
    text = clean_input(form.text.data or "")
    fault = text_fault(text)
    if fault:
        form.text.errors = [fault]
        return render_template("ask/compose.html", form=form, answer=None, limits=settings()), 422
    return render_template(
        "ask/compose.html", form=form, answer=answer_for(half_written(text)), limits=settings()
    )


@bp.post("/ask/typed")
@access.visitor
def typed() -> ResponseReturnValue:
    """The three layers for a half-written worry, as a fragment; nothing is kept."""
    limits.spend("typed", settings().typed_per_address)
    text = clean_input(request.form.get("text", ""))[: settings().text_max]
    if len(text) < settings().text_min:
        return make_response("", 204)
    short = len(text) < settings().short_text
    return render_template(
        "ask/_answer.html", answer=answer_for(half_written(text)), short=short, carried=text, level=2
    )


@bp.post("/ask")
@access.visitor
@in_words
def submit() -> ResponseReturnValue:
    """Post the worry. Help first; else one extra page at most, when something would give the writer away."""
    pack = current()
    form = WorryForm(pack)
    if not form.validate():
        admission.check_posting_open()
        form.renew()
        return render_template("ask/compose.html", form=form, answer=None, limits=settings()), 422
    title = clean_input(form.title.data or "").strip()
    text_review = gate.review(form.text.data or "", pack, beside=gate.told_beside(form.months))
    title_review = gate.review(title, pack)
    if text_review.held or title_review.held:
        return _help_first(form, text_review, title_review)
    admission.check_posting_open()
    stopped = text_review.interrupted or title_review.interrupted
    if stopped and form.agreed.data != "1":
        return render_template("ask/preview.html", form=form, text=text_review, title=title_review)
    admission.spend_post(visitors.hand())
    first = visitors.hand() is None
    hand = visitors.ensure_hand(form.once_key)
    opened = posting.post_worry(form, text_review, title_review, hand, first=first)
    if not request.cookies:
        # This browser gives nothing back; only the words can lead its writer here again.
        held = opened.visibility is not Visibility.PUBLIC
        return render_template("ask/posted.html", thread_id=opened.id, words=to_words(hand), held=held)
    place = url_for("ask.thread", thread_id=opened.id, posted=1)
    return redirect(after_writing(opened.visibility, opened.id, place), 303)


def _help_first(form: WorryForm, text: Reviewed, title: Reviewed) -> ResponseReturnValue:
    """Keep the worry for a person to read, and show its writer help at once."""
    reason = admission.why_not(visitors.hand())
    if reason:
        return helping.page(Stopped((title, text), reason=reason))
    first = visitors.hand() is None
    opened = posting.post_worry(form, text, title, visitors.ensure_hand(form.once_key), first=first)
    return helping.page(Stopped((title, text), opened.id))


@bp.get("/threads/<thread_id>")
@access.public
@cached_page(with_index)
def thread(thread_id: str) -> str:
    """A worry, its replies, and the answer of the house."""
    page = board.thread_page(thread_id, request.args.get("page", 1, type=int))
    posted = request.args.get("posted") == "1"
    worry = Worry(
        page.thread.body,
        page.thread.title,
        page.thread.board,
        page.thread.child_age_months,
        page.thread.district,
        thread_id,
    )
    return render_template(
        "ask/thread.html",
        page=page,
        answer=answer_for(worry),
        posted=posted,
        answer_minutes=board.answer_time(_counted()) if posted else None,
    )


def _counted() -> tuple[Origin, ...]:
    """Whose threads tell how long answers take: a demonstration counts its samples."""
    return (Origin.PARENT, Origin.SAMPLE) if settings().samples else (Origin.PARENT,)


@bp.get("/doors")
@access.public
@cached_page(door_hour)
def doors() -> str:
    """Everybody who answers: for an ordinary worry, for something of its own, in danger."""
    return render_template("ask/doors.html", groups=rules.door_groups(offers(current().doors, clock.now())))
