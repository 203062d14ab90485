"""What the pages of the watch say. No word of a concern, no colour of alarm: who reads this is at work."""

ALARMS = {
    "arrived": "新しい連絡が、まだ開かれていません",
    "unopened": "連絡が、開く期限をすぎても開かれていません",
    "wrote": "続きの連絡が、まだ開かれていません",
    "unread": "続きの連絡が、長く開かれていません",
    "soon": "期限まで1日を切りました",
    "pressing": "期限まで6時間を切りました",
    "late": "期限をすぎました",
    "look_again": "もう一度確かめる日です",
    "clock": "機械の時計が合っていません",
    "delivery": "知らせが、メールで届いていません",
    "stuck": "届いたものの処理が、とどこおっています",
    "no_mail": "メールが設定されていません",
    "roster": "当番がいない時間があります",
    "nobody": "知らせを受ける人がいません",
    "no_address": "知らせのあて先がない当番がいます",
    "call_left": "電話や来所の聞きとりが、受付にならないまま残っています",
    "exchange": "もう一方の機械からのファイルが、届いていません",
    "replies": "こちらからのファイルを、もう一方の機械が受け取っていません",
}
OTHER = "見守りのしくみに、確かめることがあります"

REFUSALS = {
    "taken": "ほかの人が、先に引き受けました。",
    "leads_only": "機械の時計が合っているかは、係長など、まとめる人が確かめてください。",
    "no_person": "その人は、いま窓口にいません。",
    "no_group": "担当か役わりを選びなおしてください。",
    "backwards": "終わりは、始まりより後にしてください。",
    "too_long": "1回の当番は、7日までです。",
}


def alarm_words(kind: str) -> str:
    """One sentence for a kind of alarm."""
    return ALARMS.get(kind, OTHER)
