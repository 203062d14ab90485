"""Where packs lie."""

from pathlib import Path

PACKS = Path(__file__).parent / "packs"


def pack_path(city: str) -> Path:
    """The folder of a pack that came with the house (by its name), or the folder that `city` names."""
    own = PACKS / city
    return own if city.isidentifier() and own.is_dir() else Path(city)
