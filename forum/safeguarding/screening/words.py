"""Refusals of screening in words, for whoever stands before the form."""

from forum.errors import Refused
from forum.safeguarding.cases import desk, refusals

REFUSALS = {
    "unknown_answer": "答えは、はい・ややはい・いいえ・不明の中から選んでください。",
    "nothing_answered": "ひとつも答えていません。分からない項目は「不明」を選べます。",
    "nothing_decided": "決めたことを、ひとつ以上選んでください。",
    "needs_reason": "理由を書いてください。",
    "needs_second": "下げる・受理や判定を決めるには、上司か会議の記録がいります。ひとりでは決めません。",
    "too_long": "文が長すぎます。短くしてください。",
}


def sentence(no: Refused) -> str:
    """What to tell. Raises KeyError for a refusal that no form can lead to."""
    if no.code in REFUSALS:
        return REFUSALS[no.code]
    return refusals.sentence(no, desk.names(), desk.stamp)
