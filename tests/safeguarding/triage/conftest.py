"""Reports that arrived, and people at the desk, for the stories of its pages."""

from collections.abc import Callable

import pytest
from flask import Flask

from forum.safeguarding.policy import Policy
from forum.safeguarding.vault import audit, sealed, store, values, words
from forum.safeguarding.vault.content import Content, Identity, Paragraph, Upload
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.types import Kept
from tests.pages import Visitor
from tests.safeguarding.conftest import Desk
from tests.safeguarding.desk import sign_in

HEARD = "上の階で、毎晩子どもが泣きさけんでいる"
ONLY_I = "エレベーターで、わたしにだけ話した"
PICTURE = Upload("a.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + b"0" * 200)
DOCUMENT = Upload("a.pdf", "application/pdf", b"%PDF-1.7 " + b"0" * 3000)
Arrives = Callable[..., tuple[Kept, words.ReporterKeys]]


@pytest.fixture
def arrives(desk_app: Flask, policy: Policy, desk: Desk) -> Arrives:
    """Somebody reports; gives what was kept and the keys of their words."""

    def report(
        once: str = "t1",
        groups: tuple[str, ...] = ("family",),
        urgent: bool = False,
        told: str = HEARD,
        clue: str = "4階の角",
        file: Upload = PICTURE,
    ) -> tuple[Kept, words.ReporterKeys]:
        with desk_app.app_context():
            keys = words.keys_of(words.make_words(), values.get(values.WORDS_SALT))
            content = Content((Paragraph(told, "heard"), Paragraph(ONLY_I, "said", telling=True)), clue)
            who = Identity(name="となりの山本", phone="000-1111-2222")
            prepared = sealed.prepare(content, who, [file], desk.key, reporter=keys)
            with writing():
                kept = store.put_report(
                    prepared, policy, entrance="neighbour", groups=groups, urgent=urgent, once=once
                )
            vault_db.session.remove()
        return kept, keys

    return report


def verbs(app: Flask) -> list[str]:
    """What the record says, the oldest first; the chain is whole."""
    with app.app_context():
        found = [line.verb for line in reversed(audit.lines(most=200))]
        assert audit.verify().broken_at is None
        vault_db.session.remove()
    return found


@pytest.fixture
def worker(desk_app: Flask) -> Visitor:
    return sign_in(Visitor(desk_app))
