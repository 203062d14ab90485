"""The page after a text that waits for a person: help first, then what its writer may do with it.

It answers the request that brought the text. The text as typed stands in it once more, for its writer to hand
over whole, to keep or to change, and nowhere else: nothing of it is stored unmasked.
"""

from datetime import datetime

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from forum import clock
from forum.ask import help_rules, service
from forum.ask.forms import HeldForm
from forum.ask.help_rules import Tone
from forum.ask.types import Worry
from forum.board.care import readers
from forum.board.reviewing import Stopped
from forum.city.current import current
from forum.doors.choice import opening_words
from forum.referrals import service as referrals
from forum.visitors import service as visitors
from forum.visitors.words import to_words

SERVICES_SHOWN = 2


def page(stopped: Stopped, status: int = 200) -> Response:
    """Help for whoever wrote `stopped`, with what they may do with the text. Never kept by a browser."""
    now = clock.now()
    categories = list(dict.fromkeys(str(one) for text in stopped.texts for one in text.danger.categories))
    tone = help_rules.tone_of(categories)
    signs = [theme.id for text in stopped.texts for theme in text.signs.themes]
    themes = help_rules.themes_of(tone, categories, signs)
    form = _form(stopped)
    hand = visitors.hand()
    answer = make_response(
        render_template(
            "ask/help_child.html" if tone is Tone.CHILD else "ask/help.html",
            tone=tone,
            stopped=stopped,
            categories=categories,
            doors=help_rules.doors_of(current().doors, tone, themes, now),
            form=form,
            reading=reading_words(now),
            hand_over=stopped.thread_id is not None and referrals.available(),
            reachable=any(text.reachable for text in stopped.texts),
            services=_services(stopped) if tone is Tone.OWN else (),
            words=to_words(hand) if hand is not None and not request.cookies else (),
        ),
        status,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def whole(stopped: Stopped) -> str:
    """What was typed: a title, if there is one, and the text."""
    return "\n".join(text.clean for text in stopped.texts if text.clean)


def _form(stopped: Stopped) -> HeldForm:
    form = HeldForm(formdata=None, data={"text": whole(stopped), "post": stopped.post_id or ""})
    if request.form.get("once"):
        # The same ticket leads a browser that keeps no cookie to the same hand once more.
        form.carry(request.form["once"])
    return form


def _services(stopped: Stopped) -> tuple[object, ...]:
    return service.services_for(Worry(whole(stopped))).found[:SERVICES_SHOWN]


def reading_words(at: datetime) -> str:
    """When somebody reads what waits, as a sentence for now; empty where nobody is installed to read."""
    who = readers()
    if who is None:
        return ""
    if who.on_duty(at):
        return _("いまは、人が読んでいる時間です。順に読みます。")
    moment = who.next_reading(at)
    if moment is None:
        return _("いまは、読む人が決まっていません。急ぐときは、待たずに上の窓口へ。")
    return _("次に人が読むのは、%(when)sごろです。", when=opening_words(moment, at).removesuffix("から"))
