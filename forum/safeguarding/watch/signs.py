"""What is wrong with the watch itself, judged from facts. Pure.

The worker makes alarms of it; every page of the desk and the address for an outside watcher judge anew,
in their own process: a worker that is dead cannot tell that it is.
"""

from datetime import datetime, timedelta

from forum.clock import local
from forum.safeguarding.watch.types import Facts, Hole, Sign

# The worker looks twice a minute. Three minutes are six rounds without one finished.
SILENT_AFTER = timedelta(minutes=3)
UNSENT_AFTER = timedelta(minutes=5)
STUCK_AFTER = timedelta(minutes=10)
SKEW = timedelta(minutes=2)  # machines that ask for the time differ by less

WORKER, CLOCK, DELIVERY, STUCK, NO_MAIL = "worker", "clock", "delivery", "stuck", "no_mail"
ROSTER, NOBODY, NO_ADDRESS = "roster", "nobody", "no_address"
# Those of which an alarm is made. A dead worker cannot make one: pages and the outside watcher tell of it.
OF_THE_WORKER = (CLOCK, DELIVERY, STUCK, NO_MAIL, ROSTER, NOBODY, NO_ADDRESS)


def signs(facts: Facts) -> tuple[Sign, ...]:
    """Everything that is wrong at `facts.now`, the gravest first."""
    found = []
    if facts.looked_at is None or facts.now - facts.looked_at > SILENT_AFTER:
        found.append(Sign(WORKER, "", _worker_words(facts.looked_at)))
    if is_skewed(facts):
        found.append(Sign(CLOCK, "", "機械の時計が合っていません。期限を、紙でも確かめてください。"))
    found += [Sign(NOBODY, group, "知らせを受ける人が、一人も登録されていません。") for group in facts.nobody]
    if facts.unsent_since is not None and facts.now - facts.unsent_since > UNSENT_AFTER:
        found.append(
            Sign(DELIVERY, "", f"{_moment(facts.unsent_since)}からの知らせが、メールで届いていません。")
        )
    waiting = facts.waiting_since is not None and facts.now - facts.waiting_since > STUCK_AFTER
    if facts.set_aside or waiting:
        found.append(Sign(STUCK, "", "届いたものの処理が、とどこおっています。"))
    if not facts.mail:
        found.append(
            Sign(
                NO_MAIL, "", "メールが設定されていません。知らせは、この画面でだけ見られます。", silent=False
            )
        )
    found += _roster_signs(facts.holes)
    if facts.without_address:
        names = "、".join(facts.without_address)
        found.append(Sign(NO_ADDRESS, "", f"知らせのあて先がない当番：{names}", silent=False))
    return tuple(found)


def is_skewed(facts: Facts) -> bool:
    """True if this clock is behind what was written down, or moved against the machine's own counter."""
    return facts.jumped or (facts.latest_at is not None and facts.latest_at - facts.now > SKEW)


def _worker_words(looked_at: datetime | None) -> str:
    since = f"{_moment(looked_at)}から" if looked_at else "まだ一度も"
    return f"見守りの仕事が、{since}動いていません。新しい連絡を、この画面で確かめてください。"


def _roster_signs(holes: tuple[Hole, ...]) -> list[Sign]:
    first: dict[str, Hole] = {}
    for hole in holes:
        if hole.group not in first or hole.starts_at < first[hole.group].starts_at:
            first[hole.group] = hole
    return [
        Sign(ROSTER, hole.group, f"{_moment(hole.starts_at)}から、当番がいません。", silent=False)
        for hole in first.values()
    ]


def _moment(at: datetime) -> str:
    there = local(at)
    return f"{there.month}月{there.day}日{there.hour}時{there.minute:02d}分"
