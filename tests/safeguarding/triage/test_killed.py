"""The desk dies in the middle of a call: what was acknowledged is there, and nothing is there twice."""

import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import func, select

from config import ROOT
from forum.safeguarding.triage import drafts
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import ReportRow
from tests.safeguarding.conftest import build_doors, furnish
from tests.safeguarding.desk import hire

CALLER = "tests.safeguarding.triage.caller_process"
KILLS = 4


def test_killed_at_any_moment_no_call_is_lost_or_doubled(tmp_path: Path) -> None:
    app = build_doors(tmp_path)[1]
    furnish(app)
    kept: set[str] = set()
    made: set[str] = set()
    for number in range(KILLS):
        command = [sys.executable, "-m", CALLER, str(tmp_path), hire(app)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            first = process.stdout.readline()  # a busy machine takes its time for the first call
            time.sleep(0.1 + 0.17 * number)
            process.kill()
            for line in (first, *process.stdout):
                what, _, draft_id = line.strip().partition(" ")
                {"kept": kept, "made": made}[what].add(draft_id)
    with app.app_context():
        there = {one.id for one in drafts.everyones()}
        tickets = list(vault_db.session.scalars(select(ReportRow.once)))
        count = vault_db.session.scalar(select(func.count()).select_from(ReportRow))
        vault_db.session.remove()
    assert kept, "nothing was written before the first kill"
    reported = {ticket.split(":")[1] for ticket in tickets}
    assert made <= reported
    for draft_id in kept | made:
        assert (draft_id in there) != (draft_id in reported), draft_id
    assert count == len(reported)
