"""What a person reads when a rule of this room says no, and how verbs of the record are called."""

from flask_babel import gettext as _

from forum.errors import Refused

WEAK = {
    "length": "12文字以上（ひらがなや漢字の文なら8文字以上）にしてください。短い文でもかまいません。",
    "common": "よく使われることばや、同じ文字のくり返しは使えません。",
    "name": "サインインの名前を、パスワードに入れないでください。",
}


def refusal(error: Refused) -> str:
    """The sentence for a refusal of this room."""
    if error.code == "wait":
        seconds = int(str(error.facts["seconds"]))
        if seconds < 60:
            return str(_("続けて まちがえたため、あと%(n)s秒 お待ちください。", n=seconds))
        return str(_("続けて まちがえたため、あと%(n)s分ほど お待ちください。", n=-(-seconds // 60)))
    if error.code == "weak_password":
        return str(_(WEAK[str(error.facts["why"])]))
    table = {
        "sign_in": _("名前・パスワード・番号のどれかが ちがいます。番号は、新しいものを入れてください。"),
        "old_password": _("いまのパスワードが ちがいます。"),
        "code": _("番号が ちがうか、もう使われています。アプリの新しい番号を入れてください。"),
        "busy": _("いま こみあっています。少し待って、もう一度 押してください。"),
        "login_taken": _("その名前は、もう使われています。"),
        "wrong_passphrases": _("合言葉が ちがいます。"),
        "not_oneself": _("自分を終わりにすることはできません。別の責任者に頼んでください。"),
    }
    return str(table.get(error.code, _("できませんでした。もう一度 ためしてください。")))


def status(error: Refused) -> int:
    """The answer's status for a refusal."""
    return {"wait": 429, "busy": 503}.get(error.code, 422)
