"""What is wrong with a pack: file, line and a sentence for city staff."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from config import SettingsError


class Fault(NamedTuple):
    """One fault. `line` counts from 1; `message` is Japanese, because city staff read it."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class PackError(SettingsError):
    """A pack that must not be used, with all its faults."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@dataclass
class Faults:
    """Collects faults while the files are read, so that all of them are told at once."""

    found: list[Fault] = field(default_factory=list)

    def add(self, file: str, line: int, message: str) -> None:
        """Note a fault; the same one is noted once."""
        fault = Fault(file, line, message)
        if fault not in self.found:
            self.found.append(fault)


class _Anything(Collection[str]):
    """Stands for a list that could not be read: what points into it is no second fault."""

    def __contains__(self, word: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def known(words: Iterable[str]) -> Collection[str]:
    """The words to which other files may point; anything at all when there are none."""
    return dict.fromkeys(words) or _Anything()
