"""A worker's day at the desk: what is new, opening, answering, a call, and what the record says of it."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.safeguarding.policy import Policy
from forum.safeguarding.triage.models import PhoneDraftRow
from forum.safeguarding.vault import audit, queries, sealed, store, values, words
from forum.safeguarding.vault.content import Content, Identity, Paragraph, Upload
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import CaseRow, ReportRow
from forum.safeguarding.vault.replies import open_reply
from forum.safeguarding.vault.types import Kept
from tests.pages import Visitor
from tests.safeguarding.conftest import Desk
from tests.safeguarding.desk import sign_in

HEARD = "上の階で、毎晩子どもが泣きさけんでいる"
ONLY_I = "エレベーターで、わたしにだけ話した"
PICTURE = b"\xff\xd8\xff\xe0" + b"0" * 200
Arrives = Callable[..., tuple[Kept, words.ReporterKeys]]


@pytest.fixture
def arrives(desk_app: Flask, policy: Policy, desk: Desk) -> Arrives:
    """Somebody reports; gives what was kept and the keys of their words."""

    def report(once: str = "t1", groups: tuple[str, ...] = ("family",)) -> tuple[Kept, words.ReporterKeys]:
        with desk_app.app_context():
            keys = words.keys_of(words.make_words(), values.get(values.WORDS_SALT))
            content = Content((Paragraph(HEARD, "heard"), Paragraph(ONLY_I, "said", telling=True)), "4階の角")
            who = Identity(name="となりの山本", phone="000-1111-2222")
            file = Upload("a.jpg", "image/jpeg", PICTURE)
            prepared = sealed.prepare(content, who, [file], desk.key, reporter=keys)
            with writing():
                kept = store.put_report(
                    prepared, policy, entrance="neighbour", groups=groups, urgent=False, once=once
                )
            vault_db.session.remove()
        return kept, keys

    return report


def verbs(app: Flask) -> list[str]:
    with app.app_context():
        found = [line.verb for line in reversed(audit.lines(most=100))]
        assert audit.verify().broken_at is None
        vault_db.session.remove()
    return found


@pytest.fixture
def worker(desk_app: Flask) -> Visitor:
    return sign_in(Visitor(desk_app))


def test_nobody_sees_anything_before_signing_in(desk_app: Flask, arrives: Arrives) -> None:
    kept, _ = arrives()
    stranger = Visitor(desk_app)
    for path in ("/", f"/cases/{kept.case_id}/reports", "/phone", "/people", "/record"):
        answer = stranger.client.get(path, base_url="https://localhost")
        assert answer.status_code == 303
        assert "/sign-in" in answer.headers["Location"]


def test_a_new_report_stands_in_the_inbox_without_a_word_of_it(worker: Visitor, arrives: Arrives) -> None:
    kept, _ = arrives()
    page = worker.get("/")
    assert kept.case_id in page.text and "まだ開いていない" in page.text and "あと" in page.text
    assert HEARD not in page.html and "4階" not in page.html
    page = worker.submit("show")
    assert HEARD[:20] in page.text
    assert verbs(worker.app)[-1] == "open_first_line"


def test_opening_stands_in_the_record_and_tells_the_reporter_that_it_was_read(
    worker: Visitor, arrives: Arrives
) -> None:
    kept, keys = arrives()
    page = worker.get(f"/cases/{kept.case_id}/reports")
    assert HEARD not in page.html
    page = worker.submit("ひらく")
    assert HEARD in page.text and ONLY_I in page.text and "4階の角" in page.text
    assert "伝わると、だれが連絡したか分かる" in page.text
    assert "山本" not in page.html and "000-1111-2222" not in page.html
    assert "open_report" in verbs(worker.app)
    with worker.app.app_context():
        view = queries.find_report(keys.lookup)
        assert view is not None and view.read_at is not None
        vault_db.session.remove()


def test_who_reported_opens_only_with_a_reason_and_leaves_its_own_line(
    worker: Visitor, arrives: Arrives
) -> None:
    kept, _ = arrives()
    worker.get(f"/cases/{kept.case_id}/reports")
    worker.submit("ひらく")
    page = worker.submit("reason", status=422, reason="")
    assert "わけを えらんでください" in page.text and "山本" not in page.html
    page = worker.submit("reason", reason="callback")
    assert "となりの山本" in page.text
    assert "open_reporter" in verbs(worker.app)


def test_an_answer_reaches_the_words_and_nobody_else(worker: Visitor, arrives: Arrives) -> None:
    kept, keys = arrives()
    worker.get(f"/cases/{kept.case_id}/reports")
    worker.submit("ひらく")
    page = worker.submit("返事を送る", status=422, text="")
    assert "返事を書いてください" in page.text
    page = worker.submit("返事を送る", text="いちばん最近は、いつごろでしたか。")
    assert "返事を送りました" in page.text and "いつごろ" in page.text
    with worker.app.app_context():
        view = queries.find_report(keys.lookup)
        assert view is not None
        assert open_reply(keys, view.report_id, view.messages[0]) == "いちばん最近は、いつごろでしたか。"
        vault_db.session.remove()


def test_a_photo_is_shown_and_noted(worker: Visitor, arrives: Arrives) -> None:
    kept, _ = arrives()
    worker.get(f"/cases/{kept.case_id}/reports")
    page = worker.submit("ひらく")
    action = page.form("写真・書類").attributes["action"]
    from tests.pages import BASE, OURS, form_fields

    answer = worker.client.post(
        action, base_url=BASE, headers=OURS, data=form_fields(page.form("写真・書類"))
    )
    assert answer.data == PICTURE and answer.mimetype == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "open_file" in verbs(worker.app)


def test_another_groups_case_does_not_exist_here(desk_app: Flask, arrives: Arrives) -> None:
    kept, _ = arrives(groups=("school",))
    family = sign_in(Visitor(desk_app), groups=("family",))
    assert kept.case_id not in family.get("/").text
    family.get(f"/cases/{kept.case_id}/reports", status=404)
    school = sign_in(Visitor(desk_app), groups=("school",))
    assert kept.case_id in school.get("/").text


def test_a_call_is_kept_while_it_is_written_and_becomes_one_report(worker: Visitor, policy: Policy) -> None:
    worker.get("/phone")
    worker.submit("新しく聞きとる")
    page = worker.submit(
        "seen", heard="電話の向こうで泣き声", clue="駅の裏", step="keep", button=("step", "keep")
    )
    assert "ここまで残しました" in page.text
    again = worker.get(page.url)
    assert "電話の向こうで泣き声" in again.html
    assert worker.page is not None
    address = worker.page.url
    page = worker.submit("seen", heard="電話の向こうで泣き声", button=("step", "report"))
    with worker.app.app_context():
        reports = vault_db.session.scalars(select(ReportRow)).all()
        assert [one.entrance for one in reports] == ["telephone"]
        assert vault_db.session.scalar(select(func.count()).select_from(PhoneDraftRow)) == 0
        case = vault_db.session.scalars(select(CaseRow)).one()
        assert case.due_at == policy.due_at(case.clock_started_at, ["family"], urgent=False)
        vault_db.session.remove()
    worker.get(address, status=404)
    page = worker.submit("ひらく") if worker.page and "ひらく" in worker.page.text else page
    assert "enter_report" in verbs(worker.app)


def test_a_call_without_a_word_is_not_a_report_and_nothing_is_lost(worker: Visitor) -> None:
    worker.get("/phone")
    worker.submit("新しく聞きとる")
    page = worker.submit("seen", status=422, clue="駅の裏", button=("step", "report"))
    assert "どれか一つに書いてください" in page.text
    assert "駅の裏" in page.html


def test_somebody_elses_call_does_not_exist(worker: Visitor, desk_app: Flask) -> None:
    worker.get("/phone")
    page = worker.submit("新しく聞きとる")
    other = sign_in(Visitor(desk_app))
    other.get(page.url, status=404)


def test_an_auditor_reads_the_record_and_no_case(desk_app: Flask, arrives: Arrives) -> None:
    kept, _ = arrives()
    auditor = sign_in(Visitor(desk_app), role="auditor")
    assert "つながっています" in auditor.get("/record").text
    auditor.get(f"/cases/{kept.case_id}/reports", status=403)
    auditor.get("/phone", status=403)
