"""A city's pack: one folder, read and checked as a whole."""

import hashlib
from collections.abc import Collection
from datetime import datetime
from functools import partial
from pathlib import Path

from forum import clock
from forum.city import counts, moderation, seeds, settings
from forum.city.door_list import read_doors
from forum.city.faults import Fault, Faults, PackError, known
from forum.city.services import read_services
from forum.city.types import CityPack, District, Sample, ServiceRecord
from forum.doors import rules
from forum.doors.types import Door

__all__ = ["CityPack", "Fault", "PackError", "check", "load_pack"]

SAMPLES = "samples.jsonl"
FILES = (
    "city.toml",
    "districts.csv",
    "doors.csv",
    "services.csv",
    "seeds.toml",
    "synonyms.toml",
    moderation.FILE,
    SAMPLES,
)


def check(path: Path) -> list[Fault]:
    """Every fault of the pack in the folder `path`, by file and line; empty when it may be used."""
    faults = Faults()
    _read(path, clock.now(), faults)
    return sorted(faults.found, key=lambda fault: (fault.file, fault.line))


def load_pack(path: Path) -> CityPack:
    """The pack of the folder `path`, with nothing in it that may not be shown.

    Raises PackError with every fault.
    """
    faults = Faults()
    pack = _read(path, clock.now(), faults)
    if pack is None or faults.found:
        raise PackError(sorted(faults.found, key=lambda fault: (fault.file, fault.line)))
    return pack


def _read(path: Path, at: datetime, faults: Faults) -> CityPack | None:
    if not path.is_dir():
        faults.add(path.name or str(path), 1, "市のデータのフォルダーがありません。")
        return None
    city = settings.read_settings(path / "city.toml", faults)
    boards = known([board.id for board in city.boards] if city else [])
    categories = known([category.id for category in city.categories] if city else [])
    districts = settings.read_districts(path / "districts.csv", known(city.blocks if city else []), faults)
    names = known([district.name for district in districts])
    whole = read_doors(path / "doors.csv", city.face_to_face_line if city else "", at, faults)
    services = read_services(path / "services.csv", categories, names, whole, faults)
    day = clock.local(at).date()
    doors = tuple(rules.shown(door, day) for door in whole)
    written = _numbers(doors, services)
    numbers = frozenset[str]().union(*(rules.numbers_in(number) for number in written))
    seed_list = seeds.read_seeds(
        path / "seeds.toml", boards, known([service.id for service in services]), numbers, faults
    )
    child_counts = counts.read_counts(path, names, faults)
    places = known([*city.blocks, *names] if city and city.blocks and districts else [])
    seeds.read_samples(path / SAMPLES, boards, places, numbers, faults)
    seeds.check_synonyms(path / "synonyms.toml", categories, faults)
    care = moderation.read_moderation(path / moderation.FILE, faults)
    if city is None or care is None:
        return None
    return CityPack(
        id=city.id,
        name=city.name,
        site_name=city.site_name,
        prefecture=city.prefecture,
        time_zone=settings.TIME_ZONE,
        domain_words=city.domain_words,
        notes=city.notes,
        blocks=city.blocks,
        districts=districts,
        boards=city.boards,
        age_bands=city.age_bands,
        categories=city.categories,
        services=services,
        doors=doors,
        seeds=seed_list,
        counts=child_counts,
        moderation=care,
        place_words=_place_words(city, districts),
        service_numbers=written,
        synonym_paths=(path / "synonyms.toml",),
        content_hash=_content_hash(path),
        read_samples=partial(_samples, path / SAMPLES, boards, places, numbers),
    )


def _samples(
    path: Path, boards: Collection[str], places: Collection[str], numbers: frozenset[str]
) -> tuple[Sample, ...]:
    return seeds.read_samples(path, boards, places, numbers, Faults())


def _numbers(doors: tuple[Door, ...], services: tuple[ServiceRecord, ...]) -> frozenset[str]:
    """Every telephone number that may stand in public, as written."""
    cells = [number for door in doors for number in (door.number, door.other_number)]
    cells.extend(part.strip() for service in services for part in service.phone.split("/"))
    return frozenset(cell for cell in cells if cell)


def _place_words(city: settings.CitySettings, districts: tuple[District, ...]) -> tuple[str, ...]:
    """Names of places in and around the city, longest first."""
    words = {city.name, city.prefecture, *city.domain_words, *city.blocks}
    words.update(district.name for district in districts)
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _content_hash(path: Path) -> str:
    """16 hex digits over the bytes of the pack's files and the national base."""
    digest = hashlib.sha256(settings.NATIONAL.read_bytes())
    # A file that a pack may leave out changes no hash by being absent.
    for name in (*FILES, *(file for file in (counts.FILE,) if (path / file).exists())):
        file = path / name
        digest.update(f"\0{name}\0".encode())
        digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()[:16]
