"""`python -m forum.supervise`: start everything, say where it is, stop it together."""

import os
import sys

from config import Door, SettingsError
from forum.supervise.loop import Supervisor
from forum.supervise.plan import Plan, StartRefused, lock, plan

NAMES = {
    Door.FORUM: ("みんなの掲示板", "the forum"),
    Door.INTAKE: ("相談の受付", "the letterbox"),
    Door.TRIAGE: ("担当者の机", "the desk"),
}


class Screen:
    """Lines for the person who started us; goes on in silence when nobody listens any more."""

    def __init__(self) -> None:
        self.open = True
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace", line_buffering=True)

    def write(self, line: str) -> None:
        """Show one line."""
        if not self.open:
            return
        try:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
        except OSError:
            self.open = False
            # Python flushes once more at exit, and would complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)

    def say(self, name: str, line: str) -> None:
        """Show a line of a child; without a name it is our own."""
        self.write(f"{name:>8} | {line}" if name else f"       * | {line}")


def welcome(decided: Plan) -> list[str]:
    """The addresses in plain words."""
    lines = ["", "子育てのわ を開きました。 / Kosodate no Wa is open.", ""]
    for door, (japanese, english) in NAMES.items():
        lines.append(f"  {decided.listening.address(door)}   {japanese} / {english}")
    lines.append("")
    if decided.samples:
        lines.append("見本の相談が入った、お試し用です。 / A demonstration, with sample threads.")
    lines += ["終わるときは Ctrl-C を押します。 / Ctrl-C ends everything.", ""]
    return lines


def moved(decided: Plan, asked: str) -> list[str]:
    """Say which doors could not have the port they were meant to have."""
    first = int(asked)
    ports = decided.listening.ports
    return [
        f"port {first + number} is taken: {door} listens on {ports[door]}"
        for number, door in enumerate(Door)
        if ports[door] != first + number
    ]


def main() -> int:
    """Run the instance; returns the exit code."""
    os.umask(0o077)  # databases, secrets and index are for this user alone
    screen = Screen()
    try:
        decided = plan(os.environ)
        held = lock(decided.instance)
    except (SettingsError, StartRefused) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}. Name another folder with INSTANCE=.\n")
        return 2
    screen.say("", f"instance {decided.instance}")
    for line in moved(decided, os.environ.get("PORT") or "8000"):
        screen.say("", line)

    def ready() -> None:
        decided.settled.remember()
        for line in welcome(decided):
            screen.write(line)

    code = Supervisor(decided.children, screen.say, ready).run()
    screen.say("", "stopped")
    held.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
