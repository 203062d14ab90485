"""A neighbour at night: one line, then nothing more for days, then the answer that was waiting."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from forum import clock
from forum.safeguarding.vault import opening, queries, sealed, store
from forum.safeguarding.vault.content import Content
from forum.safeguarding.vault.db import vault_db, writing
from forum.safeguarding.vault.marks import marked
from forum.safeguarding.vault.models import ReportRow
from forum.safeguarding.vault.types import SealedReport
from tests.conftest import MINATO
from tests.pages import Visitor
from tests.safeguarding.conftest import DESK, build_doors, furnish

NIGHT = datetime(2026, 11, 20, 14, 30, tzinfo=UTC)  # half past eleven on a Friday night in Japan


@pytest.fixture(scope="module", params=["otsu", str(MINATO)])
def letterbox(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return build_doors(tmp_path_factory.mktemp("letterbox"), city=request.param)[0]


@pytest.fixture
def empty_letterbox(letterbox: Flask) -> Iterator[Flask]:
    furnish(letterbox)
    letterbox.extensions["counters"].clear()
    yield letterbox


def words_on(person: Visitor) -> list[str]:
    assert person.page is not None
    return [item.text() for item in person.page.root.all("ol", class_="words")[0].all("li")]


def report_in(app: Flask) -> SealedReport:
    with app.app_context():
        found = queries.sealed_report(vault_db.session.query(ReportRow.public_id).one()[0])
    assert found is not None
    return found


def the_desk_reads_and_asks(app: Flask, report: SealedReport, question: str) -> None:
    with app.app_context():
        key = queries.reporter_key(report.id)
        assert key is not None
        prepared = sealed.prepare_message_out(question, report.id, key, DESK.key, "first-question")
        with writing():
            store.mark_read(report.id)
            store.add_message_out(report.id, prepared, 1)


def told_later(app: Flask, report: SealedReport) -> list[Content]:
    with app.app_context():
        messages = [one for one in queries.messages_of(report.id) if one.direction == "in"]
    opened = [opening.open_message(DESK.ring, one) for one in messages]
    return [one for one in opened if not isinstance(one, str)]


def test_a_neighbour_at_night_sends_one_line_and_comes_back_twice(empty_letterbox: Flask) -> None:
    app = empty_letterbox
    with clock.turned_to(NIGHT):
        at_night = Visitor(app)
        first = at_night.get("/")
        assert "110" in first.text and "189" in first.text and "次に人が読むのは、" in first.text
        arrived = at_night.submit(
            "text",
            text="上の階から「ごめんなさい」と泣く声が毎晩する。\n\nさっき階段で、その子と目が合った。",
            clue="3階の角",
        )
        assert arrived.heading == "届きました" and "次に人が読むのは、" in arrived.text
        words = words_on(at_night)
        at_night.submit("words", button=("step", "typed"), words="　".join(words))
        at_night.submit(
            "kind-0", how_often="daily", **{"kind-0": "heard", "kind-1": "seen", "telling-1": "1"}
        )
        assert set(at_night.cookies()) == {"i"}

    report = report_in(app)
    joined = marked(opening.open_report(DESK.ring, report), told_later(app, report))
    assert [(one.kind, one.telling) for one in joined.paragraphs] == [("heard", False), ("seen", True)]
    the_desk_reads_and_asks(app, report, "声がするのは、何時ごろですか。")

    with clock.turned_to(NIGHT + timedelta(days=3)):
        on_the_train = Visitor(app)
        on_the_train.get("/")
        on_the_train.click("合言葉で 続きを見る")
        page = on_the_train.submit("words", words=" ".join(words))
        assert "何時ごろですか" in page.text and "職員が読みました" in page.text
        assert "泣く声" not in page.html, "the letterbox cannot read what it took"
        on_the_train.submit("質問への答え", text="夜の11時ごろです。")
        slip = on_the_train.submit("precision").root.all("textarea")[0].text().strip()

    with clock.turned_to(NIGHT + timedelta(days=30)):
        at_home = Visitor(app)
        at_home.get("/back")
        page = at_home.submit("words", words="\n".join(words))
        (now,) = page.root.all("li", aria_current="step")
        assert "市の手順で確かめています" in now.text() and "お知らせできないことがあります" in page.text
        at_home.get("/verify")
        assert "本物です" in at_home.submit("slip", slip=slip).text
    assert told_later(app, report)[-1].text() == "夜の11時ごろです。"


def test_somebody_who_lost_the_words_writes_again(empty_letterbox: Flask) -> None:
    person = Visitor(empty_letterbox)
    person.get("/back")
    page = person.submit("words", status=422, words="さくら やま かわ")
    assert "合言葉をなくしたとき" in page.text and "送ったものは届いていて" in page.text
    person.click("新しく書く")
    assert person.submit("text", text="前にも送りました。").heading == "届きました"


def test_a_parent_who_was_visited_finds_what_happens_and_help(empty_letterbox: Flask) -> None:
    parent = Visitor(empty_letterbox)
    parent.get("/")
    page = parent.click("連絡があったと聞いた 保護者の方へ")
    assert "聞いてよいこと" in page.text
    page = parent.click("自分の子育てが つらい")
    assert "話せる人" in page.text
    assert parent.submit("text", text="眠れていません。手伝ってほしいです。").heading == "届きました"
