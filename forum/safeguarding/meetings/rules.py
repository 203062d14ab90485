"""What comes before a meeting first, and who may decide; pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from forum.clock import local
from forum.errors import Refused
from forum.safeguarding.meetings.types import KINDS, AgendaFacts, AgendaLine

LEAST_ATTENDEES = 2  # nobody decides alone: one name is no meeting
COMING = timedelta(days=14)
UNSEEN_FOR = timedelta(days=30)
TEXT_MOST, LINE_MOST, NAMES_MOST = 4000, 600, 40
FOR_WHAT = ("course", "unconfirmed", "close")


def agenda_of(cases: Iterable[AgendaFacts], at: datetime) -> tuple[AgendaLine, ...]:
    """Cases for the coming meeting: what is overdue first, the longest overdue before the others.

    Then what waits to be taken up, then what comes due within a fortnight. Others are left out.
    """
    found = []
    for case in cases:
        overdue = _overdue(case, at)
        coming = _coming(case, at)
        if not overdue and not coming:
            continue
        since = min((moment for moment, _ in overdue), default=case.opened_at)
        rank = (not overdue, not case.urgent, since, case.case_id)
        reasons = tuple(words for _, words in sorted(overdue)) + coming
        found.append((rank, AgendaLine(case.case_id, bool(overdue), reasons)))
    return tuple(line for _, line in sorted(found, key=lambda one: one[0]))


def _overdue(case: AgendaFacts, at: datetime) -> list[tuple[datetime, str]]:
    today = local(at).date()
    found = []
    if case.clock_running and case.due_at <= at:
        found.append((case.due_at, "安全確認の期限をすぎています"))
    if case.look_again_on is not None and case.look_again_on <= today:
        found.append((_start(case.look_again_on, at), "もう一度確かめる日がきています"))
    if case.check_on is not None and case.check_on <= today:
        found.append((_start(case.check_on, at), "会議で決めた、次に確かめる日がきています"))
    unseen = _unseen(case, at)
    if unseen is not None:
        found.append(unseen)
    return found


def _unseen(case: AgendaFacts, at: datetime) -> tuple[datetime, str] | None:
    """A child nobody has seen. While the first clock runs, the clock itself speaks."""
    if case.clock_running or case.look_again_on is not None:
        return None
    last = case.last_seen_at
    if last is None:
        return (case.opened_at, "子ども本人を直接見た記録がありません")
    if at - last >= UNSEEN_FOR:
        return (last, "子ども本人を、長く直接見ていません")
    if case.unseen:
        return (case.opened_at, "まだ見ていない子どもがいます")
    return None


def _coming(case: AgendaFacts, at: datetime) -> tuple[str, ...]:
    until = local(at + COMING).date()
    today = local(at).date()
    found = []
    if not case.accepted:
        found.append("受理を、まだ決めていません")
    if case.check_on is not None and today < case.check_on <= until:
        found.append("次に確かめる日が近づいています")
    if case.look_again_on is not None and today < case.look_again_on <= until:
        found.append("もう一度確かめる日が近づいています")
    return tuple(found)


def _start(day: date, at: datetime) -> datetime:
    return datetime.combine(day, datetime.min.time(), local(at).tzinfo)


def check_meeting(
    kind: str, held_on: date, attendees: Sequence[str], case_ids: Sequence[str], today: date
) -> None:
    """Whether this is a meeting to keep. Raises Refused of `check_record`, no_case."""
    check_record(kind, held_on, attendees, today)
    if not case_ids:
        raise Refused("no_case")


def check_record(kind: str, held_on: date, attendees: Sequence[str], today: date) -> None:
    """Whether this is the record of a meeting. Raises Refused with the rule's name.

    unknown_value, not_yet (`held_on` lies ahead), one_person, too_many.
    """
    if kind not in KINDS:
        raise Refused("unknown_value")
    if held_on > today:
        raise Refused("not_yet")
    if len({one.strip() for one in attendees if one.strip()}) < LEAST_ATTENDEES:
        raise Refused("one_person")
    if len(attendees) > NAMES_MOST:
        raise Refused("too_many", limit=NAMES_MOST)


def check_lengths(text: str, *lines: str) -> None:
    """Refuse what no form of ours sends: Refused too_long (limit, length)."""
    for one, most in ((text, TEXT_MOST), *((line, LINE_MOST) for line in lines)):
        if len(one) > most:
            raise Refused("too_long", limit=most, length=len(one))


def check_decision(
    for_what: str, authority: str, text: str, check_on: date | None, today: date, *, first: bool
) -> None:
    """Whether this may be decided by this authority.

    The first decision on a case, and closing it, need a supervisor or a meeting. That a child could
    not be found is decided by a meeting alone, with a date to look again: nothing ends in silence.
    Raises Refused unknown_value, empty, too_long, needs_meeting, needs_second, needs_date, past.
    """
    if for_what not in FOR_WHAT:
        raise Refused("unknown_value")
    if not text.strip():
        raise Refused("empty")
    check_lengths(text)
    if for_what == "unconfirmed" and authority != "meeting":
        raise Refused("needs_meeting")
    if authority == "worker" and (first or for_what == "close"):
        raise Refused("needs_second")
    if for_what != "close" and check_on is None:
        raise Refused("needs_date")
    if check_on is not None and check_on <= today:
        raise Refused("past")
