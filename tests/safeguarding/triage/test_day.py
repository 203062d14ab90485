"""A worker's day at the desk: what is new, opening, answering, and what the record says of it."""

from flask import Flask

from forum.safeguarding.vault import queries
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.replies import open_reply
from tests.pages import Visitor
from tests.safeguarding.desk import sign_in
from tests.safeguarding.triage.conftest import HEARD, ONLY_I, Arrives, verbs


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


def test_another_groups_case_does_not_exist_here(desk_app: Flask, arrives: Arrives) -> None:
    kept, _ = arrives(groups=("school",))
    family = sign_in(Visitor(desk_app), groups=("family",))
    assert kept.case_id not in family.get("/").text
    family.get(f"/cases/{kept.case_id}/reports", status=404)
    school = sign_in(Visitor(desk_app), groups=("school",))
    assert kept.case_id in school.get("/").text


def test_an_auditor_reads_the_record_and_no_case(desk_app: Flask, arrives: Arrives) -> None:
    kept, _ = arrives()
    auditor = sign_in(Visitor(desk_app), role="auditor")
    assert "つながっています" in auditor.get("/record").text
    auditor.get(f"/cases/{kept.case_id}/reports", status=403)
    auditor.get("/phone", status=403)
