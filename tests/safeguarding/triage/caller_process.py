"""A desk that keeps calls and makes reports of them until it is killed: what it acknowledged it prints.

python -m tests.safeguarding.triage.caller_process FOLDER LOGIN
"""

import sys
from itertools import count
from pathlib import Path

from config import Door
from forum.safeguarding.triage import create_triage_app
from tests.conftest import make_settings
from tests.pages import Visitor
from tests.safeguarding.desk import enter


def main() -> None:
    folder, login = sys.argv[1:]
    worker = enter(Visitor(create_triage_app(make_settings(Path(folder), Door.TRIAGE))), login)
    print("ready", flush=True)
    for number in count():
        worker.get("/phone")
        page = worker.submit("新しく聞きとる")
        told = f"聞きとり{number}番"
        worker.submit("heard", heard=told, button=("step", "keep"))
        print(f"kept {page.url.rsplit('/', 1)[-1]}", flush=True)
        worker.submit("heard", heard=told, button=("step", "report"))
        print(f"made {page.url.rsplit('/', 1)[-1]}", flush=True)


if __name__ == "__main__":
    main()
