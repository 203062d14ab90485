"""Invented cases for whoever learns the desk: one in each state that a worker meets. Demonstrations only.

They go through the same services as real ones, with a clock turned back; each is marked as training by
the key it is sealed to.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count

from sqlalchemy import select

from forum import clock
from forum.safeguarding.cases import queries, reading, service
from forum.safeguarding.cases.types import Actor, Decision
from forum.safeguarding.policy import FAMILY, Policy
from forum.safeguarding.vault import sealed, store, values, words
from forum.safeguarding.vault.content import Content, Identity, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow
from forum.safeguarding.vault.opening import KeyRing
from forum.sealing.envelope import DeskKey

NOTE = "（練習用の、作りものの事例です）"


class TrainingSet:
    """Fills an empty vault; `worker` and `leader` are training people, `ring` the training key."""

    def __init__(self, policy: Policy, desk: DeskKey, ring: KeyRing, worker: Actor, leader: Actor) -> None:
        self.policy, self.desk, self.ring = policy, desk, ring
        self.worker, self.leader = worker, leader
        self.tickets = count(1)
        self.now = clock.now()

    def fill(self) -> int:
        """Make all cases, once; returns how many."""
        if vault_db.session.scalar(select(CaseRow.id).limit(1)) is not None:
            return 0
        steps = (
            self.just_in, self.due_soon, self.escalated, self.waiting, self.two_voices,
            self.handed_over, self.closed, self.reopened,
        )  # fmt: skip
        for step in steps:
            step()
        return len(vault_db.session.scalars(select(CaseRow.id)).all())

    @contextmanager
    def ago(self, **span: float) -> Iterator[None]:
        """So long before now."""
        with clock.turned_to(self.now - timedelta(**span)):
            yield

    def _once(self) -> str:
        return f"training-{next(self.tickets)}"

    def arrives(
        self,
        text: str,
        clue: str = "",
        *,
        entrance: str = "neighbour",
        urgent: bool = False,
        read: bool = True,
    ) -> tuple[str, str, bytes]:
        """A report comes in; the ids of its case and its own, and the key for answers."""
        keys = words.keys_of(words.make_words(), values.get(values.WORDS_SALT))
        content = Content(
            (Paragraph(text, "heard"), Paragraph(NOTE, "told")), clue, answers={"child_age": "5歳くらい"}
        )
        prepared = sealed.prepare(content, Identity(relation="近所（練習）"), (), self.desk, reporter=keys)
        with writing():
            kept = store.put_report(
                prepared, self.policy, entrance=entrance, groups=(FAMILY,), urgent=urgent, once=self._once()
            )
            if read:
                store.mark_read(kept.report_id)
        return kept.case_id, kept.report_id, keys.public

    def do(self, name: str, case_id: str, actor: Actor, **told: object) -> None:
        """One change of a case, as a form would send it."""
        version = queries.case(case_id).version
        with writing():
            getattr(service, name)(case_id, version, actor, once=self._once(), **told)

    def seen(self, case_id: str, name: str) -> None:
        """The one child of a case is known, was seen in person, and the clock ends."""
        child = {"name": name, "kana": "", "birth": "", "note": NOTE}
        self.do("add_child", case_id, self.worker, desk=self.desk, policy=self.policy, words=child)
        ids = [one.id for one in reading.children(case_id, self.ring)]
        self.do(
            "sighting", case_id, self.worker, desk=self.desk, kind="in_person", seen_at=clock.now(),
            child_ids=ids, who=self.worker.name, where="保育所", how="けがはなく、よく話した", all_known=True,
        )  # fmt: skip

    def just_in(self) -> None:
        with self.ago(minutes=12):
            self.arrives(
                "上の階から、夜になると子どもの泣きさけぶ声がします。", "みなとハイツの4階", read=False
            )

    def due_soon(self) -> None:
        with self.ago(hours=45):
            case_id, _, _ = self.arrives(
                "夕方、小さい子が一人で公園にいます。迎えが来ません。", "ふなつき公園"
            )
        with self.ago(hours=44):
            self.do("take", case_id, self.worker)

    def escalated(self) -> None:
        with self.ago(hours=51):
            self.arrives("玄関の外に出されて、はだしで泣いていました。", "みなとハイツの前", read=False)

    def waiting(self) -> None:
        with self.ago(hours=20):
            case_id, report_id, key = self.arrives("どなり声と、物がこわれる音がします。", "二階建ての角の家")
            self.do("take", case_id, self.worker)
        with self.ago(hours=18):
            text = "いちばん最近は、いつごろでしたか。分からなければ、そのままで大丈夫です。"
            prepared = sealed.prepare_message_out(text, report_id, key, self.desk, self._once())
            with writing():
                store.add_message_out(report_id, prepared, self.worker.id)

    def two_voices(self) -> None:
        with self.ago(hours=30):
            self.arrives("403号室から、毎晩9時ごろ どなり声と泣き声。", "なぎさ荘 403", read=False)
        with self.ago(hours=6):
            self.arrives(
                "なぎさ荘の403号室で、子どもが「ごめんなさい」と泣いています。", "なぎさ荘", read=False
            )

    def handed_over(self) -> None:
        with self.ago(hours=26):
            case_id, _, _ = self.arrives("やせていて、いつもおなかをすかせています。", "三丁目の集合住宅")
            self.do("take", case_id, self.worker)
        with self.ago(hours=3):
            self.do(
                "offer", case_id, self.worker, desk=self.desk, to_id=self.leader.id, text="あすから休みのため"
            )

    def closed(self) -> None:
        with self.ago(days=40):
            case_id, _, _ = self.arrives("赤ちゃんの泣き声が長く続きます。", "駅前の集合住宅")
        with self.ago(days=39):
            self.seen(case_id, "みなと はる")
        with self.ago(days=30):
            self._close(case_id)

    def reopened(self) -> None:
        with self.ago(days=60):
            case_id, _, _ = self.arrives("腕にあざがありました。", "うみかぜ公園の近く")
        with self.ago(days=59):
            self.seen(case_id, "みなと そら")
        with self.ago(days=50):
            self._close(case_id)
        with self.ago(hours=10):
            self.do(
                "reopen",
                case_id,
                self.leader,
                desk=self.desk,
                policy=self.policy,
                reason="園を続けて休んでいる",
            )

    def _close(self, case_id: str) -> None:
        decision = Decision("supervisor", str(self.leader.id))
        self.do(
            "close", case_id, self.leader, desk=self.desk, decision=decision, outcome="supported",
            reason="支援につながり、ようすが落ち着いた",
        )  # fmt: skip
