"""What an instance consists of: three doors, two workers, and what must be done before they start."""

import fcntl
import ipaddress
import os
import socket
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from config import ROOT, Door, Mode, Settings, load_settings
from forum.supervise.children import Child, Health
from forum.supervise.settled import Settled

LOOPBACK = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 200
# Processes and threads of each door. The public door serves pages; the wing's doors few people.
# A slow line that brings a photo holds a thread of the letterbox; it has many.
SIZES = {Door.FORUM: (2, 4), Door.INTAKE: (1, 16), Door.TRIAGE: (1, 4)}
# What must be done before a wing's doors open, by name.
TASKS = {"setup": Door.FORUM, "vault": Door.INTAKE}
# Each wing sees its own database only. One secret file for all doors would tie them together.
_WITHHELD = {
    Door.FORUM: ("KOSODATE_SECRET_FILE", "VAULT_DATABASE_URL"),
    Door.INTAKE: ("KOSODATE_SECRET_FILE", "DATABASE_URL"),
    Door.TRIAGE: ("KOSODATE_SECRET_FILE", "DATABASE_URL"),
}
_ALWAYS_WITHHELD = ("FLASK_APP", "FLASK_DEBUG", "PYTHONPATH", "PYTHONSAFEPATH", "PYTHONWARNINGS")


class StartRefused(Exception):
    """The instance cannot start so; the sentence says why and what mends it."""


@dataclass(frozen=True)
class Listening:
    """Where the doors listen. `tls` is (certificate, key) or None."""

    host: str
    ports: Mapping[Door, int]
    tls: tuple[Path, Path] | None
    name: str = ""  # the host name the public doors answer to, if they do not answer to every one

    def host_of(self, door: Door) -> str:
        """The desk stays on loopback whatever HOST says: the city's own network reaches it by a proxy."""
        return LOOPBACK if door is Door.TRIAGE else self.host

    def address(self, door: Door) -> str:
        """The address to type into a browser."""
        scheme = "https" if self.tls else "http"
        host = self.host_of(door)
        if host != LOOPBACK:
            host = self.name or (socket.gethostname() if _is_everywhere(host) else host)
        return f"{scheme}://{_bracketed(host)}:{self.ports[door]}/"


@dataclass(frozen=True)
class Plan:
    """Everything that was decided before the first process starts."""

    instance: Path
    samples: bool
    listening: Listening
    children: tuple[Child, ...]
    settled: Settled


def plan(environ: Mapping[str, str]) -> Plan:
    """Read the settings, prepare the instance folder and its secrets, choose ports.

    Raises StartRefused or config.SettingsError, each with one sentence.
    """
    env = {name: value for name, value in environ.items() if name not in _ALWAYS_WITHHELD}
    env.pop("KOSODATE_SECRET_FILE", None)
    tls = chosen_tls(env)
    host = chosen_host(env, tls)
    if tls:
        env["KOSODATE_TLS"] = "1"
    settings = {door: load_settings(door, env) for door in Door}
    instance = settings[Door.FORUM].instance
    close_folder(instance)
    name = next(iter(settings[Door.FORUM].hosts), "")
    listening = Listening(host, chosen_ports(env, host), tls, name)
    env = addresses(listening) | env
    settled = Settled(settings[Door.FORUM], settings[Door.INTAKE])
    tasks = [] if settled.still() else _tasks(env)
    done_first = {child.name for child in tasks}
    others = [*(_door(one, env, listening) for one in settings.values()), *_workers(env)]
    if settings[Door.TRIAGE].mode is Mode.DEMO:
        others.append(_training("desk", env, Door.TRIAGE, "training"))
        if _is_loopback(host) and _is_loopback(urlsplit(env["KOSODATE_FORUM_URL"]).hostname or ""):
            others.append(_training("staff", env, Door.FORUM, "staff", "training"))
    children = [*tasks, *(_after_tasks(child, done_first) for child in others)]
    return Plan(instance, settings[Door.FORUM].samples, listening, tuple(children), settled)


def addresses(listening: Listening) -> dict[str, str]:
    """What the doors must know of each other's addresses, unless the settings say otherwise."""
    letterbox = listening.address(Door.INTAKE)
    return {
        "KOSODATE_FORUM_URL": listening.address(Door.FORUM),
        "KOSODATE_LETTERBOX_URL": letterbox,
        "KOSODATE_HATCH_URL": letterbox,
        "KOSODATE_DESK_URL": listening.address(Door.TRIAGE),
    }


def chosen_tls(env: Mapping[str, str]) -> tuple[Path, Path] | None:
    """Certificate and key, if both are given and can be read."""
    names = ("TLS_CERT", "TLS_KEY")
    given = [Path(env[name]).resolve() for name in names if env.get(name)]
    if not given:
        return None
    if len(given) == 1:
        raise StartRefused("TLS_CERT and TLS_KEY belong together: give both or none.")
    for name, path in zip(names, given, strict=True):
        if not os.access(path, os.R_OK):
            raise StartRefused(f"{name}={env[name]}: this file cannot be read.")
    return given[0], given[1]


