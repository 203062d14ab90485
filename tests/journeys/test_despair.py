"""A parent writes what she tells nobody. Help comes first, nothing is typed twice, and nobody accuses her."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from werkzeug.serving import make_server

from forum import clock
from tests.journeys.waiting import arrived, everything_stored, waiting_text, with_letterbox
from tests.pages import Page, Visitor
from tests.safeguarding.conftest import build_doors, furnish

TWO_AT_NIGHT = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)  # two o'clock on a Saturday morning in Japan
ADDRESS = "におの浜9丁目9-9"
DESPAIR = f"もう消えたいです。この子を置いて。{ADDRESS}の203、090-1234-0000です。"
MILD = "夜泣きが続いて、とても疲れています。少し休みたいです。"
NEVER = ("通報", "虐待", "通告", "%", "％", "危険度")


@pytest.fixture(scope="module")
def _letterbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    intake, _ = build_doors(tmp_path_factory.mktemp("despair"))
    server = make_server("127.0.0.1", 0, intake, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield intake, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def letterbox(_letterbox: tuple[Flask, str], app: Flask) -> Iterator[Flask]:
    """The real intake, empty; the forum knows where it is."""
    furnish(_letterbox[0])
    with with_letterbox(app, _letterbox[1]):
        yield _letterbox[0]


def writes(person: Visitor, text: str, **more: object) -> Page:
    person.get("/ask")
    return person.submit("text", text=text, **more)


def help_is_first(page: Page) -> None:
    """Thanks, who comes at once, one door that answers now; the text comes after all of them."""
    assert "public" not in page.response.headers["Cache-Control"]
    assert "この形で投稿する" not in page.text, "never a privacy preview"
    where = [page.text.index(words) for words in ("ありがとう", "すぐに助けは来ません", "119", "110")]
    assert where == sorted(where)
    first = page.root.all("div", class_="open")[0]
    assert first.all("a"), "a number to press"
    assert page.html.index("door open") < page.html.index("あなたの文のこと")
    assert not [word for word in NEVER if word in page.text], page.text


def test_a_post_that_holds_her_address_goes_to_the_city_whole_with_one_button(
    app: Flask, parent: Visitor, letterbox: Flask
) -> None:
    with clock.turned_to(TWO_AT_NIGHT):
        page = writes(parent, DESPAIR)
        help_is_first(page)
        assert "人が読むまで、ほかの人には見えません" in page.text and "責めるためではありません" in page.text
        assert "いまは、人が読んでいる時間" not in page.text and "次に人が読むのは" in page.text
        kept = waiting_text(app, page)
        assert kept.visibility == "held" and kept.found.level == 3
        assert ADDRESS not in everything_stored(app) and "1234-0000" not in everything_stored(app)
        done = parent.submit("whole", button=("whole", "1"))
    assert done.heading == "市の担当に渡しました" and "0000" not in done.url
    assert arrived(app, letterbox) == [(DESPAIR, True, False)]
    assert "消えたい" not in everything_stored(app), "moved, not copied"


def test_she_may_hand_it_over_without_her_address(app: Flask, parent: Visitor, letterbox: Flask) -> None:
    writes(parent, DESPAIR)
    parent.submit("whole", button=("whole", "0"))
    ((told, urgent, _),) = arrived(app, letterbox)
    assert "消えたい" in told and urgent
    assert ADDRESS not in told and "1234-0000" not in told


def test_two_taps_hand_it_over_once(app: Flask, parent: Visitor, letterbox: Flask) -> None:
    page = writes(parent, DESPAIR)
    parent.submit("whole", button=("whole", "1"))
    parent.page = page
    assert parent.submit("whole", button=("whole", "1")).heading == "市の担当に渡しました"
    assert len(arrived(app, letterbox)) == 1


def test_at_two_in_the_morning_somebody_answers_and_she_may_keep_it_to_herself(
    app: Flask, parent: Visitor
) -> None:
    with clock.turned_to(TWO_AT_NIGHT):
        page = writes(parent, "もう消えたい。だれにも言えない。")
        help_is_first(page)
        assert "市の担当に渡す" not in page.text, "this city has no letterbox: doors only"
        page = parent.submit("/held/keep")
    assert "広場から消しました" in page.heading and "だれにも言えない" in page.html
    assert (
        "no-store" in page.response.headers["Cache-Control"]
        or "private" in (page.response.headers["Cache-Control"])
    )
    stored = everything_stored(app)
    assert "だれにも言えない" not in stored and "消えたい" not in stored


def test_edited_it_goes_out_at_once(app: Flask, visitor: Callable[[], Visitor]) -> None:
    parent, stranger = visitor(), visitor()
    page = writes(parent, "もう消えたい。夜泣きが続いています。")
    thread_id = waiting_text(app, page).thread_id
    stranger.get(f"/threads/{thread_id}", 404)
    parent.click("書きなおして出す")
    after = parent.submit("text", text=MILD)
    assert after.url == f"/threads/{thread_id}" and MILD in after.text
    assert MILD in stranger.get(f"/threads/{thread_id}").text


def test_a_public_post_rewritten_into_a_cry_waits_too(app: Flask, visitor: Callable[[], Visitor]) -> None:
    parent, stranger = visitor(), visitor()
    thread_id = writes(parent, MILD).url.split("/threads/")[1].split("?")[0]
    parent.get(f"/threads/{thread_id}/edit")
    page = parent.submit("text", text="もう消えたいです。")
    help_is_first(page)
    stranger.get(f"/threads/{thread_id}", 404)
    assert "消えたい" in parent.click("いつでもここで読めます").text


def test_a_reply_in_despair_meets_the_same_help(app: Flask, visitor: Callable[[], Visitor]) -> None:
    asker, parent, stranger = visitor(), visitor(), visitor()
    thread_id = writes(asker, MILD).url.split("/threads/")[1].split("?")[0]
    parent.get(f"/threads/{thread_id}/reply")
    page = parent.submit("body", body="わたしは、もう消えたいです。")
    help_is_first(page)
    assert "消えたい" not in stranger.get(f"/threads/{thread_id}").text
    assert waiting_text(app, page).post_id
    assert "広場から消しました" in parent.submit("/held/keep").heading
    assert "消えたい" not in everything_stored(app)


def test_help_comes_also_when_nothing_can_be_stored(app: Flask, visitor: Callable[[], Visitor]) -> None:
    parent = visitor()
    for _ in range(20):
        page = writes(parent, "もう消えたいです。")
        if "しまわれていません" in page.text:
            break
    help_is_first(page)
    assert "もう消えたいです" in page.root.all("textarea")[0].text()
