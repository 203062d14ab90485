"""Whoever is worried about a child finds the letterbox above everything else, and so does a child."""

import pytest
from flask import Flask

from config import Door
from forum.ask.leads import CHILD, CONCERN, lead_of, ways
from forum.safety.signs import read_signs
from tests.conftest import make_settings
from tests.pages import Visitor

LED = "市に伝える"


def led(text: str) -> str:
    return lead_of(text, [theme.id for theme in read_signs(text).themes])


@pytest.mark.parametrize(
    "text",
    [
        "隣 子ども 泣き声",
        "となりの部屋から毎晩子どもの泣き声がします",
        "マンション 叫び声 毎晩",
        "泣き声 通報",
        "虐待かもしれない",
        "児童虐待 通報 匿名",
        "児相 電話",
        "近所の子 いつも同じ服",
        "姪 あざ 心配",
        "園の先生 叩く",
        "担任 体罰",
        "ギャクタイ",
    ],
)
def test_a_worry_about_a_child_leads_to_the_letterbox(text: str) -> None:
    assert led(text) == CONCERN


@pytest.mark.parametrize("text", ["おかあさんがたたく", "パパに殴られる", "おうちにかえりたくない"])
def test_a_child_is_led_to_its_own_door(text: str) -> None:
    assert led(text) == CHILD


@pytest.mark.parametrize(
    "text",
    [
        "夜泣き つらい",
        "夜泣き 隣 迷惑",
        "離乳食 食べない",
        "公園 遊具",
        "保育園 入れない",
        "通報",
        "荒らしを通報したい",
        "隣 工事 音 毎晩 怒鳴り声",
        "マンション 騒音",
        "先生 相談",
        "蒙古斑 あざ",
        "",
    ],
)
def test_everyday_worries_do_not(text: str) -> None:
    assert led(text) == ""


def test_a_long_worry_that_only_names_the_word_goes_by_its_signs() -> None:
    text = "保育園の見学で、虐待を防ぐ研修をしていると聞いて安心しました。入園の申込みは、いつまでですか。"
    assert led(text) == ""


def test_a_search_shows_the_letterbox_above_all_results(app: Flask) -> None:
    seeker = Visitor(app)
    seeker.get("/search")
    page = seeker.submit("q", q="隣 子ども 泣き声")
    before = page.html.index(LED)
    assert before < page.html.index("見つかりませんでした") and before < page.html.index("layer-door")
    assert "https://localhost:8001/" in page.links() and "/worried-about-a-child" in page.links()
    assert LED not in seeker.submit("q", q="離乳食 食べない").text


def test_a_half_typed_worry_shows_it_too_and_a_child_its_own_door(app: Flask) -> None:
    page = Visitor(app).post("/ask/typed", {"text": "となりの家から子どもの泣き声がする"})
    assert page.html.index(LED) < page.html.index("layer-experience")
    page = Visitor(app).post("/ask/typed", {"text": "おかあさんがたたく。こわい"})
    assert "https://localhost:8001/child/" in page.links() and LED not in page.text


def test_every_page_leads_children_and_others_from_its_foot(app: Flask) -> None:
    page = Visitor(app).get("/")
    assert page.link("気になる子がいる") == "https://localhost:8001/"
    assert page.link("こどもの ひとへ") == "https://localhost:8001/child/"


def test_the_page_with_the_plain_words_can_be_found_and_has_a_quiet_title(app: Flask) -> None:
    page = Visitor(app).get("/worried-about-a-child")
    assert page.title.startswith("気になる子がいるとき") and "虐待かもしれない" in page.heading
    assert "noindex" not in page.html and page.response.headers["Cache-Control"] == "public, no-cache"
    for words in ("まちがいだったら", "できない約束", "責めるために行くのではありません"):
        assert words in page.text
    assert {"tel:110", "tel:119", "tel:189"} <= set(page.links())


def test_the_doors_that_it_names_are_there(app: Flask, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The forum knows addresses of the letterbox, not its program; so somebody has to compare."""
    from forum.safeguarding.intake import create_intake_app

    intake = create_intake_app(make_settings(tmp_path_factory.mktemp("lead"), Door.INTAKE))
    named = ways("https://localhost:8001")
    assert named is not None
    for address in vars(named).values():
        path = address.removeprefix("https://localhost:8001")
        assert intake.url_map.bind("localhost").match(path, method="GET")
    linked = set(Visitor(app).get("/worried-about-a-child").links())
    assert set(vars(named).values()) <= linked


def test_a_city_without_a_letterbox_shows_its_telephones_and_no_dead_link(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from forum.web import caching

    without = make_settings(app.extensions["settings"].instance, letterbox_url="")
    monkeypatch.setitem(app.extensions, "settings", without)
    monkeypatch.setitem(app.extensions, "page_store", caching.PageStore())
    page = Visitor(app).get("/worried-about-a-child")
    assert "tel:189" in page.links() and LED not in page.text and "ポスター" not in page.text
    Visitor(app).get("/worried-about-a-child/schools-poster.pdf", 404)
    assert ways("") is None
