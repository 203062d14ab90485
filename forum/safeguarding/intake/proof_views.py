"""The proof of acceptance: made when somebody with the words asks, checked by anybody."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from forum.city.current import current
from forum.safeguarding.intake import hidden, proof
from forum.safeguarding.intake.forms import SlipForm, VerifyForm
from forum.safeguarding.intake.return_views import over
from forum.safeguarding.vault import queries, values, words
from forum.web import access

bp = Blueprint("proof", __name__)


@bp.post("/slip")
@access.visitor
def slip() -> ResponseReturnValue:
    """Make the slip for this page alone; it is stored nowhere."""
    form = SlipForm()
    visit = hidden.Visit.take(form.visit.data)
    if visit is None or not form.validate():
        return over()
    keys = words.keys_of(visit.words, values.get(values.WORDS_SALT))
    found = queries.find_report(keys.lookup)
    if found is None:
        return over()
    text = proof.make(
        values.get(values.SIGNING_SEED),
        current().name,
        found.received_at,
        found.body_digest,
        to_the_minute=form.precision.data == "minute",
    )
    return render_template("safeguarding/intake/slip.html", slip=text, form=_again(visit))


def _again(visit: hidden.Visit) -> SlipForm:
    form = SlipForm(formdata=None)
    form.visit.data = visit.put()
    return form


def _page(form: VerifyForm, valid: bool | None) -> str:
    pem = proof.pem(proof.public_key(values.get(values.SIGNING_SEED)))
    return render_template("safeguarding/intake/verify.html", form=form, valid=valid, pem=pem)


@bp.get("/verify")
@access.visitor
def verify() -> str:
    """Where a slip is checked, and how to check it without this page."""
    return _page(VerifyForm(formdata=None), None)


@bp.post("/verify")
@access.visitor
def verified() -> ResponseReturnValue:
    """Say whether this office signed the slip."""
    form = VerifyForm()
    if not form.validate():
        form.renew()
        return _page(form, None), 422
    public = proof.public_key(values.get(values.SIGNING_SEED))
    return _page(form, proof.is_ours(form.slip.data, public))
