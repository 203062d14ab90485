"""Settings of one door, read from the environment once, frozen, and refused at the start when wrong.

Every number of the product that is a choice stands here once; tests read it from here.
"""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parent


class SettingsError(Exception):
    """A setting that cannot stand; the sentence names the variable and what mends it."""


class Mode(StrEnum):
    """What this instance is for."""

    DEMO = "demo"
    PRODUCTION = "production"
    TEST = "test"


class Door(StrEnum):
    """The three doors: three processes, three origins, three secrets."""

    FORUM = "forum"
    INTAKE = "intake"
    TRIAGE = "triage"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings of one door. Lengths in characters, sizes in bytes."""

    door: Door
    mode: Mode
    instance: Path
    city: str
    samples: bool
    database_url: str
    secret_key: str
    secure_cookies: bool
    hosts: tuple[str, ...]
    proxies: int
    rate_storage: str
    letterbox_url: str
    forum_url: str
    desk_url: str
    hatch_url: str
    hatch_token: str
    close_url: str
    exchange_out: Path | None
    exchange_in: Path | None

    search_engine: str = "whoosh"  # or "postgres": one index for several machines
    vectors: bool = False  # nearness in meaning, where its table was made; see .make/vectors.sh

    text_min: int = 5
    text_max: int = 2_000
    title_max: int = 60
    body_bytes_max: int = 4 * 1024 * 1024
    report_bytes_max: int = 24 * 1024 * 1024  # a report may bring a few photos
    short_text: int = 20  # below this the sorting cards are offered beside the box
    form_seconds_min: float = 1.0  # time trap: nobody reads and sends a page faster
    form_lifetime: timedelta = timedelta(days=2)
    posts_per_hand: str = "6 per 10 minutes"
    posts_per_address: str = "120 per 10 minutes"  # a city office, a school, a mobile carrier's gate
    typed_per_address: str = "600 per minute"
    searches_per_address: str = "600 per minute"
    codes_per_address: str = "20 per 10 minutes"
    memo_lifetime: timedelta = timedelta(days=7)
    page_size: int = 20
    publish_least: int = 5  # smaller numbers are not published, nor what would give them back
    outbox_tries: int = 8
    hatch_spread: timedelta = timedelta(minutes=30)  # a box leaves at some moment within it; see referrals
    exchange_silence: timedelta = timedelta(minutes=15)  # after it, somebody must look at the other machine


def load_settings(door: Door, environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings of a door.

    Raises SettingsError with one sentence that names the variable.
    """
    env = os.environ if environ is None else environ
    mode = _choice(env, "KOSODATE_MODE", Mode, Mode.DEMO)
    instance = Path(env.get("KOSODATE_INSTANCE") or ROOT / "instance" / mode.value).resolve()
    production = mode is Mode.PRODUCTION
    samples = _flag(env, "KOSODATE_SAMPLES", default=mode is Mode.DEMO)
    if production and samples:
        raise SettingsError(
            "KOSODATE_SAMPLES=1: a production instance never shows sample threads. Set it to 0."
        )
    settings = Settings(
        door=door,
        mode=mode,
        instance=instance,
        city=env.get("KOSODATE_CITY", "otsu"),
        samples=samples,
        search_engine=_search_engine(env),
        vectors=_flag(env, "KOSODATE_VECTORS", default=True),
        database_url=_database_url(env, door, instance),
        secret_key=_secret(env, door.value, mode, instance),
        secure_cookies=_flag(env, "KOSODATE_TLS", default=production),
        hosts=tuple(h for h in env.get("KOSODATE_HOSTS", "").split(",") if h),
        proxies=_number(env, "KOSODATE_PROXIES", 0),
        rate_storage=env.get("KOSODATE_RATE_STORAGE", "memory://"),
        letterbox_url=_url(env, "KOSODATE_LETTERBOX_URL", ""),
        forum_url=_url(env, "KOSODATE_FORUM_URL", ""),
        desk_url=_url(env, "KOSODATE_DESK_URL", ""),
        hatch_url=_url(env, "KOSODATE_HATCH_URL", ""),
        hatch_token=_hatch_token(env, door, mode, instance),
        close_url=_url(env, "KOSODATE_CLOSE_URL", "https://www.jma.go.jp/"),
        exchange_out=_folder(env, "KOSODATE_EXCHANGE_OUT"),
        exchange_in=_folder(env, "KOSODATE_EXCHANGE_IN"),
        hatch_spread=timedelta(seconds=_number(env, "KOSODATE_HATCH_SPREAD", 1800)),
    )
    if production and not settings.secure_cookies:
        raise SettingsError("KOSODATE_TLS=0: a production instance is only served over TLS. Set it to 1.")
    if production and not settings.hosts:
        raise SettingsError("KOSODATE_HOSTS is empty: name the host names this door answers to, by commas.")
    return settings


