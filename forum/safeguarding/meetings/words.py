"""Refusals of meetings in words."""

from forum.errors import Refused
from forum.safeguarding.screening import words as screening

REFUSALS = {
    "not_yet": "会議の日は、今日かそれより前の日にしてください。",
    "one_person": "会議には、2人以上の名前がいります。ひとりでは決めません。",
    "too_many": "出席した人が多すぎます。",
    "no_case": "取りあげたケースを、ひとつ以上選んでください。",
    "empty": "決めたことを書いてください。",
    "needs_meeting": "これを決められるのは会議だけです。会議の記録から書いてください。",
    "needs_second": "はじめての決定と終結には、上司か会議の記録がいります。",
    "needs_date": "次に確かめる日を入れてください。",
    "past": "次に確かめる日は、あしたより後の日にしてください。",
    "needs_tried": "確かめるためにしたことを書いてください。",
    "look_again": "もう一度確かめる日は、3か月より前にしてください。",
    "ended": "時計は、もう終わっています。",
    "clock_running": "安全確認の時計が動いています。終結の前に、子どもを確かめてください。",
    "needs_decision": "終結には、上司か会議の記録がいります。",
    "waits": "終わっていない予定、返事のない引きつぎ、読まれていない連絡があります。先に片づけてください。",
    "out_of_range": "0以上の数を入れてください。",
}


def sentence(no: Refused) -> str:
    """What to tell. Raises KeyError for a refusal that no form can lead to."""
    return REFUSALS[no.code] if no.code in REFUSALS else screening.sentence(no)
