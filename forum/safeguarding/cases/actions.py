"""What can be done on the page of a case: for each action its form, the change, and what is said after it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from forum.safeguarding import policy
from forum.safeguarding.cases import forms, queries, service
from forum.safeguarding.cases.forms import CaseForm
from forum.safeguarding.cases.types import Actor, Decision
from forum.safeguarding.staff import access
from forum.safeguarding.vault import store
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import DeskKey


@dataclass(frozen=True)
class Sent:
    """A valid form of an action, with all that a change needs, read before the transaction opens."""

    case_id: str
    target: str
    form: Any
    actor: Actor
    desk: DeskKey
    ring: KeyRing
    policy: policy.Policy
    other_version: int = 0

    @property
    def about(self) -> tuple[str, int, Actor]:
        """The case, the version that was seen, and who does it."""
        return self.case_id, self.form.seen(), self.actor

    @property
    def once(self) -> str:
        return str(self.form.once_key)

    @property
    def sealing(self) -> dict[str, Any]:
        """The ticket, and the key to seal to."""
        return {"desk": self.desk, "once": self.once}

    @property
    def timed(self) -> dict[str, Any]:
        """The same, with the city's hours for what may start a clock."""
        return {**self.sealing, "policy": self.policy}


def sent(case_id: str, target: str, form: CaseForm, actor: Actor) -> Sent:
    """Gather what an action needs. Raises Refused no_desk_key."""
    version = 0
    if isinstance(form, forms.MergeForm):
        form.other.data = "".join((form.other.data or "").lower().split())
        present = queries.case(form.other.data, actor).version
        version = forms.number(form.other_version.data) or present
    return Sent(case_id, target, form, actor, store.desk_key(), access.keyring(), policy.current(), version)


@dataclass(frozen=True)
class Action:
    """`leaves`: afterwards the case is not there any more for whoever did it."""

    form: type[CaseForm]
    run: Callable[[Sent], object]
    done: str
    leaves: bool = False


def _note(it: Sent, corrects: str | None = None) -> None:
    form = it.form
    service.note_entry(
        *it.about,
        **it.sealing,
        kind=form.kind.data or "",
        text=form.text.data or "",
        happened_at=form.happened_at.moment,
        said_by=form.said_by.data or "",
        disclosure=form.disclosure.data or "",
        corrects=corrects,
    )


def _event(it: Sent) -> None:
    form = it.form
    service.event(
        *it.about,
        **it.timed,
        kind=form.kind.data or "",
        text=form.text.data or "",
        happened_at=form.happened_at.moment,
        urgent=bool(form.urgent.data),
    )


def _sighting(it: Sent) -> None:
    form = it.form
    service.sighting(
        *it.about,
        **it.sealing,
        kind=form.kind.data or "",
        seen_at=form.seen_at.moment,
        child_ids=tuple(form.children.data or ()),
        who=form.who.data or "",
        where=form.where.data or "",
        how=form.how.data or "",
        all_known=bool(form.all_known.data),
    )


def _accepted(it: Sent) -> None:
    form = it.form
    service.accepted_elsewhere(
        *it.about,
        **it.sealing,
        name=form.name.data or "",
        office=form.office.data or "",
        at=form.at.moment,
        how=form.how.data or "",
    )


def _offer(it: Sent) -> None:
    to_id = forms.number(it.form.to.data)
    service.offer(*it.about, **it.sealing, to_id=to_id, text=it.form.text.data or "")


def _task(it: Sent) -> None:
    form = it.form
    service.add_task(
        *it.about,
        **it.sealing,
        kind=form.kind.data or "",
        due_at=form.due_at.moment,
        holder_id=forms.number(form.holder.data) or None,
        text=form.text.data or "",
    )


def _finish(it: Sent) -> None:
    result = it.form.result.data or ""
    service.finish_task(*it.about, it.target, **it.sealing, ring=it.ring, result=result)


def _conflict(it: Sent) -> None:
    staff_id = forms.number(it.form.staff.data)
    service.mark_conflict(*it.about, **it.sealing, staff_id=staff_id, reason=it.form.reason.data or "")


def _merge(it: Sent) -> None:
    service.merge(
        *it.about,
        **it.sealing,
        other_id=it.form.other.data,
        other_version=it.other_version,
        reason=it.form.reason.data or "",
    )


def _close(it: Sent) -> None:
    service.close(
        *it.about,
        **it.sealing,
        decision=Decision("supervisor", str(it.actor.id)),
        outcome=it.form.outcome.data or "",
        reason=it.form.reason.data or "",
    )


