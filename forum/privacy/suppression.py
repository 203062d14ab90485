"""Small numbers in published tables: hidden, with as much beside them as totals would give back; pure.

A table with its totals is a circulation: every inner cell flows from its row to its column, totals flow
back. A reader who knows what is published can raise a hidden cell by as much as can flow round it
through other hidden cells. A small number is safe when it could be larger by the threshold at least.
(Cell suppression with network flows, as in statistical disclosure control of two-way tables.)
"""

import heapq
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

TOTAL = "total"
Cell = tuple[str, str]
Node = tuple[str, str]


@dataclass(frozen=True)
class Grid:
    """Counts by row and column; what is not in `cells` is nought."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Cell, int]

    def value(self, row: str, column: str) -> int:
        """A cell; row or column TOTAL gives the sum."""
        rows = self.rows if row == TOTAL else (row,)
        columns = self.columns if column == TOTAL else (column,)
        return sum(self.cells.get((one, other), 0) for one in rows for other in columns)

    def with_totals(self) -> dict[Cell, int]:
        """Every cell with every total."""
        return {
            (row, column): self.value(row, column)
            for row in (*self.rows, TOTAL)
            for column in (*self.columns, TOTAL)
        }


@dataclass(frozen=True)
class Shared:
    """A grid among others. Grids with one population share their totals by the names of their axes."""

    grid: Grid
    population: str
    row_axis: str
    column_axis: str

    def key(self, cell: Cell) -> tuple[str, ...] | None:
        """What a total is called in every grid that has it; None for an inner cell."""
        row, column = cell
        if row == TOTAL and column == TOTAL:
            return (self.population,)
        if column == TOTAL:
            return (self.population, self.row_axis, row)
        if row == TOTAL:
            return (self.population, self.column_axis, column)
        return None


def hidden_in(tables: Sequence[Shared], threshold: int) -> tuple[frozenset[Cell], ...]:
    """What to hide in each table, so that no table gives back what another hides."""
    forced: set[tuple[str, ...]] = set()
    while True:
        found = tuple(
            hidden(one.grid, threshold, [cell for cell in one.grid.with_totals() if one.key(cell) in forced])
            for one in tables
        )
        keys = {
            key for one, cells in zip(tables, found, strict=True) for cell in cells if (key := one.key(cell))
        }
        if keys <= forced:
            return found
        forced |= keys


def hidden(grid: Grid, threshold: int, also: Iterable[Cell] = ()) -> frozenset[Cell]:
    """The cells and totals to hide: the small ones, `also`, and what protects the small ones.

    Nought may be told; 1 to threshold - 1 may not.
    """
    values = grid.with_totals()
    small = {cell for cell, value in values.items() if 0 < value < threshold}
    chosen = small | set(also)
    for cell in sorted(small):
        while _room(cell, chosen, values, threshold) < threshold:
            added = _way_round(cell, chosen, values, threshold) - chosen
            chosen |= added or {min(set(values) - chosen, key=lambda one: _cost(one, values))}
    return frozenset(chosen)


def _ends(cell: Cell) -> tuple[Node, Node]:
    """From where to where a cell flows."""
    row, column = ("row", cell[0]), ("column", cell[1])
    return (row, column) if (cell[0] == TOTAL) == (cell[1] == TOTAL) else (column, row)


def _room(cell: Cell, chosen: Collection[Cell], values: Mapping[Cell, int], most: int) -> int:
    """By how much a reader must allow the cell to be larger, up to `most`."""
    start, goal = _ends(cell)[1], _ends(cell)[0]
    flow: dict[Cell, int] = dict.fromkeys(chosen, 0)
    found = 0
    while found < most:
        path = _augmenting(start, goal, cell, flow, values)
        if not path:
            return found
        step = min([most - found, *(values[one] + flow[one] for one, up in path if not up)])
        for one, up in path:
            flow[one] += step if up else -step
        found += step
    return found


def _augmenting(
    start: Node, goal: Node, without: Cell, flow: Mapping[Cell, int], values: Mapping[Cell, int]
) -> list[tuple[Cell, bool]]:
    """A way through hidden cells: up where they grow, down where they can still shrink. Empty if none."""
    came: dict[Node, tuple[Node, Cell, bool]] = {}
    queue, seen = deque([start]), {start}
    while queue:
        here = queue.popleft()
        if here == goal:
            break
        for one in flow:
            tail, head = _ends(one)
            for there, up in ((head, True), (tail, False)):
                if one == without or here != (tail if up else head) or there in seen:
                    continue
                if up or values[one] + flow[one] > 0:
                    seen.add(there)
                    came[there] = (here, one, up)
                    queue.append(there)
    path: list[tuple[Cell, bool]] = []
    while goal != start and goal in came:
        goal, one, up = came[goal]
        path.append((one, up))
    return path


def _cost(cell: Cell, values: Mapping[Cell, int]) -> int:
    """What a reader loses with a cell: totals are worth more than any inner cell."""
    weight = values[(TOTAL, TOTAL)] + 1 if TOTAL in cell else 0
    return values[cell] + 1 + weight


def _way_round(cell: Cell, chosen: Collection[Cell], values: Mapping[Cell, int], threshold: int) -> set[Cell]:
    """The cheapest cells that let a hidden one be larger by the threshold; empty if there are none."""
    start, goal = _ends(cell)[1], _ends(cell)[0]
    best: dict[Node, int] = {start: 0}
    came: dict[Node, tuple[Node, Cell]] = {}
    queue = [(0, start)]
    while queue:
        cost, here = heapq.heappop(queue)
        if cost > best[here]:
            continue
        for one in values:
            tail, head = _ends(one)
            for there, up in ((head, True), (tail, False)):
                if one == cell or here != (tail if up else head) or not (up or values[one] >= threshold):
                    continue
                further = cost + (0 if one in chosen else _cost(one, values))
                if further < best.get(there, further + 1):
                    best[there], came[there] = further, (here, one)
                    heapq.heappush(queue, (further, there))
    way: set[Cell] = set()
    while goal != start and goal in came:
        goal, one = came[goal]
        way.add(one)
    return way
