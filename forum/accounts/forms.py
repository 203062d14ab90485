"""Forms of signing in, of one's own account, and of colleagues."""

import binascii
from base64 import b32decode

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    PasswordField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import EqualTo, InputRequired, Length, Optional, Regexp, ValidationError

from forum.accounts.types import Role
from forum.accounts.words import ROLES
from forum.credentials import passwords
from forum.web.forms import BaseForm

NEEDED = InputRequired(_("この欄に書いてください。"))
LOGIN = Regexp(r"^[a-z0-9._-]{2,40}\Z", message=_("英小文字・数字・ . _ - で、2〜40文字で書いてください。"))
MAIL = Regexp(r"^[^@\s,;<>]+@[^@\s,;<>]+\Z", message=_("メールアドレスを、一つ書いてください。"))
NOT_THE_SAME = _("二つのパスワードが同じではありません。")


def visible(text: str | None) -> str | None:
    """What can be seen of a line: control characters, which no database server takes, fall out."""
    return "".join(sign for sign in text if sign.isprintable()).strip() if text else text


class SignInForm(BaseForm):
    """Name, password, code: all at once, so that no answer tells which of them was wrong."""

    login = StringField(_("名前（サインイン用）"), [NEEDED, Length(max=40)], filters=[visible])
    password = PasswordField(_("パスワード"), [NEEDED, Length(max=passwords.LONGEST)])
    code = StringField(_("6けたの番号（または予備のコード）"), [NEEDED, Length(max=40)])
    back = HiddenField()


class JoinForm(BaseForm):
    """The first page of somebody who was invited."""

    login = StringField(_("名前（サインイン用）"), [NEEDED, LOGIN])
    password = PasswordField(_("パスワード"), [NEEDED, Length(max=passwords.LONGEST)])
    again = PasswordField(_("パスワード（もう一度）"), [NEEDED, EqualTo("password", message=NOT_THE_SAME)])
    secret = HiddenField()
    code = StringField(_("アプリに出た6けたの番号"), [NEEDED, Length(max=20)])

    def has_secret(self) -> bool:
        """True if the hidden field holds a secret as we make them."""
        try:
            return len(b32decode(self.secret.data or "")) == 20
        except (binascii.Error, ValueError):
            return False

    def validate_secret(self, field: Field) -> None:
        if not self.has_secret():
            raise ValidationError(_("QRコードが新しくなりました。アプリで読み取りなおしてください。"))


class CodeForm(BaseForm):
    """A fresh one-time code."""

    code = StringField(_("6けたの番号（または予備のコード）"), [NEEDED, Length(max=40)])
    back = HiddenField()


class PasswordForm(BaseForm):
    """Another password."""

    old = PasswordField(_("いまのパスワード"), [NEEDED, Length(max=passwords.LONGEST)])
    new = PasswordField(_("新しいパスワード"), [NEEDED, Length(max=passwords.LONGEST)])
    again = PasswordField(_("新しいパスワード（もう一度）"), [NEEDED, EqualTo("new", message=NOT_THE_SAME)])


class RolesForm(BaseForm):
    """What somebody works as."""

    roles = SelectMultipleField(
        _("役割（いくつでも）"),
        [InputRequired(_("役割を、一つはえらんでください。"))],
        choices=[(role.value, ROLES[role]) for role in Role],
    )
    nurse = BooleanField(_("市の担当として答えるとき、「保健師」と出す"))

    def chosen(self) -> frozenset[Role]:
        """The chosen roles."""
        return frozenset(Role(one) for one in self.roles.data or ())


class InviteForm(RolesForm):
    """A colleague to be."""

    name = StringField(_("氏名"), [NEEDED, Length(max=40)], filters=[visible])
    mail = StringField(
        _("知らせを送るメールアドレス"), [Optional(), Length(max=120), MAIL], filters=[visible]
    )


class PressForm(BaseForm):
    """One button."""
