"""The page after sending: it arrived, when somebody reads it, and the words to come back with."""

import segno
from flask import render_template
from markupsafe import Markup

from forum.safeguarding.intake import door_bar, hidden
from forum.safeguarding.intake.forms import KeptForm
from forum.safeguarding.vault.content import Content
from forum.safeguarding.vault.words import Words

TOLD = "told"  # the purpose of what the next page needs to sort and mark the paragraphs


def qr(words: Words) -> Markup:
    """The words as a picture for a camera. In the page itself: words never stand in an address."""
    code = segno.make(" ".join(words.spoken), error="m", micro=False)
    drawn = code.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=False)
    return Markup(drawn)  # noqa: S704  made of numbers by segno


def carried(content: Content) -> str:
    """The paragraphs for the next page, sealed; empty if they are sorted and marked already."""
    if any(one.kind != "told" or one.telling for one in content.paragraphs):
        return ""
    return hidden.put(TOLD, {"pieces": [one.text for one in content.paragraphs], "clue": content.clue})


def page(visit: hidden.Visit, told: str, form: KeptForm | None = None) -> str:
    """The receipt. `form`: what was typed back, when it did not fit."""
    if form is None:
        form = KeptForm(formdata=None)
    form.visit.data, form.told.data = visit.put(), told
    return render_template(
        "safeguarding/intake/receipt.html",
        form=form,
        number=visit.report_id,
        words=visit.words.spoken,
        qr=qr(visit.words),
        look=door_bar.look(),
        doors=door_bar.bar(),
    )
