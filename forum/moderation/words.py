"""How codes are called: for those who flag, for staff, and for the writer of a text."""

from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from forum import clock
from forum.moderation.types import Action, FlagReason, Outcome, Reason, Tone, Why

TONES: dict[Tone, LazyString] = {Tone.WORRY: _("心配です"), Tone.TROUBLE: _("困った投稿です")}
FLAG_REASONS: dict[FlagReason, LazyString] = {
    FlagReason.IDENTIFIES: _("個人が特定される"),
    FlagReason.MEDICAL: _("医療的に危険"),
    FlagReason.HURTS: _("傷つく"),
    FlagReason.CHILD: _("子どもが心配"),
    FlagReason.ADVERTISING: _("広告"),
}
WHY: dict[Why, LazyString] = {
    Why.HELD: _("公開前"),
    Why.SIGN: _("気になることば"),
    Why.CARD: _("からだ・薬の情報"),
    Why.INSTITUTION: _("施設への苦情"),
    Why.FIRST: _("はじめての投稿"),
    Why.WATCHED: _("市の見守りことば"),
    Why.FLAG: _("知らせ"),
    Why.APPEAL: _("書いた人の申し出"),
    Why.NAMED: _("名前を書かれた人の申し出"),
}
LEVELS = (_("ふつう"), _("気にかける"), _("早めに"), _("いますぐ"))
ACTIONS: dict[Action, LazyString] = {
    Action.PUBLISH: _("公開する"),
    Action.HIDE: _("見えなくする"),
    Action.RESTORE: _("もとにもどす"),
    Action.ASK: _("書きなおしをお願いする"),
    Action.MASK: _("一部をかくす"),
    Action.MOVE: _("板を移す"),
    Action.LOCK: _("返信を止める"),
    Action.UNLOCK: _("返信をまた受け取る"),
    Action.CARD: _("公式の情報をそえる"),
    Action.REMOVE: _("消す（二人）"),
    Action.REFER: _("子どもを守る担当に渡す（二人）"),
    Action.AUTO_HIDE: _("夜のあいだ見えなくした"),
    Action.CLOSED: _("書いた人が取り下げた"),
}
REASONS: dict[Reason, LazyString] = {
    Reason.FINE: _("問題はありません"),
    Reason.IDENTIFIES: _("書いた人や家族が分かってしまう"),
    Reason.NAMES_OTHERS: _("ほかの人の名前や連絡先がある"),
    Reason.INSTITUTION: _("施設の名前をあげた苦情"),
    Reason.MEDICAL: _("からだや薬のことで、あぶない内容がある"),
    Reason.HURTS: _("だれかを傷つける"),
    Reason.METHOD: _("あぶない方法が書かれている"),
    Reason.ADVERTISING: _("広告や勧誘"),
    Reason.WRONG_PLACE: _("合う板がほかにある"),
    Reason.CHILD_WROTE: _("子どもが書いている"),
    Reason.CALM: _("やりとりを落ち着かせる"),
    Reason.LIFE: _("命に、いま危険がある"),
    Reason.CHILD_SAFETY: _("子どもの安全に、いま危険がある"),
    Reason.NIGHT: _("夜に、何人かから知らせがあった"),
    Reason.MISTAKE: _("前の判断をあらためる"),
    Reason.WITHDRAWN: _("取り下げられた"),
}
# How a choice is called where it means something else than usual.
LEAVE, READ = _("このままでよい"), _("読み終えた（文は消えます）")
# What a decision means to the one who wrote the text: first what is, never a reproach.
TO_WRITER: dict[Action, LazyString] = {
    Action.PUBLISH: _("人が読みました。いまは、みんなに見えています。"),
    Action.HIDE: _("人が読み、みんなには見えないようにしました。あなたには、ここで読めます。"),
    Action.RESTORE: _("人がもう一度読みました。また、みんなに見えています。"),
    Action.ASK: _("少しだけ書きなおすと、出せます。"),
    Action.MASK: _("一部をかくしました。ほかは、書いたときのままです。"),
    Action.MOVE: _("合う板に移しました。文はそのままです。"),
    Action.LOCK: _("新しい返信を止めました。いまあるものは、そのまま読めます。"),
    Action.UNLOCK: _("また、返信を受け取れます。"),
    Action.CARD: _("公式の情報を、そばにそえました。文はそのままです。"),
    Action.REMOVE: _("二人で読み、消しました。文は残っていません。"),
    Action.REFER: _(
        "命か、子どもの安全に、いま危険があると二人が判断しました。この文と書いた日だけを、子どもを守る担当に渡しました。"
    ),
    Action.AUTO_HIDE: _("夜のあいだに何人かから知らせがあったため、人が読むまで見えないようにしました。"),
    Action.CLOSED: _("取り下げられたので、判断することはもうありません。"),
}
OUTCOMES: dict[Outcome, LazyString] = {
    Outcome.REMOVED: _("見えないようにしました"),
    Outcome.MASKED: _("その部分をかくしました"),
    Outcome.KEPT: _("読みましたが、そのままにしました"),
    Outcome.NOT_FOUND: _("見つけられませんでした"),
}
VERBS = {
    "moderation.notice_open": "名前を書かれた人の申し出をひらいた",
    "moderation.notice_settle": "名前を書かれた人の申し出に答えた",
    "moderation.open": "待つ文をひらいた",
    "moderation.claim": "読みはじめた",
    "moderation.closed": "取り下げられたので、終わりにした",
    "moderation.release": "ほかの人にまかせた",
    "moderation.propose_remove": "消すことを提案した",
    "moderation.propose_refer": "渡すことを提案した",
    "moderation.decline": "提案に同意しなかった",
    "moderation.publish": "公開した",
    "moderation.hide": "見えなくした",
    "moderation.restore": "もとにもどした",
    "moderation.ask": "書きなおしをお願いした",
    "moderation.mask": "一部をかくした",
    "moderation.move": "板を移した",
    "moderation.lock": "返信を止めた",
    "moderation.unlock": "返信をまた受け取った",
    "moderation.card": "公式の情報をそえた",
    "moderation.remove": "二人で消した",
    "moderation.refer": "二人で渡した",
}
WEEKDAYS = "月火水木金土日"


def moment_words(moment: datetime, now: datetime) -> str:
    """きょう 16時ごろ, あす 9時ごろ, 月曜 8時30分ごろ; beyond six days 1月4日 9時ごろ."""
    there, here = clock.local(moment), clock.local(now)
    days = (there.date() - here.date()).days
    if days < 2:
        day = ("きょう", "あす")[max(days, 0)]
    elif days < 7:
        day = f"{WEEKDAYS[there.weekday()]}曜"
    else:
        day = f"{there.month}月{there.day}日"
    return f"{day} {there.hour}時{f'{there.minute}分' if there.minute else ''}ごろ"