def chosen_host(env: Mapping[str, str], tls: tuple[Path, Path] | None) -> str:
    """The address to listen on: loopback, or any other one if there is TLS."""
    host = env.get("HOST") or LOOPBACK
    if not _is_loopback(host) and tls is None:
        raise StartRefused(
            f"HOST={host}: other machines are served over TLS only. "
            "Give TLS_CERT and TLS_KEY as well, or leave HOST out."
        )
    return host


def chosen_ports(env: Mapping[str, str], host: str) -> dict[Door, int]:
    """PORT and the two after it, or the next free ones."""
    text = env.get("PORT") or str(FIRST_PORT)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65_000):
        raise StartRefused(f"PORT={text}: write a number from 1 to 64999.")
    ports: dict[Door, int] = {}
    for number, door in enumerate(Door):
        address = LOOPBACK if door is Door.TRIAGE else host
        ports[door] = _free_port(address, int(text) + number, taken=set(ports.values()))
    return ports


def _free_port(host: str, first: int, taken: set[int]) -> int:
    for port in range(first, first + PORTS_TRIED):
        if port not in taken and _can_bind(host, port):
            return port
    raise StartRefused(f"PORT={first}: no free port among the {PORTS_TRIED} from there on.")


def _can_bind(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server itself does
        try:
            probe.bind((host, port))
        except socket.gaierror as error:
            raise StartRefused(f"HOST={host}: this machine has no such address.") from error
        except OSError as error:
            if isinstance(error, PermissionError):
                raise StartRefused(f"PORT={port}: not allowed for this user; take a higher one.") from None
            return False
    return True


def close_folder(folder: Path) -> None:
    """Let nobody else look into a folder of ours."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in (folder, folder / "secrets"):
        if path.exists() and path.stat().st_uid == os.geteuid() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            path.chmod(0o700)


def lock(instance: Path) -> IO[str]:
    """Hold the instance for this supervisor; two would run two writers of one index. Keep the result."""
    file = (instance / "supervise.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.seek(0)
        number = file.read().strip() or "?"
        file.close()
        raise StartRefused(
            f"This instance is running already (process {number}, folder {instance}). "
            "End it first, or name another folder with INSTANCE=."
        ) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def _environ(env: Mapping[str, str], door: Door) -> dict[str, str]:
    given = {name: value for name, value in env.items() if name not in _WITHHELD[door]}
    return {**given, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}


def _flask(door: Door, *words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "flask", "--app", f"wsgi:{door}", *words)


def _tasks(env: Mapping[str, str]) -> list[Child]:
    return [
        Child(name=name, command=_flask(door, "setup"), cwd=ROOT, environ=_environ(env, door), once=True)
        for name, door in TASKS.items()
    ]


def _after_tasks(child: Child, tasks: set[str]) -> Child:
    """Without the tasks that need not run, nobody waits for them."""
    waits = tuple(name for name in child.after if name in tasks or name not in TASKS)
    return replace(child, after=waits)


def _workers(env: Mapping[str, str]) -> list[Child]:
    # After the doors: whoever waits for the first page should not wait for a worker to read its dictionary.
    doors = tuple(str(door) for door in Door)
    return [
        Child(name=name, command=_flask(door, "worker"), cwd=ROOT, environ=_environ(env, door), after=doors)
        for name, door in (("worker", Door.FORUM), ("courier", Door.TRIAGE))
    ]


def _training(name: str, env: Mapping[str, str], door: Door, *words: str) -> Child:
    """One-time sign-in links for whoever tries the desk or the forum's console, and what there is to do."""
    doors = tuple(str(door) for door in Door)
    environ = _environ(env, door)
    return Child(name=name, command=_flask(door, *words), cwd=ROOT, environ=environ, once=True, after=doors)


def _door(settings: Settings, env: Mapping[str, str], listening: Listening) -> Child:
    door = settings.door
    host, port = listening.host_of(door), listening.ports[door]
    processes, threads = SIZES[door]
    command = [sys.executable, "-m", "gunicorn", f"wsgi:{door}", "--bind", f"{_bracketed(host)}:{port}"]
    command += ["--worker-class", "gthread", "--workers", str(processes), "--threads", str(threads)]
    # At "warning" it would write the addresses of visitors whose request it cannot read.
    command += ["--graceful-timeout", "5", "--log-level", "error"]
    command += ["--forwarded-allow-ips", "", "--no-control-socket"]
    if door is Door.FORUM:
        command += ["--preload"]  # the dictionary is read once and shared by the processes
    if os.access("/dev/shm", os.W_OK):  # noqa: S108  (gunicorn's heartbeat: a slow disk must not look like a dead worker)
        command += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    if listening.tls:
        command += ["--certfile", str(listening.tls[0]), "--keyfile", str(listening.tls[1])]
    return Child(
        name=str(door),
        command=tuple(command),
        cwd=ROOT,
        environ=_environ(env, door),
        after=("setup",) if door is Door.FORUM else ("vault",),
        health=Health(_reachable(host), port, listening.tls is not None, listening.name),
    )


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_everywhere(host: str) -> bool:
    return host in ("0.0.0.0", "::")  # noqa: S104


def _reachable(host: str) -> str:
    """Where to knock when a door listens on every address."""
    if not _is_everywhere(host):
        return host
    return "::1" if ":" in host else LOOPBACK


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
