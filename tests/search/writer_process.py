"""A writer that others kill: python writer_process.py INDEX FIRST_ID, prints each id after its commit."""

import itertools
import sys
from pathlib import Path

from forum.search.engines.whoosh_engine import WhooshEngine
from forum.search.types import DocumentTerms, Row


def row(number: int) -> Row:
    """A document with a word of its own and fifty that others have too."""
    body = tuple(f"w{(number * k) % 2000}" for k in range(50))
    return Row(str(number), DocumentTerms("a", "t", (f"own{number}",), body, (), (), ()))


if __name__ == "__main__":
    engine = WhooshEngine(Path(sys.argv[1]), "stamp")
    for number in itertools.count(int(sys.argv[2])):
        engine.put([row(number)])
        print(number, flush=True)
        if number % 7 == 0:
            engine.purge()
