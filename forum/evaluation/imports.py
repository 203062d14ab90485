"""How much of published files is taken over, and where the rest stays."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from forum.directory.opendata.records import Reader
from forum.directory.opendata.types import Account, Complaint, Unreadable


def measure(paths: Iterable[Path]) -> dict[str, Any]:
    """One entry a file, in the order given; a file that cannot be read says why. Opens no database."""
    return {"command": "import", "files": [_of_file(path) for path in paths]}


def _of_file(path: Path) -> dict[str, Any]:
    try:
        reader = Reader(path)
        for _ in reader.records():
            pass
    except Unreadable as fault:
        return {"file": path.name, "error": fault.reason}
    return _as_dict(reader.account)


def _as_dict(account: Account) -> dict[str, Any]:
    return {
        "file": account.file,
        "kind": account.kind,
        "encoding": account.encoding,
        "rows": account.rows,
        "imported": account.imported,
        "empty": account.empty,
        "repeated_headers": account.repeated_headers,
        "refused": _listed(account.refused),
        "cells_kept_raw": _listed(account.kept_raw),
        "cells_mended": _listed(account.noticed),
        "columns_understood": len(account.columns),
        "columns_not_understood": account.not_understood,
    }


def _listed(complaints: Iterable[Complaint]) -> list[dict[str, Any]]:
    return [complaint.as_dict() for complaint in complaints]
