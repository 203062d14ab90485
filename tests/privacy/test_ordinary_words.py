"""A worry full of numbers is still an ordinary worry: no preview page for weights, dates and times."""

import pytest

from forum.privacy.masking import mask


@pytest.mark.parametrize(
    "text",
    [
        "体重3250g、身長49.5cm、2024-10-01 午前5時8分に生まれました",
        "2024.10.01と2024/11/05に予防接種。次は04/12/2024 10:30です",
        "熱は38.5→39.2→37.8→36.9でした",
        "授乳は0:00、3:00、06:30、09:45。1回100-120mlです",
        "70〜90cmと90・100・110・120の服",
        "5・6・7・8・9・10・11・12月は休み",
        "0 1 2 3 4 5 6 7 8 9 と数えられる",
        "いちにさんしごろくしちはちきゅうじゅう、と歌います",
        "にさんにちごろごろ、しくしく。ゼロから始めた育児です",
        "お名前は〇〇〇〇〇〇〇〇〇〇ちゃん",
        "1,234,567円。口座は1234567番",
        "ISBN 978-4-12-345678-9 の絵本",
        "COVID-19のあと、iPhone15でLINEをしています",
        "LINE Payで3000円、インスタのreelsで見ました",
        "保育園のIDとパスワードを忘れました。e-mailが来ません",
        "ママ@2歳児です。@大津、@cosme",
        "生後12w3d、GW明け、PM2.5、B4の紙",
    ],
)
def test_ordinary_worries_meet_no_preview(text: str) -> None:
    assert mask(text).spans == ()
