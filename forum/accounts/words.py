"""What a person reads: refusals of this room, names of roles, and how its verbs are called."""

from flask_babel import gettext as _

from forum.accounts.types import Role
from forum.errors import Refused

ROLES = {
    Role.MODERATOR: "読む係",
    Role.EDITOR: "支援の編集",
    Role.CITY_OFFICER: "市の担当",
    Role.LEAD: "責任者",
    Role.ADMIN: "管理",
}
TASKS = {
    Role.MODERATOR: "公開を待つ文を読み、決める。",
    Role.EDITOR: "支援の一覧を直す。",
    Role.CITY_OFFICER: "市の担当として答える。",
    Role.LEAD: "読む係をまとめ、記録を確かめる。",
    Role.ADMIN: "職員と設定を扱う。公開を待つ文は読めない。",
}
VERBS = {
    "sign_in": "サインインした",
    "sign_in_slowed": "サインインの失敗が続いた",
    "use_recovery_code": "予備のコードを使った",
    "join": "設定を終えた",
    "join_again": "設定をやりなおした",
    "invite": "招いた",
    "invite_again": "招きなおした",
    "withdraw_invitation": "招待を取り消した",
    "set_roles": "役割を変えた",
    "end": "終わりにした",
    "change_password": "パスワードを変えた",
    "change_authenticator": "認証アプリの機器を変えた",
    "renew_recovery_codes": "予備のコードを出しなおした",
    "end_sessions": "ほかの端末をサインアウトした",
    "export_record": "記録を受け取った",
}
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
        "not_oneself": _("自分のことは変えられません。別の管理の人に頼んでください。"),
    }
    return str(table.get(error.code, _("できませんでした。もう一度 ためしてください。")))


def again() -> str:
    """For a form whose page was open too long."""
    return str(_("ページを開いてから時間がたちました。もう一度 押してください。"))


def status(error: Refused) -> int:
    """The answer's status for a refusal."""
    return {"wait": 429, "busy": 503}.get(error.code, 422)
