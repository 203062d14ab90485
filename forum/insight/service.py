"""Publish a month; answer a voice. Writing functions run inside the caller's `writing()` block."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict

from sqlalchemy import select

from forum import clock
from forum.board import month_feed
from forum.board import service as board
from forum.board.month_feed import Counted
from forum.board.types import Kind, NewReply, Origin
from forum.city.types import AgeBand, CityPack
from forum.db import db, writing
from forum.directory import queries as directory
from forum.directory.matching import asked_most
from forum.directory.types import Need
from forum.insight import rules
from forum.insight.models import AnswerRow, DigestRow
from forum.insight.types import Answer, Status, Told
from forum.language.concepts import Thesaurus
from forum.outbox.service import touch_content
from forum.safety.signs import read_signs


def publish_last_month(pack: CityPack, thesaurus: Thesaurus, least: int, *, samples: bool = False) -> bool:
    """Count and publish the month before this one, unless it was published. Opens its own transaction.

    A month is published once and never again: what was withdrawn since would show in the difference.
    samples: a demonstration counts its samples too.
    """
    month = rules.last_month(clock.today())
    if db.session.get(DigestRow, month) is not None:
        return False
    told = list(_told(month, pack, thesaurus, samples=samples))
    made = rules.tables(told, [band.id for band in pack.age_bands], pack.blocks, least)
    row = DigestRow(
        month=month,
        published_at=clock.now(),
        least=least,
        tables=json.dumps([asdict(table) for table in made], ensure_ascii=False),
    )
    with writing():
        if db.session.get(DigestRow, month) is not None:  # another worker was faster
            return False
        db.session.add(row)
        touch_content()
    return True


def _told(month: str, pack: CityPack, thesaurus: Thesaurus, *, samples: bool) -> Iterator[Told]:
    services = directory.all_services()
    origins = [Origin.PARENT, Origin.COUNTER, *([Origin.SAMPLE] if samples else [])]
    for worry in month_feed.worries(*rules.bounds(month), origins):
        need = Need(
            worry.body,
            worry.title,
            worry.child_age_months,
            worry.place,
            pack.districts_of(worry.place) if worry.place else frozenset(),
        )
        signs = read_signs(f"{worry.title}\n{worry.body}")
        theme, met = asked_most(need, services, pack.categories, thesaurus, signs)
        yield Told(theme, met, _age_of(worry, pack.age_bands), _block_of(worry, pack))


def _age_of(worry: Counted, bands: tuple[AgeBand, ...]) -> str:
    age = worry.child_age_months
    if age is None:
        return rules.NONE
    return next((band.id for band in bands if band.min_months <= age <= band.max_months), rules.NONE)


def _block_of(worry: Counted, pack: CityPack) -> str:
    if worry.place in pack.blocks:
        return worry.place
    return next((one.block for one in pack.districts if one.name == worry.place), rules.NONE)


def set_status(
    thread_id: str, status: Status, reason: str, by: str, once: str, in_words: Callable[[Answer], str]
) -> Answer:
    """Answer a voice, in the list and as a reply in its thread, both or neither.

    by: the badge that readers see. in_words: the reply's text. Raises NotFound, Refused thread_gone,
    same_status, reason_missing, reason_too_long.
    """
    last = db.session.scalar(
        select(AnswerRow).where(AnswerRow.thread_id == thread_id).order_by(AnswerRow.number.desc()).limit(1)
    )
    rules.check_answer(status, reason, Status(last.status) if last else None)
    answer = Answer(status, reason, clock.now(), by)
    board.reply(
        NewReply(
            thread_id=thread_id,
            author_tag=None,
            once=once,
            kind=Kind.INFO,
            body=in_words(answer),
            origin=Origin.OFFICER,
        )
    )
    number = (last.number if last else 0) + 1
    db.session.add(
        AnswerRow(thread_id=thread_id, number=number, status=status, reason=reason, at=answer.at, by=by)
    )
    touch_content()
    return answer