def _hold(wanted: bool) -> Callable[[Sent], object]:
    return lambda it: service.set_hold(
        *it.about, **it.sealing, wanted=wanted, reason=it.form.reason.data or ""
    )


def _answer(accept: bool) -> Callable[[Sent], object]:
    return lambda it: service.answer_offer(*it.about, once=it.once, accept=accept)


_B, _R = forms.ButtonForm, forms.ReasonForm
ACTIONS: Mapping[str, Action] = {
    "note": Action(forms.EntryForm, _note, "経過を保存しました。"),
    "correct": Action(forms.EntryForm, lambda it: _note(it, it.target), "訂正を保存しました。"),
    "event": Action(forms.EventForm, _event, "変化を保存しました。時計が動いています。"),
    "child": Action(
        forms.ChildForm,
        lambda it: service.add_child(*it.about, **it.timed, words=it.form.words()),
        "子どもを書き足しました。",
    ),
    "change-child": Action(
        forms.ChildForm,
        lambda it: service.change_child(*it.about, it.target, **it.sealing, words=it.form.words()),
        "子どもの記録を直しました。",
    ),
    "drop-child": Action(
        _R,
        lambda it: service.drop_child(*it.about, it.target, **it.sealing, reason=it.form.reason.data or ""),
        "子どもの記録を外しました。",
    ),
    "person": Action(
        forms.PersonForm,
        lambda it: service.add_person(*it.about, **it.sealing, words=it.form.words()),
        "関係する人を書き足しました。",
    ),
    "change-person": Action(
        forms.PersonForm,
        lambda it: service.change_person(*it.about, it.target, **it.sealing, words=it.form.words()),
        "関係する人の記録を直しました。",
    ),
    "sighting": Action(forms.SightingForm, _sighting, "会った・聞いた記録を保存しました。"),
    "seen": Action(
        forms.SeenForm,
        lambda it: service.end_seen(*it.about, **it.sealing, all_known=bool(it.form.all_known.data)),
        "安全確認済にしました。",
    ),
    "accepted": Action(forms.AcceptedForm, _accepted, "ほかの機関が受けた記録を保存しました。"),
    "take": Action(_B, lambda it: service.take(*it.about, once=it.once), "あなたが担当になりました。"),
    "release": Action(_B, lambda it: service.release(*it.about, once=it.once), "担当を外れました。"),
    "offer": Action(forms.OfferForm, _offer, "引きつぎを頼みました。受けてもらうまで、担当は変わりません。"),
    "accept-offer": Action(_B, _answer(True), "引きつぎを受けました。あなたが担当です。"),
    "decline-offer": Action(_B, _answer(False), "引きつぎを断りました。"),
    "withdraw-offer": Action(
        _B, lambda it: service.withdraw_offer(*it.about, once=it.once), "引きつぎを取り消しました。"
    ),
    "task": Action(forms.TaskForm, _task, "予定を保存しました。"),
    "finish-task": Action(forms.ResultForm, _finish, "予定を終えました。"),
    "conflict": Action(forms.ConflictForm, _conflict, "印を付けました。", leaves=True),
    "lift-conflict": Action(
        _B, lambda it: service.lift_conflict(*it.about, it.target, once=it.once), "印を消しました。"
    ),
    "merge": Action(forms.MergeForm, _merge, "まとめました。それぞれの連絡の届いた時刻は、そのままです。"),
    "unmerge": Action(_B, lambda it: service.unmerge(*it.about, it.target, once=it.once), "分けました。"),
    "close": Action(forms.CloseForm, _close, "終結しました。"),
    "reopen": Action(
        _R,
        lambda it: service.reopen(*it.about, **it.timed, reason=it.form.reason.data or ""),
        "再開しました。時計が動いています。",
    ),
    "hold": Action(_R, _hold(True), "保存を続ける印を付けました。"),
    "release-hold": Action(_R, _hold(False), "保存を続ける印を消しました。"),
    "ask-deletion": Action(
        _R,
        lambda it: service.ask_deletion(*it.about, **it.timed, reason=it.form.reason.data or ""),
        "消すことを頼みました。別の上司が決めるまで、何も消えません。",
    ),
    "refuse-deletion": Action(
        _B, lambda it: service.refuse_deletion(*it.about, once=it.once), "消さないことにしました。"
    ),
    "approve-deletion": Action(
        _B,
        lambda it: service.approve_deletion(*it.about, policy=it.policy, once=it.once),
        "消しました。",
        leaves=True,
    ),
}
