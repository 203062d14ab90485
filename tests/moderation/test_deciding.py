"""A reader opens, decides and gives reasons; the writer reads them, reposts, and may ask a second person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from forum import clock
from forum.accounts.queries import audit_lines
from forum.accounts.types import Role
from forum.board import moderating
from forum.board.types import Found, Visibility
from forum.db import db, writing
from forum.errors import Refused
from forum.moderation import queries, rules
from forum.moderation.types import Action, Reason
from tests.moderation.shift import decides, opens, reader, waiting, written
from tests.pages import Visitor

HELD = {"visibility": Visibility.HELD, "found": Found(3, ("wish",))}
FIXED = "担任の先生がこわいです。"
BODY = "消えたいです。\nだれにも言えません。"


def seen(app: Flask, thread_id: str) -> Visibility:
    with app.app_context():
        found = moderating.subject(thread_id, None).visibility
        db.session.remove()
    return found


def verbs(app: Flask) -> list[str]:
    with app.app_context():
        found = [line.verb for line in audit_lines() if line.verb.startswith("moderation.")]
        db.session.remove()
    return found


def test_a_held_text_is_shown_after_the_line_in_the_record_and_its_first_line_first(app: Flask) -> None:
    written(app, BODY, **HELD)
    (item,) = waiting(app)
    person = reader(app)
    assert "消えたい" not in person.get("/staff/queue").html
    assert "消えたい" not in person.get(f"/staff/queue/{item.id}").html
    assert verbs(app) == []
    page = opens(person, item)
    assert verbs(app) == ["moderation.open"]
    first, rest = page.html.split("<details>", 1)
    assert "消えたいです。" in first and "だれにも言えません" not in first and "だれにも言えません" in rest


def test_only_readers_and_who_leads_them_open_texts(app: Flask) -> None:
    written(app, BODY, **HELD)
    for role in (Role.ADMIN, Role.EDITOR, Role.CITY_OFFICER):
        reader(app, role).get("/staff/queue", status=403)
    assert reader(app, Role.LEAD).get("/staff/queue").status == 200


def test_published_it_is_public_and_the_writer_learns_why(app: Flask) -> None:
    thread, writer = written(app, BODY, **HELD)
    assert "人が読むまで" in writer.get(f"/threads/{thread.id}/held").text
    person = reader(app)
    decides(person, waiting(app)[0], action="publish", reason="fine", message="書いてくれて、ありがとう。")
    assert waiting(app) == () and seen(app, thread.id) is Visibility.PUBLIC
    page = writer.get(f"/threads/{thread.id}/held")
    assert (
        "みんなに見えています" in page.text and "問題はありません" in page.text and "ありがとう" in page.text
    )


def test_a_reason_that_does_not_fit_keeps_what_was_written(app: Flask) -> None:
    written(app, BODY, **HELD)
    page = decides(
        reader(app), waiting(app)[0], status=409, action="publish", reason="hurts", message="ことば"
    )
    assert "わけが合いません" in page.text and len(waiting(app)) == 1


def test_asked_to_change_the_writer_reposts_the_prepared_form_at_once(app: Flask) -> None:
    thread, writer = written(app, "担任の山田先生がこわいです。", visibility=Visibility.HELD)
    decides(
        reader(app), waiting(app)[0], action="ask", reason="names_others", fixed="担任の先生がこわいです。"
    )
    assert seen(app, thread.id) is Visibility.HELD
    stranger = Visitor(app)
    stranger.get(f"/threads/{thread.id}", status=404)
    page = writer.get(f"/threads/{thread.id}/held")
    assert "人が読むまで" not in page.text, "it waits for its writer now"
    assert FIXED in page.text and "ほかの人の名前" in page.text
    writer.click("この形で出す")
    assert "この形で出しました" in writer.submit("body").text
    assert seen(app, thread.id) is Visibility.PUBLIC and waiting(app) == ()
    assert FIXED in stranger.get(f"/threads/{thread.id}").text


def test_changed_once_more_it_is_read_once_more(app: Flask) -> None:
    thread, writer = written(app, "担任の山田先生がこわいです。", visibility=Visibility.HELD)
    decides(
        reader(app), waiting(app)[0], action="ask", reason="names_others", fixed="担任の先生がこわいです。"
    )
    writer.get(f"/threads/{thread.id}/held")
    writer.click("この形で出す")
    writer.submit("body", body="担任の先生が、とてもこわいです。")
    assert seen(app, thread.id) is Visibility.HELD and len(waiting(app)) == 1


def test_an_appeal_goes_to_a_second_person_once(app: Flask) -> None:
    thread, writer = written(app, "園の先生のことを書きました。", found=Found(2, ("limit",)))
    first, second = reader(app, name="一人目"), reader(app, name="二人目")
    decides(first, waiting(app)[0], action="hide", reason="institution")
    writer.get(f"/threads/{thread.id}/held")
    writer.click("もう一人に読んでもらう")
    page = writer.submit("words", words="わるく言うつもりはありません。")
    assert "もう一人が読むのを待っています" in page.text and "もう一人に読んでもらう" not in page.text
    (item,) = waiting(app)
    assert "はじめに判断したのがあなた" in opens(first, item).text
    first.get(f"/staff/queue/{item.id}")
    first.submit("/release")
    assert "つもりはありません" in opens(second, item).text
    second.submit("/decide", action="restore", reason="mistake")
    assert seen(app, thread.id) is Visibility.PUBLIC
    page = writer.get(f"/threads/{thread.id}/held")
    assert "また、みんなに見えています" in page.text and "もう一人に読んでもらう" not in page.text


def test_two_at_the_same_second_and_the_second_sees_what_changed(minato: Flask) -> None:
    written(minato, BODY, **HELD)
    (item,) = waiting(minato)
    slow, quick = reader(minato, name="おそい人"), reader(minato, name="はやい人")
    opens(slow, item)
    assert "おそい人さんが読んでいます" in quick.get(f"/staff/queue/{item.id}").text
    with clock.turned_to(clock.now() + timedelta(minutes=16)):  # the slow one went away without a word
        decides(quick, item, action="hide", reason="method")
        page = slow.submit("/decide", status=409, action="publish", reason="fine", message="書いたことば")
    assert "もう判断ずみです" in page.text and "はやい人：見えなくする" in page.text
    assert "書いたことば" in page.html


def test_what_somebody_changed_meanwhile_is_not_decided_over(minato: Flask) -> None:
    written(minato, "山田さんのことです。", visibility=Visibility.HELD)
    (item,) = waiting(minato)
    slow, quick = reader(minato), reader(minato, name="はやい人")
    opens(slow, item)
    with clock.turned_to(clock.now() + timedelta(minutes=16)):
        decides(quick, item, action="mask", reason="names_others", words="山田さん")
        page = slow.submit("/decide", status=409, action="publish", reason="fine")
    assert "ほかの人が先に変えました" in page.text and "はやい人：一部をかくす" in page.text


def test_a_masked_span_is_gone_everywhere_and_the_text_waits_on(app: Flask) -> None:
    thread, writer = written(app, "山田さんのことです。山田さんは元気です。", visibility=Visibility.HELD)
    person = reader(app)
    page = decides(person, waiting(app)[0], action="mask", reason="names_others", words="山田さん")
    assert len(waiting(app)) == 1 and page.url.startswith("/staff/queue/")
    assert "○○のことです。○○は元気です。" in writer.get(f"/threads/{thread.id}/held").text
    decides(person, waiting(app)[0], action="publish", reason="fine")
    assert seen(app, thread.id) is Visibility.PUBLIC


def test_removing_for_good_takes_two_people(app: Flask) -> None:
    thread, writer = written(app, BODY, **HELD)
    first, second = reader(app), reader(app)
    decides(first, waiting(app)[0], action="remove", reason="method")
    (item,) = waiting(app)
    assert item.proposed is not None and seen(app, thread.id) is Visibility.HELD
    assert "二人目として同意する" not in opens(first, item).html
    first.post(f"/staff/queue/{item.id}/confirm", {"version": item.version}, status=422)
    first.submit("/release")
    opens(second, item)
    second.submit("/confirm")
    assert seen(app, thread.id) is Visibility.WITHDRAWN and waiting(app) == ()
    page = writer.get(f"/threads/{thread.id}/held")
    assert "消えたい" not in page.html and "二人で読み、消しました" in page.text


def test_where_no_letterbox_is_the_referral_says_so(app: Flask) -> None:
    written(app, BODY, **HELD)
    person = reader(app)
    assert "窓口がつながっていません" in opens(person, waiting(app)[0]).text
    page = person.submit("/decide", status=409, action="refer", reason="life")
    assert "この市では渡せません" in page.text


def test_less_than_the_most_urgent_is_never_handed_over(app: Flask) -> None:
    written(app, "もう限界です。", found=Found(2, ("limit",), keep_inside=True))
    person = reader(app)
    assert "だれにも渡さない" in opens(person, waiting(app)[0]).text
    page = person.submit("/decide", status=422, action="refer", reason="fine")
    assert "だれにも渡さない" in page.text and len(waiting(app)) == 1
    for level, reason in ((2, Reason.LIFE), (3, Reason.HURTS)):
        with pytest.raises(Refused):
            rules.check_referral(level, reason)
    rules.check_referral(3, Reason.CHILD_SAFETY)


def test_nobody_reads_more_heavy_texts_than_is_good_for_them(minato: Flask) -> None:
    for number in range(5):
        written(minato, f"もう限界です。{number}", found=Found(2, ("limit",)))
    person = reader(minato, name="がんばる人")
    for number, item in enumerate(waiting(minato)[:3]):
        page = opens(person, item)
        assert ("少し休みませんか" in page.text) == (number >= 1)
    assert "きょうは、ここまで" in opens(person, waiting(minato)[3], status=409).text
    written(minato, BODY, **HELD)
    assert opens(person, waiting(minato)[0]).status == 200  # a life comes first
    lead = reader(minato, Role.LEAD)
    assert "がんばる人" in lead.get("/staff/load").text
    reader(minato).get("/staff/load", status=403)


@pytest.mark.parametrize(
    "order", ["UPDATE moderation_decision SET reason = 'fine'", "DELETE FROM moderation_decision"]
)
def test_the_log_of_decisions_cannot_be_changed(app: Flask, order: str) -> None:
    written(app, BODY, **HELD)
    decides(reader(app), waiting(app)[0], action="hide", reason="method")
    with app.app_context():
        with pytest.raises(DatabaseError), writing():
            db.session.execute(text(order))
        ((_, line),) = queries.log_page()
        assert line.action is Action.HIDE
        db.session.remove()
    assert "見えなくする" in reader(app).get("/staff/decisions").text
