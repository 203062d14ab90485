"""intake: the letterbox. Anybody tells of a child they worry about, and comes back with words.

What it does: takes text always, seals it to the desk before it is stored, answers with words, tells how
far it is, takes additions and files, makes a proof of acceptance on demand.
What it never does: open what it took, turn anybody away, store anything about where it came from, put
text, words or a name into an address, a cookie, a log or a file.

- `create_intake_app(settings)`; `sending.send(letter, seed)`, `sending.add(...)`; `receipt.page(visit, told)`
- `counters.arrived()`, `door_bar.bar()`, `door_bar.look()`, `hidden.Visit`
"""

from flask import Flask

from config import Settings
from forum.safeguarding import cli
from forum.safeguarding.door import create_door
from forum.safeguarding.intake import (
    after_views,
    child_again_views,
    child_views,
    counters,
    hatch,
    letter_views,
    page_views,
    proof_views,
    return_views,
)
from forum.safeguarding.intake.requests import MemoryRequest
from forum.web import access


def create_intake_app(settings: Settings) -> Flask:
    """The public door of the wing."""
    app = create_door(settings, "intake", cookie="i")
    app.request_class = MemoryRequest
    counters.install(app)
    app.add_url_rule("/", "home", letter_views.home, methods=["GET"])
    app.add_url_rule("/", "send", letter_views.send, methods=["POST"])
    rooms = (letter_views, after_views, return_views, proof_views, page_views, child_views, child_again_views)
    for views in (*rooms, hatch):
        app.register_blueprint(views.bp)
    cli.install_worker(app, {})  # runs only where the desk is on another machine
    access.check_all(app)
    return app
