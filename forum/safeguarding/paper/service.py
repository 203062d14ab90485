"""Printing, handing over, and asking a second person about what a child wrote. Each leaves a line."""

from sqlalchemy import select

from forum import clock, ids
from forum.errors import NotFound, Refused
from forum.safeguarding.cases.boxes import sealed
from forum.safeguarding.cases.papers import PapersView, papers_view
from forum.safeguarding.cases.types import Actor, Case
from forum.safeguarding.paper import handover, queries, rules
from forum.safeguarding.paper.catalogue import template
from forum.safeguarding.paper.composing import Facts, compose
from forum.safeguarding.paper.drawing import draw as drawn
from forum.safeguarding.paper.models import ApprovalRow
from forum.safeguarding.policy import Policy
from forum.safeguarding.screening import catalogue as screening
from forum.safeguarding.screening import queries as screened
from forum.safeguarding.vault import audit
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import DeskKey

HANDOVER = "handover"
ENCLOSED = ("reception", "transfer")  # the papers that go with a case
# Of what was decided in screening only these stand on paper: the route of a report may tell who called.
CODES = ("acceptance", "finding", "urgency", "severity", "rank")
CODE_LABELS = ("受理", "判定", "緊急度", "重症度", "ケースランク")


def draw(
    kind: str, case: Case, actor: Actor, ring: KeyRing, policy: Policy, *, child_text: bool = False
) -> bytes:
    """A paper as PDF; the line in the record is committed first.

    `child_text`: with what a child wrote, which uses up a second person's agreement. Raises NotFound,
    Refused("needs_second_person"), Unopenable.
    """
    paper = template(kind)
    wanted = child_text and paper.child_text
    _note("print_paper", case, actor, kind if wanted else "", kind)
    view = papers_view(case.id, ring, child_text=wanted)
    return drawn(compose(paper, view, _facts(case, view, actor, ring, policy)))


def hand_over(
    case: Case, actor: Actor, ring: KeyRing, policy: Policy, key: bytes, *, child_text: bool = False
) -> bytes:
    """The case and its papers, sealed to another office's public key. Raises as `draw`, Refused("no_key")."""
    _note("hand_over_paper", case, actor, HANDOVER if child_text else "")
    view = papers_view(case.id, ring, child_text=child_text)
    facts = _facts(case, view, actor, ring, policy)
    papers = {f"{kind}.pdf": drawn(compose(template(kind), view, facts)) for kind in ENCLOSED}
    return handover.sealed(view, papers, key)


def _facts(case: Case, view: PapersView, actor: Actor, ring: KeyRing, policy: Policy) -> Facts:
    codes = screened.codes_of(case.id, ring)
    names = screening.current()
    rows = tuple(
        (label, names.name_of(kind, getattr(codes, kind)))
        for kind, label in zip(CODES, CODE_LABELS, strict=True)
        if getattr(codes, kind)
    )
    groups = {one: policy.group(one).name for one in view.groups}
    return Facts(policy.office, groups, rows, actor.name, clock.today())


def _note(verb: str, case: Case, actor: Actor, uses: str, which: str = "") -> None:
    """Write the line, and use up an agreement where one is needed."""
    with writing():
        if uses:
            one = rules.usable(queries.approvals(case), actor.id, uses, clock.now())
            if one is None:
                raise Refused("needs_second_person")
            _row(one.id).used_at = clock.now()
        audit.record(verb, case.id, staff_id=actor.id, staff_name=actor.name, reason=which)


def ask(case: Case, actor: Actor, desk: DeskKey, kind: str, reason: str, once: str) -> None:
    """Ask that what a child wrote may stand on a paper; inside the open transaction.

    Raises NotFound; Refused of `rules.check_ask`.
    """
    if kind != HANDOVER and not template(kind).child_text:
        raise NotFound
    if vault_db.session.scalar(select(ApprovalRow.id).where(ApprovalRow.once == once)) is not None:
        return
    rules.check_ask(reason, queries.approvals(case), actor.id, kind, clock.now())
    public_id = ids.new_public_id()
    vault_db.session.add(
        ApprovalRow(
            public_id=public_id,
            case_id=vault_db.session.scalars(select(CaseRow.id).where(CaseRow.public_id == case.id)).one(),
            kind=kind,
            once=once,
            asked_by=actor.id,
            asked_at=clock.now(),
            **sealed(desk, case.id, "approval", public_id, {"reason": reason.strip()}),
        )
    )
    audit.record("ask_child_text", case.id, staff_id=actor.id, staff_name=actor.name)


def answer(case: Case, actor: Actor, approval_id: str, *, agreed: bool) -> None:
    """The second person agrees or refuses; inside the open transaction.

    Raises NotFound; Refused of `rules.check_answer`.
    """
    one = next((one for one in queries.approvals(case) if one.id == approval_id), None)
    if one is None:
        raise NotFound
    rules.check_answer(one, actor.id, clock.now())
    row = _row(one.id)
    row.answered_by, row.answered_at, row.agreed = actor.id, clock.now(), agreed
    verb = "agree_child_text" if agreed else "refuse_child_text"
    audit.record(verb, case.id, staff_id=actor.id, staff_name=actor.name)


def _row(approval_id: str) -> ApprovalRow:
    return vault_db.session.scalars(
        select(ApprovalRow).where(ApprovalRow.public_id == approval_id).with_for_update()
    ).one()
