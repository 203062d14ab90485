"""Links: somebody's own corner of the net is hidden, public information stays."""

import pytest

from forum.privacy.masking import mask


@pytest.mark.parametrize(
    "link",
    [
        "https://www.instagram.com/hana.mama/",
        "instagram.example.com/hana",
        "x.com/hana123",
        "https://twitter.com/hana/status/1",
        "ameblo.jp/hanako/entry-1.html",
        "https://hana.hatenablog.com/",
        "https://blog.example.org/hana-sato",
        "https://example.com/blog/hana",
        "https://line.me/ti/p/abcdef",
        "lin.ee/abcdef",
        "https://note.com/hana",
        "https://www.facebook.com/profile.php?id=1",
        "https://example.com/~hana/",
        "https://example.com/@hana",
        "https://example.com/hana_papa",
        "https://www.youtube.com/@hana",
        "https://bit.ly/3abcd",
        "https://docs.google.com/forms/d/e/1/viewform",
        "https://example.net/meibo.pdf",
        "ｈｔｔｐｓ：／／ｘ．ｃｏｍ／ｈａｎａ",
    ],
)
def test_links_to_people_are_hidden_to_their_end_and_no_further(link: str) -> None:
    masked = mask(f"ここです→{link}。見てね")
    assert [(span.kind, span.original, span.forced) for span in masked.spans] == [("url", link, False)]
    assert masked.text == "ここです→（リンク）。見てね"


@pytest.mark.parametrize(
    "link",
    [
        "https://www.city.otsu.lg.jp/soshiki/020/1406/12345.html",
        "https://www.pref.example.jp/kosodate/user/1.pdf",
        "https://www.mhlw.go.jp/stf/0901234567.html",
        "https://www.example.ed.jp/nittei_2.pdf",
        "https://www.youtube.com/watch?v=abcdef",
        "https://www.example.co.jp/kosodate/article/",
        "https://kids.example.com/",
    ],
)
def test_links_to_public_information_stay(link: str) -> None:
    assert mask(f"{link} に書いてありました").spans == ()


def test_a_host_that_only_pretends_to_be_an_office_is_no_office() -> None:
    assert mask("https://www.city.otsu.lg.jp.example.com/blog/hana").spans


def test_a_number_hidden_in_a_link_is_found() -> None:
    masked = mask("https://example.com/tel/090-1234-5678")
    assert [span.kind for span in masked.spans] == ["phone"]
