"""City: everything that differs from city to city, read from one folder and checked at the start.

What it is for: load a city's pack (words, districts, boards, categories, services, doors, seeds,
synonyms, samples) as frozen values, and tell city staff every fault with file and line.
What it never does: hand out a telephone number or hours that are not reviewed: they are gone
from the records before anybody else sees them.

- `pack.load_pack(path)` -> CityPack, or PackError; `pack.check(path)` -> every Fault
- `places.pack_path(name)` -> the folder of a pack; `current.current()` -> the running app's pack
The format of a pack is described in packs/README.md.
"""
