"""A worker with the watch's chores and real mail, as a process: python -m ... FOLDER SMTP_PORT"""

import sys
from pathlib import Path

from config import Door
from forum.outbox.relay import Relay
from forum.outbox.worker import Worker
from forum.safeguarding.door import create_door
from forum.safeguarding.vault.db import vault_db
from forum.safeguarding.vault.models import VaultOutboxRow
from forum.safeguarding.watch import setting, worker
from forum.safeguarding.watch.channels import Mail, MailSettings
from tests.conftest import make_settings
from tests.safeguarding.watch.scene import ANNE, DAISUKE


def main(folder: Path, port: int) -> None:
    """Work until killed."""
    app = create_door(make_settings(folder, Door.TRIAGE), "watch-worker", cookie="w")
    mail = Mail(MailSettings("127.0.0.1", port, "desk@desk.example", "", "", "none"))
    setting.install(app, setting.Setting(people=lambda: (ANNE, DAISUKE), channels=(mail,)))
    with app.app_context():
        relay = Relay(vault_db, VaultOutboxRow, worker.handlers(), 8)
        Worker(relay, worker.chores(), folder / "beat").run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
