"""A report at the desk: what it says, what came with it, who opened it, and what is answered."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum import clock
from forum.safeguarding.triage.answers import LONGEST
from forum.safeguarding.vault import queries, sealed, store
from forum.safeguarding.vault.content import Content, Paragraph
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.models import MessageRow
from tests.pages import BASE, OURS, Visitor, form_fields
from tests.safeguarding.conftest import Desk
from tests.safeguarding.desk import sign_in
from tests.safeguarding.triage.conftest import DOCUMENT, HEARD, ONLY_I, PICTURE, Arrives, verbs


def opened(visitor: Visitor, case_id: str) -> None:
    visitor.get(f"/cases/{case_id}/reports")
    visitor.submit("ひらく")


def answers_sent(app: Flask) -> int:
    with app.app_context():
        count = vault_db.session.scalar(
            select(func.count()).select_from(MessageRow).where(MessageRow.direction == "out")
        )
        vault_db.session.remove()
    return count or 0


def test_what_was_heard_said_and_supposed_stand_apart(worker: Visitor, arrives: Arrives) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    assert worker.page is not None
    pieces = [e for e in worker.page.root.walk() if "desk-said" in e.attributes.get("class", "")]
    texts = [piece.text() for piece in pieces]
    assert HEARD in texts[0] and "声や音を聞いた" in texts[0] and "だれが連絡したか分かる" not in texts[0]
    assert ONLY_I in texts[1] and "だれかが言った" in texts[1] and "だれが連絡したか分かる" in texts[1]


def test_everybody_who_opened_it_stands_beside_it(desk_app: Flask, arrives: Arrives) -> None:
    kept, _ = arrives()
    anne, ben = sign_in(Visitor(desk_app), name="安西"), sign_in(Visitor(desk_app), name="別府")
    assert "開いた人" not in anne.get(f"/cases/{kept.case_id}/reports").text
    anne.submit("ひらく")
    page = ben.get(f"/cases/{kept.case_id}/reports")
    assert "開いた人：安西" in page.text and "別府（" not in page.text
    assert "別府（" in ben.submit("ひらく").text


def test_nothing_is_shown_when_the_record_cannot_be_written(
    worker: Visitor, arrives: Arrives, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, _ = arrives()
    worker.get(f"/cases/{kept.case_id}/reports")

    def full(*_args: object, **_more: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("forum.safeguarding.triage.report_views.audit.record", full)
    with pytest.raises(OSError, match="no space"):
        worker.submit("ひらく")
    with worker.app.app_context():
        report = queries.sealed_report(kept.report_id)
        assert report is not None and report.read_at is None
        vault_db.session.remove()


def test_the_same_house_is_suggested_beside_a_new_report_with_its_reasons(
    worker: Visitor, arrives: Arrives
) -> None:
    first, _ = arrives("a", told="403号室から、毎晩 どなり声と泣き声", clue="なぎさ荘 403")
    second, _ = arrives("b", told="なぎさ荘の403号室で、子どもが泣いています", clue="なぎさ荘")
    opened(worker, second.case_id)
    assert worker.page is not None
    assert "同じ家のことかもしれない連絡" in worker.page.text and first.case_id in worker.page.text
    assert "同じ部屋" in worker.page.text
    assert "same_house" in verbs(worker.app)


def send_file(visitor: Visitor, **more: str) -> tuple[int, bytes, dict[str, str]]:
    assert visitor.page is not None
    form = visitor.page.form("写真・書類")
    answer = visitor.client.post(
        form.attributes["action"], base_url=BASE, headers=OURS, data={**form_fields(form), **more}
    )
    return answer.status_code, answer.data, dict(answer.headers)


def test_a_photo_is_shown_and_nothing_keeps_it(worker: Visitor, arrives: Arrives) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    status, data, headers = send_file(worker)
    assert (status, data) == (200, PICTURE.data)
    assert headers["Content-Type"] == "image/jpeg" and headers["Cache-Control"] == "no-store"
    assert headers["Content-Disposition"].startswith("inline")
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "open_file" in verbs(worker.app)


def test_a_document_is_handed_out_only_after_a_warning_and_never_shown(
    worker: Visitor, arrives: Arrives
) -> None:
    kept, _ = arrives(file=DOCUMENT)
    opened(worker, kept.case_id)
    assert worker.page is not None
    action = worker.page.form("写真・書類").attributes["action"]
    page = worker.submit("写真・書類")
    assert "PDFの書類（3 KB）" in page.text and "機械に悪さをする" in page.text
    assert page.form("それでも受け取る").attributes["action"] == action
    answer = worker.client.post(
        action, base_url=BASE, headers=OURS, data=form_fields(page.form("それでも受け取る"))
    )
    assert answer.data == DOCUMENT.data and answer.mimetype == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename=file.pdf"
    assert verbs(worker.app).count("open_file") == 2


def test_a_file_that_is_not_there_is_not_found(worker: Visitor, arrives: Arrives) -> None:
    kept, _ = arrives()
    worker.post(f"/reports/{kept.report_id}/files/7", {}, status=404)
    worker.post(f"/reports/{kept.report_id}/messages/nothing/files/0", {}, status=404)
    assert "open_file" not in verbs(worker.app)


def test_an_answer_that_tells_too_much_goes_only_after_a_second_thought(
    worker: Visitor, arrives: Arrives
) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    text = "きのう訪問しました。お子さんに会えました。"
    page = worker.submit("返事を送る", status=422, text=text)
    assert "まだ送っていません" in page.text and "会えました" in page.text and "結果が分かって" in page.text
    assert page.form("返事を送る").all("textarea")[0].text().strip() == text
    assert answers_sent(worker.app) == 0
    page = worker.submit("返事を送る", text="教えてくださり、ありがとうございます。")
    assert "返事を送りました" in page.text and answers_sent(worker.app) == 1


def test_whoever_read_it_again_may_send_it_all_the_same(worker: Visitor, arrives: Arrives) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    worker.submit("返事を送る", status=422, text="警察と話してもよいですか。")
    worker.submit("返事を送る", sure="y")
    assert answers_sent(worker.app) == 1


def test_a_template_goes_into_the_box_and_not_to_the_reporter(worker: Visitor, arrives: Arrives) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    page = worker.submit("返事を送る", text="こんにちは。", button=("fill", "where"))
    box = page.form("返事を送る").all("textarea")[0].text()
    assert "こんにちは。" in box and "場所の手がかり" in box
    assert answers_sent(worker.app) == 0
    worker.submit("返事を送る")
    assert answers_sent(worker.app) == 1


def test_the_same_press_twice_sends_one_answer(worker: Visitor, arrives: Arrives) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    before = worker.page
    worker.submit("返事を送る", text="いつごろでしたか。")
    worker.page = before
    worker.submit("返事を送る", text="いつごろでしたか。")
    assert answers_sent(worker.app) == 1


def test_of_two_who_answer_in_the_same_second_the_second_reads_the_first_before(
    desk_app: Flask, arrives: Arrives
) -> None:
    kept, _ = arrives()
    anne, ben = sign_in(Visitor(desk_app), name="安西"), sign_in(Visitor(desk_app), name="別府")
    opened(anne, kept.case_id)
    opened(ben, kept.case_id)
    anne.submit("返事を送る", text="いつごろでしたか。")
    page = ben.submit("返事を送る", status=409, text="何曜日が多いですか。")
    assert "まだ送っていません" in page.text and "いつごろでしたか" in page.text
    assert "何曜日が多いですか。" in page.form("返事を送る").all("textarea")[0].text()
    assert answers_sent(desk_app) == 1
    assert "返事を送りました" in ben.submit("返事を送る").text
    assert answers_sent(desk_app) == 2


def test_what_a_reporter_adds_meanwhile_is_read_before_the_answer_goes(
    worker: Visitor, arrives: Arrives, desk: Desk
) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    with worker.app.app_context():
        more = Content((Paragraph("いま、また聞こえました", "heard"),))
        with writing():
            store.add_message_in(kept.report_id, sealed.prepare_message_in(more, (), desk.key, "m1"))
        vault_db.session.remove()
    page = worker.submit("返事を送る", status=409, text="何曜日が多いですか。")
    assert "いま、また聞こえました" in page.text and answers_sent(worker.app) == 0


@pytest.mark.parametrize("text", ["", "  \u200b　 ", "あ" * (LONGEST + 1)])
def test_an_empty_or_endless_answer_comes_back_as_it_was_typed(
    worker: Visitor, arrives: Arrives, text: str
) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    worker.submit("返事を送る", status=422, text=text)
    assert answers_sent(worker.app) == 0


def test_markup_in_an_answer_stays_text(worker: Visitor, arrives: Arrives) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    page = worker.submit("返事を送る", text="<b>いつ</b>ですか")
    assert "<b>いつ" not in page.html and "<b>いつ</b>" in page.text


def test_what_a_reporter_adds_is_marked_in_the_inbox_until_it_was_read(
    worker: Visitor, arrives: Arrives, desk: Desk
) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    with worker.app.app_context():
        added = Content((Paragraph("きのうは、とても静かでした", "heard"),))
        prepared = sealed.prepare_message_in(added, (), desk.key, "m1")
        with writing():
            store.add_message_in(kept.report_id, prepared)
        vault_db.session.remove()
    page = worker.get("/?show=wrote")
    assert kept.case_id in page.text and "書き足し" in page.text and "静か" not in page.html
    opened(worker, kept.case_id)
    assert worker.page is not None and "きのうは、とても静かでした" in worker.page.text
    assert kept.case_id not in worker.get("/?show=wrote").text


def test_who_reported_wants_a_fresh_code_after_a_while(worker: Visitor, arrives: Arrives) -> None:
    kept, _ = arrives()
    opened(worker, kept.case_id)
    with clock.turned_to(clock.now() + timedelta(minutes=11)):
        page = worker.submit("reason", reason="callback")
        assert "山本" not in page.html and page.url.startswith("/step-up")
    assert "open_reporter" not in verbs(worker.app)
