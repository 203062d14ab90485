"""triage: the desk's door, for the city's own network. Puts the rooms of the desk together.

Inbox, opening a report, answering the reporter, telephone entry; the rooms beside it bring their own pages.
Opening anything sealed is a POST whose line stands in the record before one character is shown.
It never judges: it orders by time and shows what was said.
"""

import os

from flask import Flask

from config import Settings
from forum.safeguarding import cli
from forum.safeguarding.cases import setting as case_setting
from forum.safeguarding.cases import views as cases
from forum.safeguarding.cases.setting import Setting
from forum.safeguarding.door import create_door
from forum.safeguarding.lookup import block as lookup_block
from forum.safeguarding.lookup import views as lookup
from forum.safeguarding.meetings import blueprint as meetings
from forum.safeguarding.meetings.block import decisions_block
from forum.safeguarding.paper import commands as paper_commands
from forum.safeguarding.paper import views as paper
from forum.safeguarding.screening import views as screening
from forum.safeguarding.screening.block import assessment_block
from forum.safeguarding.staff import access
from forum.safeguarding.staff import commands as staff_commands
from forum.safeguarding.staff import views as staff
from forum.safeguarding.triage import (
    commands,
    drafts,
    file_views,
    inbox_views,
    navigation,
    phone_views,
    refusals,
    report_views,
)
from forum.safeguarding.triage.people import everybody
from forum.safeguarding.watch import views as watch
from forum.safeguarding.watch import worker
from forum.safeguarding.watch.channels import Mail, read_settings
from forum.safeguarding.watch.setting import Setting as WatchSetting
from forum.web import access as marks


def create_triage_app(settings: Settings) -> Flask:
    """The desk of the social workers."""
    app = create_door(settings, "triage", cookie="d")
    app.add_url_rule("/", "home", inbox_views.home)
    staff.install(app)
    for room in (cases, screening, meetings, inbox_views, report_views, file_views, phone_views):
        app.register_blueprint(room.bp)
    mail = read_settings(os.environ)
    channels = (Mail(mail),) if mail else ()
    watch.install(app, WatchSetting(everybody, channels, settings.desk_url, "cases.work"), access)
    lookup.install(app)
    paper.install(app)
    paper_commands.install(app)
    around = Setting(
        blocks=(lookup_block.known, assessment_block, decisions_block),
        links=(
            ("screening.show", "見立て"),
            ("meetings.decide", "決めたことを書く"),
            ("paper.page", "紙と引きわたし"),
        ),
        suggest=lookup_block.suggest,
    )
    case_setting.install(app, around)
    navigation.install(app)
    refusals.install(app)
    staff_commands.install(app)
    commands.install(app)
    cli.install_worker(app, worker.handlers(), [*worker.chores(), drafts.chore()])
    marks.check_all(app)
    return app
