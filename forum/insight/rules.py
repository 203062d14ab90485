"""From worries to tables that may be published; pure."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from forum.clock import TOKYO
from forum.errors import Refused
from forum.insight.types import Status, Table, Told
from forum.privacy.suppression import TOTAL, Grid, Shared, hidden_in

NONE = ""  # not told, or asked for nothing of a known kind
MET, UNMET = "met", "unmet"
REASON_LEAST, REASON_MOST = 5, 1000


def last_month(today: date) -> str:
    """The month before this one, as 2026-10."""
    return (today.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def bounds(month: str) -> tuple[datetime, datetime]:
    """Beginning of the month and of the next, in Japan's time, as UTC. Raises ValueError."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=32)).replace(day=1)
    begin, end = (datetime.combine(day, time(), TOKYO).astimezone(UTC) for day in (first, following))
    return begin, end


def tables(told: Sequence[Told], ages: Sequence[str], blocks: Sequence[str], least: int) -> tuple[Table, ...]:
    """Themes by what was found, by age, by block: unmet needs first, numbers below `least` hidden.

    The three tables count the same worries, so what one hides none of the others gives back. Ages and
    blocks come in the city's order, those who told nothing last.
    """
    unmet = Counter(one.theme for one in told if not one.met)
    all_told = Counter(one.theme for one in told)
    themes = sorted(all_told, key=lambda theme: (theme == NONE, -unmet[theme], -all_told[theme], theme))
    grids = [
        _shared(told, themes, (UNMET, MET), "found", lambda one: MET if one.met else UNMET),
        _shared(told, themes, (*ages, NONE), "age", lambda one: one.age),
        _shared(told, themes, (*blocks, NONE), "block", lambda one: one.block),
    ]
    hiding = hidden_in(grids, least)
    return tuple(_table(grid, cells) for grid, cells in zip(grids, hiding, strict=True))


def _shared(
    told: Sequence[Told],
    themes: Sequence[str],
    columns: Sequence[str],
    axis: str,
    column_of: Callable[[Told], str],
) -> Shared:
    cells = Counter((one.theme, column_of(one)) for one in told)
    return Shared(Grid(tuple(themes), tuple(columns), cells), "worries", "theme", axis)


def _table(shared: Shared, hiding: frozenset[tuple[str, str]]) -> Table:
    grid = shared.grid
    cells = tuple(
        tuple(
            None if (row, column) in hiding else grid.value(row, column) for column in (*grid.columns, TOTAL)
        )
        for row in (*grid.rows, TOTAL)
    )
    return Table(shared.column_axis, grid.rows, grid.columns, cells)


def check_answer(status: Status, reason: str, before: Status | None) -> None:
    """A city's answer says something new, and a no says why. Raises Refused same_status, reason_missing
    or reason_too_long."""
    if status is before:
        raise Refused("same_status")
    if status is not Status.RECEIVED and len(reason) < REASON_LEAST:
        raise Refused("reason_missing", least=REASON_LEAST)
    if len(reason) > REASON_MOST:
        raise Refused("reason_too_long", most=REASON_MOST)