def _choice(env: Mapping[str, str], name: str, kind: type[Mode], default: Mode) -> Mode:
    value = env.get(name, default.value)
    try:
        return kind(value)
    except ValueError:
        allowed = ", ".join(kind)
        raise SettingsError(f"{name}={value}: choose one of {allowed}.") from None


def _search_engine(env: Mapping[str, str]) -> str:
    value = env.get("KOSODATE_SEARCH", "whoosh")
    if value not in ("whoosh", "postgres"):
        raise SettingsError(f"KOSODATE_SEARCH={value}: choose one of whoosh, postgres.")
    if value == "postgres" and not env.get("DATABASE_URL", "").startswith("postgresql"):
        raise SettingsError("KOSODATE_SEARCH=postgres: it needs a DATABASE_URL of PostgreSQL.")
    return value


def _flag(env: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = env.get(name, "")
    if value == "":
        return default
    if value not in ("0", "1"):
        raise SettingsError(f"{name}={value}: write 1 for yes or 0 for no.")
    return value == "1"


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, "")
    if value == "":
        return default
    if not value.isascii() or not value.isdigit():
        raise SettingsError(f"{name}={value}: write a whole number.")
    return int(value)


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    value = env.get(name, default)
    if value and not value.startswith(("https://", "http://")):
        raise SettingsError(f"{name}={value}: write an address that starts with https://.")
    return value


def _folder(env: Mapping[str, str], name: str) -> Path | None:
    value = env.get(name)
    if not value:
        return None
    if not Path(value).is_dir():
        raise SettingsError(f"{name}={value}: there is no such folder.")
    return Path(value).resolve()


def _database_url(env: Mapping[str, str], door: Door, instance: Path) -> str:
    name = "DATABASE_URL" if door is Door.FORUM else "VAULT_DATABASE_URL"
    other = "VAULT_DATABASE_URL" if door is Door.FORUM else "DATABASE_URL"
    file = "forum.sqlite" if door is Door.FORUM else "vault.sqlite"
    url = env.get(name) or f"sqlite:///{instance / file}"
    if url == env.get(other):
        raise SettingsError(f"{name} and {other} are the same database: the two wings never share one.")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        raise SettingsError(f"{name}: write sqlite:///FILE or postgresql+psycopg://...")
    return url


def _hatch_token(env: Mapping[str, str], door: Door, mode: Mode, instance: Path) -> str:
    """What forum and letterbox share to know each other; empty where a city joins them by no hatch."""
    name = "KOSODATE_HATCH_FILE"
    if door is Door.TRIAGE or (mode is Mode.PRODUCTION and not env.get(name)):
        if door is Door.FORUM and env.get("KOSODATE_HATCH_URL"):
            raise SettingsError(f"{name} is empty: name the file with the secret that both doors share.")
        return ""
    return _secret(env, "hatch", mode, instance, name)


def _secret(
    env: Mapping[str, str], name: str, mode: Mode, instance: Path, variable: str = "KOSODATE_SECRET_FILE"
) -> str:
    """The secret in a file of its own; a demonstration makes it."""
    path = Path(env.get(variable) or instance / "secrets" / f"{name}.key")
    if not path.exists():
        if mode is Mode.PRODUCTION:
            raise SettingsError(f"{variable}: {path.name} is missing; a production door has its own secret.")
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another door was faster: its secret stands
            os.link(fresh, path)
        fresh.unlink()
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < 32:
        raise SettingsError(f"{variable}: the secret in {path.name} is shorter than 32 characters.")
    if mode is Mode.PRODUCTION and path.stat().st_mode & 0o077:
        raise SettingsError(f"{variable}: {path.name} can be read by others; set its mode to 600.")
    return secret
