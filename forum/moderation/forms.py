"""Forms of this room."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from forum.moderation.types import FlagReason, Outcome, Tone
from forum.moderation.words import FLAG_REASONS, OUTCOMES, TONES
from forum.web.forms import BaseForm, TicketForm

CHOOSE = InputRequired(_("ひとつ選んでください。"))
NEEDED = InputRequired(_("この欄に書いてください。"))
WORDS_MOST = 500


class FlagForm(TicketForm):
    """What somebody tells about a text: no account, no name, no words."""

    tone = RadioField(
        _("どちらですか"),
        [CHOOSE],
        choices=[SelectChoice(tone.value, TONES[tone]) for tone in Tone],
        default=Tone.WORRY.value,
    )
    reason = RadioField(
        _("どんなことですか"),
        [CHOOSE],
        choices=[SelectChoice(reason.value, FLAG_REASONS[reason]) for reason in FlagReason],
    )


class NamedForm(TicketForm):
    """Somebody is named in a text and asks us."""

    name = StringField(
        _("書かれている名前（呼ばれ方）"), [NEEDED, Length(max=60, message=_("60文字までです。"))]
    )
    place = StringField(
        _("どのページですか（アドレスか題名）"), [NEEDED, Length(max=300, message=_("300文字までです。"))]
    )
    what = TextAreaField(
        _("どの部分ですか"), [NEEDED, Length(max=WORDS_MOST, message=_("500文字までです。"))]
    )
    why = TextAreaField(
        _("どうして困っていますか"), [NEEDED, Length(max=WORDS_MOST, message=_("500文字までです。"))]
    )


class SettleForm(BaseForm):
    """How a notice was settled."""

    outcome = RadioField(
        _("どうしましたか"),
        [CHOOSE],
        choices=[SelectChoice(outcome.value, OUTCOMES[outcome]) for outcome in Outcome],
    )


class RepostForm(BaseForm):
    """The version to repost, as it stands in the box."""

    decision = HiddenField()
    body = TextAreaField(_("この形で出します。直してもかまいません"))


class AppealForm(BaseForm):
    """What a second person should know."""

    decision = HiddenField()
    words = TextAreaField(
        _("もう一人に読んでほしいこと"),
        [NEEDED, Length(max=WORDS_MOST, message=_("500文字までです。"))],
    )


class DecideForm(BaseForm):
    """One decision. What an act does not need is left as it is."""

    version = HiddenField()
    action = RadioField(_("どうしますか"), [CHOOSE])
    reason = SelectField(_("わけ"), [CHOOSE])
    message = TextAreaField(
        _("書いた人へのことば（なくてもよい）"), [Length(max=WORDS_MOST, message=_("500文字までです。"))]
    )
    fixed = TextAreaField(_("そのまま出せる形"))
    words = StringField(_("かくすことば"), [Length(max=200, message=_("200文字までです。"))])
    board = SelectField(_("移す先の板"))
    card = SelectField(_("そえる情報"))

    def version_number(self) -> int:
        """The state that the person saw; nothing that can be true when the field was meddled with."""
        value = self.version.data or ""
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


class PressForm(BaseForm):
    """One button, with the state that the person saw."""

    version = HiddenField()

    version_number = DecideForm.version_number
