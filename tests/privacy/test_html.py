"""Whatever people type, the page shows text, paragraphs and links, and nothing that acts."""

from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.privacy.html import LONGEST, MOST_LINKS, render

PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt/src=//evil.example>",
    "<<script>script>alert(1)<</script>/script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)><animate onbegin=alert(1)></svg>",
    "<math><mtext></p><img src onerror=alert(1)></mtext></math>",
    "<math><annotation-xml encoding='text/html'><iframe src=javascript:alert(1)></annotation-xml></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<a href='javascript:alert(1)'>押して</a>",
    "<a href='java\tscript:alert(1)'>押して</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>見て</a>",
    "javascript:alert(1)//https://example.com",
    "data:text/html,<script>alert(1)</script>",
    "https://example.com/\"onmouseover='alert(1)",
    "https://example.com/'><script>alert(1)</script>",
    "https://example.com/<svg onload=alert(1)>",
    "//evil.example/a",
    "https:evil.example",
    "https://bank.example@evil.example/",
    "vbscript:msgbox(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;script&#x3e;alert(1)",
    "\u202e<script>\u202calert(1)",
    "＜script＞alert(1)＜/script＞",
    "<scr\x00ipt>alert(1)</script>",
    "<style>*{background:url(//evil.example)}</style>",
    "<base href=//evil.example/><form action=//evil.example><input name=x>",
    "<!--><img src=x onerror=alert(1)>-->",
    "{{ 7*7 }}{% include 'x' %}",
]


class Shape(HTMLParser):
    """Tags, attributes and text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def assert_harmless(html: str) -> None:
    shape = Shape(html)
    assert set(shape.tags) <= {"p", "br", "a"}
    for name, value in shape.attributes:
        assert name in ("href", "rel")
        if name == "href":
            assert value is not None and value.lower().startswith(("https://", "http://"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_are_shown_as_typed_and_do_nothing(payload: str) -> None:
    html = render(payload)
    assert_harmless(html)
    typed = payload.replace("\x00", "").replace("\t", " ").replace("\u202e", "").replace("\u202c", "")
    assert Shape(html).text == typed


def test_paragraphs_and_line_breaks() -> None:
    assert render("一行目\n二行目\n\n　\n次の段落\n") == "<p>一行目<br>二行目</p><p>次の段落</p>"


def test_nothing_gives_nothing() -> None:
    assert render("") == render(" \n\n　\n") == ""


REL = 'rel="nofollow ugc noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "address", "after"),
    [
        ("https://example.jp/a。次", "https://example.jp/a", "。次"),
        ("（https://example.jp/a）と", "https://example.jp/a", "）と"),
        ("「https://example.jp/」", "https://example.jp/", "」"),
        ("https://example.jp/aを見て", "https://example.jp/a", "を見て"),
        ("(https://example.jp/a_(b)).", "https://example.jp/a_(b)", ")."),
        ("https://example.jp:8443/?q=1#x、", "https://example.jp:8443/?q=1#x", "、"),
        ("HTTP://EXAMPLE.JP/A!", "HTTP://EXAMPLE.JP/A", "!"),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(text: str, address: str, after: str) -> None:
    assert f'<a href="{address}" {REL}>{address}</a>{after}</p>' in render(text)


def test_an_ampersand_in_a_link_is_escaped_once() -> None:
    assert 'href="https://example.jp/?a=1&amp;b=2"' in render("https://example.jp/?a=1&b=2")


@pytest.mark.parametrize(
    "text",
    ["http://a", "https://", "https://10.0.0.1/", "https://[::1]/", "https://a@example.jp/", "ftp://example.jp/",
     "example.jp", "https://example.jp:99999/", "xhttps://example.jp/", "https://例え.jp/"],
)  # fmt: skip
def test_what_is_no_full_address_stays_text(text: str) -> None:
    assert "<a" not in render(text)


def test_a_flood_of_links_is_bounded() -> None:
    assert render("https://example.jp/ " * (MOST_LINKS + 50)).count("<a ") == MOST_LINKS
    assert len(Shape(render("あ" * (LONGEST + 5_000))).text) == LONGEST


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [*PAYLOADS, "<", ">", '"', "'", "&", "\n", "\n\n", "https://example.jp/", "「", "あ", "\u2028"]
        )
        | st.text(max_size=8),
        max_size=12,
    ).map("".join)
)
def test_a_second_sanitiser_finds_nothing_to_remove(text: str) -> None:
    html = str(render(text))
    assert_harmless(html)
    again = nh3.clean(html, tags={"p", "br", "a"}, attributes={"a": {"href", "rel"}}, link_rel=None)
    assert Shape(again).tags == Shape(html).tags
    assert Shape(again).attributes == Shape(html).attributes
    assert Shape(again).text == Shape(html).text
