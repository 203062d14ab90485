"""Forms of signing in and of one's own account."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from forum.credentials import passwords
from forum.web.forms import BaseForm

NEEDED = InputRequired(_("この欄に書いてください。"))
LOGIN = Regexp(r"^[a-z0-9._-]{2,40}$", message=_("英小文字・数字・ . _ - で、2〜40文字で書いてください。"))


class SignInForm(BaseForm):
    """Name, password, code: all at once, so that no answer tells which of them was wrong."""

    login = StringField(_("名前（ログイン用）"), [NEEDED, Length(max=40)])
    password = PasswordField(_("パスワード"), [NEEDED, Length(max=passwords.LONGEST)])
    code = StringField(_("6けたの番号（または予備のコード）"), [NEEDED, Length(max=20)])


class JoinForm(BaseForm):
    """The first page of somebody who was invited."""

    login = StringField(_("名前（ログイン用）"), [NEEDED, LOGIN])
    password = PasswordField(_("パスワード"), [NEEDED, Length(max=passwords.LONGEST)])
    again = PasswordField(_("パスワード（もう一度）"), [NEEDED, Length(max=passwords.LONGEST)])
    secret = HiddenField()
    code = StringField(_("アプリに出た6けたの番号"), [NEEDED, Length(max=10)])


class CodeForm(BaseForm):
    """A fresh one-time code."""

    code = StringField(_("6けたの番号（または予備のコード）"), [NEEDED, Length(max=20)])
    back = HiddenField()


class PasswordForm(BaseForm):
    """Another password."""

    old = PasswordField(_("いまのパスワード"), [NEEDED, Length(max=passwords.LONGEST)])
    new = PasswordField(_("新しいパスワード"), [NEEDED, Length(max=passwords.LONGEST)])
    again = PasswordField(_("新しいパスワード（もう一度）"), [NEEDED, Length(max=passwords.LONGEST)])


class InviteForm(BaseForm):
    """A colleague to be."""

    name = StringField(_("氏名"), [NEEDED, Length(max=40)])
    role = SelectField(
        _("役割"),
        choices=[
            ("worker", _("相談員")),
            ("supervisor", _("責任者")),
            ("officer", _("鍵を預かる人")),
            ("auditor", _("記録を確かめる人")),
        ],
    )
    groups = SelectMultipleField(_("受け取る担当"), [Optional()])
    mail = StringField(_("知らせを送るメールアドレス"), [Optional(), Length(max=120)])


class PressForm(BaseForm):
    """One button."""


class RecoverForm(BaseForm):
    """Two of three officers."""

    pair = SelectField(_("どの二人ですか"), choices=[("1+2", "1 と 2"), ("1+3", "1 と 3"), ("2+3", "2 と 3")])
    first = PasswordField(_("番号の小さい人の合言葉"), [NEEDED, Length(max=passwords.LONGEST)])
    second = PasswordField(_("番号の大きい人の合言葉"), [NEEDED, Length(max=passwords.LONGEST)])
    name = StringField(_("新しく始める責任者の氏名"), [NEEDED, Length(max=40)])
