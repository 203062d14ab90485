"""A published table must not give back a small number: tried by somebody who does the sums."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from forum.privacy.suppression import TOTAL, Cell, Grid, Shared, hidden, hidden_in

THRESHOLD = 4


def grid(*rows: tuple[int, ...]) -> Grid:
    cells = {(f"r{i}", f"c{j}"): value for i, row in enumerate(rows) for j, value in enumerate(row)}
    return Grid(tuple(f"r{i}" for i in range(len(rows))), tuple(f"c{j}" for j in range(len(rows[0]))), cells)


@st.composite
def grids(draw: st.DrawFn, most_rows: int = 5, most_columns: int = 4) -> Grid:
    columns = draw(st.integers(1, most_columns))
    number = st.one_of(st.just(0), st.integers(0, 6), st.integers(0, 60))
    row = st.tuples(*[number] * columns)
    return grid(*draw(st.lists(row, min_size=1, max_size=most_rows)))


def small_cells(of: Grid) -> set[Cell]:
    return {cell for cell, value in of.with_totals().items() if 0 < value < THRESHOLD}


def sums(of: Grid) -> list[list[tuple[Cell, int]]]:
    """What every reader knows: the cells of a line less its total come to nought."""
    lines = [
        [((row, column), 1) for column in of.columns] + [((row, TOTAL), -1)] for row in (*of.rows, TOTAL)
    ]
    return lines + [
        [((row, column), 1) for row in of.rows] + [((TOTAL, column), -1)] for column in (*of.columns, TOTAL)
    ]


def solved(equations: list[list[tuple[Cell, int]]], secret: frozenset[Cell]) -> set[Cell]:
    """The hidden cells that the sums alone determine (Gauss, in fractions)."""
    unknown = sorted(secret)
    place = {cell: number for number, cell in enumerate(unknown)}
    matrix = []
    for equation in equations:
        line = [Fraction(0)] * len(unknown)
        for cell, sign in equation:
            if cell in place:
                line[place[cell]] += sign
        matrix.append(line)
    pivots: list[tuple[int, list[Fraction]]] = []
    for line in matrix:
        for at, row in pivots:
            line = [a - line[at] * b for a, b in zip(line, row, strict=True)]
        at = next((i for i, value in enumerate(line) if value), None)
        if at is None:
            continue
        line = [value / line[at] for value in line]
        pivots = [(p, [a - row[at] * b for a, b in zip(row, line, strict=True)]) for p, row in pivots]
        pivots.append((at, line))
    return {unknown[at] for at, line in pivots if sum(1 for value in line if value) == 1}


def possible(of: Grid, secret: frozenset[Cell], cell: Cell, most: int) -> set[int]:
    """Every value that the cell could have, found by trying out all tables."""
    values = of.with_totals()
    inner = [one for one in secret if TOTAL not in one]
    seen = set()
    for guess in product(range(most + 1), repeat=len(inner)):
        tried = Grid(of.rows, of.columns, {**of.cells, **dict(zip(inner, guess, strict=True))})
        totals = tried.with_totals()
        if all(totals[one] == value for one, value in values.items() if one not in secret):
            seen.add(totals[cell])
    return seen


@given(grids())
@settings(max_examples=150, deadline=None)
def test_no_small_number_is_shown_and_none_follows_from_the_sums(of: Grid) -> None:
    secret = hidden(of, THRESHOLD)
    assert small_cells(of) <= secret
    assert not solved(sums(of), secret) & small_cells(of)


@given(grids(most_rows=2, most_columns=2))
@settings(max_examples=60, deadline=None)
def test_whoever_tries_all_tables_must_allow_larger_numbers(of: Grid) -> None:
    of = Grid(of.rows, of.columns, {cell: min(value, 7) for cell, value in of.cells.items()})
    secret = hidden(of, THRESHOLD)
    for cell in small_cells(of):
        found = possible(of, secret, cell, most=14)
        assert max(found) >= of.value(*cell) + THRESHOLD, f"{cell} lies within {found}"


def test_a_single_small_number_is_not_given_back_by_the_total() -> None:
    of = grid((20, 2, 30), (40, 50, 60), (10, 70, 80))
    secret = hidden(of, THRESHOLD)
    assert len(secret) == 4 and ("r0", "c1") in secret
    assert not any(TOTAL in cell for cell in secret), "the totals may stay"


def test_hiding_only_the_small_number_would_have_been_seen_through() -> None:
    """So that the tests above can fail."""
    of = grid((20, 2), (40, 50))
    assert ("r0", "c1") in solved(sums(of), frozenset({("r0", "c1")}))
    assert possible(of, frozenset({("r0", "c1")}), ("r0", "c1"), most=14) == {2}


def test_two_small_ones_that_can_only_be_one_each_are_protected_too() -> None:
    of = grid((1, 1), (8, 9))
    pair = frozenset({("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")})
    assert max(possible(of, pair, ("r0", "c0"), most=10)) == 2, "hiding inner cells alone is not enough"
    secret = hidden(of, THRESHOLD)
    assert max(possible(of, secret, ("r0", "c0"), most=10)) >= 1 + THRESHOLD


def test_nothing_small_means_nothing_hidden() -> None:
    assert hidden(grid((10, 0), (20, 30)), THRESHOLD) == frozenset()


def test_one_lonely_number_is_hidden_with_all_its_totals() -> None:
    assert hidden(grid((3,)), THRESHOLD) == {("r0", "c0"), ("r0", TOTAL), (TOTAL, "c0"), (TOTAL, TOTAL)}


def test_a_total_hidden_in_one_table_is_hidden_in_every_table_that_has_it() -> None:
    first = Shared(grid((1, 1), (30, 40)), "found", "age", "kind")
    second = Shared(grid((11, 21), (20, 20)), "found", "who", "kind")
    other = Shared(grid((11, 21), (20, 20)), "received", "who", "kind")
    secrets = hidden_in((first, second, other), THRESHOLD)
    shared = {first.key(cell) for cell in secrets[0] if first.key(cell)}
    assert ("found", "age", "r0") in shared
    assert {second.key(cell) for cell in secrets[1]} >= {key for key in shared if key[1:2] != ("age",)}
    assert secrets[2] == frozenset()
