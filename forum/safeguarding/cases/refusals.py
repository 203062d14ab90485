"""Refusals of the cases in words, for whoever stands before the form."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from forum.errors import Refused
from forum.safeguarding.cases.types import Change

SENTENCES: Mapping[str, str] = {
    "unknown_value": "一覧にある中から選んでください。",
    "empty": "書いてください。",
    "too_long": "文が長すぎます。分けて書いてください。",
    "future": "これから先の日時は書けません。",
    "needs_who": "だれが見たか・話したかを書いてください。",
    "needs_where": "どこで見たかを書いてください。",
    "needs_how": "どんな様子だったか・どう聞いたかを書いてください。",
    "needs_reason": "わけを書いてください。",
    "needs_tried": "何をためしたかを書いてください。",
    "needs_receiver": "受けた人の名前と、機関の名前を書いてください。",
    "needs_meeting": "会議の記録がいります。会議の記録から書いてください。",
    "needs_decision": "上司か会議の決定がいります。",
    "look_again": "もう一度確かめる日を、あすから3か月のうちで選んでください。",
    "before_cause": "最後の連絡より前の日時です。そのあとに受けてもらった日時を書いてください。",
    "no_child": "子どもを選んでください。一人も書かれていなければ、名前が分からなくても書き足してください。",
    "unseen": "まだ見ていない子どもがいます。",
    "not_all": "この家の子どもが全員かどうか、確かめて印を付けてください。",
    "ended": "時計は、もう終わっています。",
    "corrected": "この行は、もう訂正されています。新しい行を訂正してください。",
    "held": "ほかの人が担当しています。引きつぎで受けてください。",
    "held_by_you": "もう、あなたが担当しています。",
    "offered": "ほかの人に頼んでいるところです。返事を待つか、取り消してください。",
    "not_yours": "担当の人か、上司ができます。",
    "clock_running": "時計が動いているあいだは、できません。",
    "same_person": "いま担当している人とは、別の人を選んでください。",
    "offer_waiting": "引きつぎの返事を待っています。",
    "no_offer": "あなたあての引きつぎは、ありません。",
    "conflict": "その人は、このケースに関係があるため、選べません。",
    "marked_already": "もう印が付いています。",
    "same_case": "別のケースを選んでください。",
    "other_groups": "受け取る担当がちがうケースは、上司がまとめます。",
    "unread": "まだだれも読んでいない連絡があります。読んでから、まとめてください。",
    "undone": "もう分けてあります。",
    "done": "もう終わっています。",
    "waits": "まだ終わっていないことがあります（予定・引きつぎの返事・読んでいない連絡）。",
    "not_closed": "終結していません。",
    "no_change": "もう、そうなっています。",
    "on_hold": "保存を続ける印が付いています。",
    "asked_already": "もう頼まれています。",
    "second_person": "頼んだ人とは別の上司が決めます。",
    "closed": "終結したケースです。再開してから書いてください。",
    "merged": "ほかのケースにまとめられています。まとめた先のケースに書いてください。",
}
CHANGED = (
    "あなたが開いたあとに、このケースが変わりました。まだ保存していません。"
    "書いたものは下に残っています。変わったところを見て、よければ、もう一度押してください。"
)
OTHERS = "連絡した人の書き足しなど"


def known(no: Refused) -> bool:
    """True for a refusal of this room; others (no key, a code is needed) are told by the desk."""
    return no.code in SENTENCES or no.code in ("changed", "too_early")


def sentence(no: Refused, names: Mapping[int, str], stamp: Callable[..., str]) -> str:
    """What to tell of a refusal that is known here."""
    if no.code == "too_early":
        return f"保存する期限は {no.facts['until']} までです。それまでは消せません。"
    if no.code != "changed":
        return SENTENCES[no.code]
    changes = no.facts.get("changes", ())
    assert isinstance(changes, Iterable)
    done = [
        f"{stamp(one.at)} {names.get(one.staff_id, '職員')}：{one.words}"
        for one in changes
        if isinstance(one, Change)
    ]
    return f"{CHANGED}（{'／'.join(done) or OTHERS}）"


# Beside which field a refusal stands; the first that the form has.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "empty": ("text", "result", "name"),
    "too_long": ("text",),
    "future": ("happened_at", "seen_at", "at"),
    "before_cause": ("at",),
    "needs_who": ("said_by", "who"),
    "needs_where": ("where",),
    "needs_how": ("how",),
    "needs_reason": ("reason",),
    "needs_receiver": ("name",),
    "no_child": ("children",),
    "not_all": ("all_known",),
    "unknown_value": ("kind", "outcome", "role"),
}


def tell(form: Any, no: Refused, words: str) -> None:
    """Put what is to be told beside the field that it is about, else above the form."""
    for name in FIELDS.get(no.code, ()):
        if name in form:
            form[name].errors = [words]
            return
    form.form_errors.append(words)


def status(no: Refused) -> int:
    """409 where somebody was faster, 422 where the form is to be put right."""
    return 409 if no.code == "changed" else 422
