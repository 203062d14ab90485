"""What is asked beside the text of a report, by id, and in words: letterbox and desk name it alike.

The items are those of a reception sheet (通告受付票). Every answer may be 「わからない」, which is an
answer of its own and never counts as a no.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from forum.sealing.content import UNKNOWN

UNKNOWN_WORDS = "わからない"
MARKS, MARKS_REPORT = "marks", "report"  # a message that sorts and marks the pieces of the report itself

KINDS = {
    "told": "分けていない",
    "seen": "自分で見た",
    "heard": "声や音を聞いた",
    "said": "だれかが言った",
    "supposed": "そう思った",
}


@dataclass(frozen=True)
class Question:
    """A question: free text without choices, else one of them (id, words)."""

    id: str
    label: str
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    long: bool = False


_YES_NO = (("yes", "はい"), ("no", "いいえ"))

CHILD = (
    Question("child_name", "子どもの名前（ふりがなだけでも）"),
    Question("child_age", "子どもの年齢・学年", hint="だいたいで大丈夫です。例：3歳くらい、小学校の低学年"),
    Question("child_school", "通っている園や学校、クラス"),
    Question("child_now", "子どもは、いまどこにいますか"),
    Question("siblings", "きょうだい", hint="いるか、何人か、年はいくつくらいか"),
)
HAPPENED = (
    Question("since", "いつごろから"),
    Question(
        "how_often",
        "どのくらい",
        (("once", "1回"), ("sometimes", "ときどき"), ("weekly", "毎週のように"), ("daily", "毎日のように")),
    ),
    Question(
        "latest",
        "いちばん最近は",
        (("now", "いま、つづいている"), ("today", "今日"), ("week", "この1週間"), ("earlier", "もっと前")),
    ),
    Question(
        "injuries", "けがや あざ", hint="体のどこに、どんなふうに。見ていなければ「わからない」で大丈夫です"
    ),
    Question(
        "who",
        "だれがしたと思いますか",
        (
            ("father", "父"),
            ("mother", "母"),
            ("partner", "親の交際相手"),
            ("living_together", "いっしょに住んでいる ほかの人"),
            ("sibling", "きょうだい"),
            ("staff", "園や学校などの職員"),
            ("other", "ほかの人"),
        ),
    ),
)
KNOWN = (
    Question("family_knows", "家の人は、この連絡のことを知っていますか", _YES_NO),
    Question("earlier", "前にも、どこかに相談したことがありますか"),
)
PROFESSIONAL = (
    Question("child_name", "子どもの名前・ふりがな"),
    Question("child_birth", "生年月日・年齢"),
    Question("child_class", "学年・組、登園・登校のようす"),
    Question("address", "住所"),
    Question("guardians", "保護者の名前・続柄・連絡先"),
    Question("siblings", "きょうだい・いっしょに住む人"),
    Question("since", "いつから・どのくらい"),
    Question("injuries", "けが・あざ（部位・程度・いつ気づいたか）", long=True),
    Question("child_now", "子どもはいまどこにいて、何時にどこへ帰りますか"),
    Question("family_knows", "保護者は、この連絡のことを知っていますか", _YES_NO),
    Question("earlier", "これまでの相談・対応"),
    Question(
        "wish",
        "市に望むこと",
        (("protect", "すぐの保護"), ("look", "ようすの確かめ"), ("consult", "対応の相談")),
    ),
    Question("cooperates", "聞き取りなどに協力できますか", _YES_NO),
)
# What a child was asked at its own door.
CHILDS_OWN = (
    Question("happened", "子どもが選んだこと"),
    Question("may_meet", "だれに つながってもいいか（子どもの答え）"),
    Question("may_speak", "学校で話してもいい人（子どもの答え）"),
)
_META = {
    "clue": Question("clue", "場所や人の手がかり"),
    "now": Question("now", "いま、あぶないと思う", _YES_NO),
    "where": Question(
        "where",
        "どこの職員か",
        (("facility", "園・児童館など"), ("school", "学校"), (UNKNOWN, UNKNOWN_WORDS)),
    ),
}
_ALL = {one.id: one for one in (*PROFESSIONAL, *CHILD, *HAPPENED, *KNOWN, *CHILDS_OWN)} | _META


def in_words(answers: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(question, answer) in words, in the order in which they were given; what is no question is left out."""
    lines = []
    for name, value in answers.items():
        question = _ALL.get(name)
        if question is None:
            continue
        known = {UNKNOWN: UNKNOWN_WORDS, **dict(question.choices)}
        lines.append((question.label, known.get(value, value)))
    return tuple(lines)
