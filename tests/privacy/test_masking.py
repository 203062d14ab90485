"""What a parent writes without thinking of strangers is hidden before it becomes public."""

import pytest

from forum.privacy.masking import FORCED, mask


def hidden(text: str) -> list[tuple[str, str]]:
    return [(span.kind, span.original) for span in mask(text).spans]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("携帯は090-1234-5678です", "090-1234-5678"),
        ("携帯は０９０ー１２３４ー５６７８です", "０９０ー１２３４ー５６７８"),
        ("０８０　１２３４　５６７８まで", "０８０　１２３４　５６７８"),
        ("07012345678に", "07012345678"),
        ("090(1234)5678へ", "090(1234)5678"),
        ("(090)1234-5678へ", "(090)1234-5678"),
        ("090—1234—5678", "090—1234—5678"),
        ("090.1234.5678", "090.1234.5678"),
        ("090の1234の5678です", "090の1234の5678"),
        ("090★1234★5678", "090★1234★5678"),
        ("0 9 0 1 2 3 4 5 6 7 8", "0 9 0 1 2 3 4 5 6 7 8"),
        ("090-\n1234-5678", "090-\n1234-5678"),
        ("+81 90-1234-5678", "+81 90-1234-5678"),
        (
            "ゼロキュウゼロのイチニサンヨンのゴロクナナハチにかけて",
            "ゼロキュウゼロのイチニサンヨンのゴロクナナハチ",
        ),
        ("ｾﾞﾛｷｭｳｾﾞﾛ1234 5678", "ｾﾞﾛｷｭｳｾﾞﾛ1234 5678"),
        ("れいはちれいいちいちいちいちににににに電話を", "れいはちれいいちいちいちいちにににに"),
        ("〇九〇ー一二三四ー五六七八", "〇九〇ー一二三四ー五六七八"),
        ("家の電話は077-123-4567", "077-123-4567"),
        ("0771234567まで", "0771234567"),
        ("電話 123-4567 にお願いします", "123-4567"),
        ("０９０\u200b１２３４\u200b５６７８", "０９０\u200b１２３４\u200b５６７８"),
    ],
)
def test_telephone_numbers_however_they_are_typed(text: str, number: str) -> None:
    assert hidden(text) == [("phone", number)]


def test_numbers_of_services_stay_readable() -> None:
    text = "まず#8000か189、119へ。市の窓口は０７７－１２３－４５６７、わたしは077-123-9999です"
    masked = mask(text, frozenset({"077-123-4567"}))
    assert [span.original for span in masked.spans] == ["077-123-9999"]
    assert "０７７－１２３－４５６７" in masked.text


def test_a_local_number_of_the_pack_stays_too() -> None:
    assert hidden("電話は123-4567") == [("phone", "123-4567")]
    assert not mask("電話は123-4567", frozenset({"123-4567"})).spans


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("yuki.o@example.co.jp まで", "yuki.o@example.co.jp"),
        ("ｙｕｋｉ＠ｅｘａｍｐｌｅ．ｃｏｍへ", "ｙｕｋｉ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
        ("yuki★example.com", "yuki★example.com"),
        ("yuki[at]example[dot]com です", "yuki[at]example[dot]com"),
        ("yuki (at) example.com", "yuki (at) example.com"),
        ("yuki_1アットマークexample.com", "yuki_1アットマークexample.com"),
        ("yuki77@gmail です", "yuki77@gmail"),
        ("ゆき アットマーク ジーメール ドットコム です", "ゆき アットマーク ジーメール ドットコム"),
        ("gメールの yuki.t1988 まで", "yuki.t1988"),
    ],
)
def test_mail_addresses_also_in_disguise(text: str, address: str) -> None:
    assert hidden(text) == [("email", address)]


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("LINE ID: hanako", "hanako"),
        ("ＬＩＮＥ：ｈａｎａ＿８８", "ｈａｎａ＿８８"),
        ("ラインのIDは hana.k88 です", "hana.k88"),
        ("よかったらLINEしましょう。kosodate88 です", "kosodate88"),
        ("インスタ@hana.chan", "@hana.chan"),
        ("＠ｈａｎａｋｏ＿ｍａｍａ に声をかけて", "＠ｈａｎａｋｏ＿ｍａｍａ"),
        ("hana2525で検索してください", "hana2525"),
        ("Discord: hanapapa", "hanapapa"),
        ("気軽にどうぞ hana_to_mame", "hana_to_mame"),
        ("フレンドコードは 1234-5678-9012", "1234-5678-9012"),
    ],
)
def test_account_ids(text: str, account: str) -> None:
    assert hidden(text) == [("line_id", account)]


def test_words_replace_what_is_hidden_and_the_rest_stays_as_typed() -> None:
    masked = mask("ｶﾞｰﾃﾞﾝで😀遊べます。０９０－１２３４－５６７８か hana@example.com へ♪")
    assert masked.text == "ｶﾞｰﾃﾞﾝで😀遊べます。（電話番号）か （メールアドレス） へ♪"


def test_only_a_link_may_be_shown_again_by_its_writer() -> None:
    text = "https://www.instagram.com/hana/ と 090-1234-5678"
    masked = mask(text)
    assert [span.forced for span in masked.spans] == [False, True]
    assert masked.apply({0, 1}) == "https://www.instagram.com/hana/ と （電話番号）"
    assert masked.apply(()) == masked.text == "（リンク） と （電話番号）"
    assert frozenset({"phone", "email", "line_id", "address", "plate"}) == FORCED


def test_a_masked_text_needs_no_second_masking() -> None:
    text = "大津市鳰野町4-11-7、yuki@example.com、090-1234-5678、LINE: hana_88、x.com/hana"
    assert len(mask(text).spans) == 5
    assert not mask(mask(text).text).spans


def test_what_is_hidden_does_not_show_in_a_log_line() -> None:
    assert "1234" not in repr(mask("090-1234-5678"))
