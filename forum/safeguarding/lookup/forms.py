"""The one box of the search."""

from flask_babel import lazy_gettext as _
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from forum.web.forms import BaseForm

LONGEST = 100  # characters


class SearchForm(BaseForm):
    """What somebody remembers. It is sent, never put into an address."""

    words = StringField(
        _("名前・よみ・住所・園や学校・電話番号"),
        [
            DataRequired(_("さがすことばを入れてください。")),
            Length(max=LONGEST, message=_("100文字までで入れてください。")),
        ],
        filters=[lambda typed: typed.strip() if typed else typed],
    )
