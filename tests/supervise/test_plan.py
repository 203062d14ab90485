"""What is decided before the first process starts: addresses, secrets, who sees what."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT, Door, SettingsError
from forum.supervise.__main__ import moved, welcome
from forum.supervise.children import Child
from forum.supervise.plan import Plan, StartRefused, chosen_host, lock, plan


def planned(instance: Path, **env: str) -> Plan:
    return plan({"PATH": os.environ["PATH"], "KOSODATE_INSTANCE": str(instance), **env})


def child(decided: Plan, name: str) -> Child:
    return next(c for c in decided.children if c.name == name)


def test_a_taken_port_gives_way_to_the_next_and_that_is_said(tmp_path: Path) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        decided = planned(tmp_path / "i", PORT=str(port))
    ports = decided.listening.ports
    assert port not in ports.values()
    assert len(set(ports.values())) == 3
    assert f"port {port} is taken: forum listens on {ports[Door.FORUM]}" in moved(decided, str(port))
    assert any(f"http://127.0.0.1:{ports[Door.FORUM]}/" in line for line in welcome(decided))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "city.example"])
def test_other_machines_are_refused_without_tls(host: str, tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match="TLS_CERT and TLS_KEY"):
        planned(tmp_path / "i", HOST=host)
    assert not (tmp_path / "i").exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.0.0.2", "::1"])
def test_loopback_needs_no_tls(host: str) -> None:
    assert chosen_host({"HOST": host}, None) == host


def test_with_tls_the_public_doors_open_and_the_desk_stays_inside(tmp_path: Path) -> None:
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).write_text("x")
    cert, key = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")
    decided = planned(tmp_path / "i", HOST="0.0.0.0", TLS_CERT=cert, TLS_KEY=key)
    for name, host in (("forum", "0.0.0.0"), ("intake", "0.0.0.0"), ("triage", "127.0.0.1")):
        command = child(decided, name).command
        assert command[command.index("--bind") + 1].startswith(host + ":")
        assert command[command.index("--certfile") + 1] == cert
        assert child(decided, name).environ["KOSODATE_TLS"] == "1"
    named = planned(tmp_path / "n", HOST="0.0.0.0", TLS_CERT=cert, TLS_KEY=key, KOSODATE_HOSTS="wa.example")
    assert named.listening.address(Door.FORUM) == f"https://wa.example:{named.listening.ports[Door.FORUM]}/"
    assert named.listening.address(Door.TRIAGE).startswith("https://127.0.0.1:")
    assert "0.0.0.0" not in "".join(welcome(decided)), "nobody can open that address"
    with pytest.raises(StartRefused, match="belong together"):
        planned(tmp_path / "i", HOST="0.0.0.0", TLS_CERT=cert)
    with pytest.raises(StartRefused, match=r"TLS_KEY=.*cannot be read"):
        planned(tmp_path / "i", HOST="0.0.0.0", TLS_CERT=cert, TLS_KEY=str(tmp_path / "none.pem"))


@pytest.mark.parametrize("port", ["http", "0", "-1", "70000", "８０００"])
def test_a_port_that_is_none_is_refused(port: str, tmp_path: Path) -> None:
    with pytest.raises(StartRefused, match=f"PORT={port}"):
        planned(tmp_path / "i", PORT=port)


def test_every_door_has_its_own_secret_that_nobody_else_can_read(tmp_path: Path) -> None:
    instance = tmp_path / "folder with spaces" / "i"
    planned(instance, KOSODATE_SECRET_FILE=str(tmp_path / "shared.key"))
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    files = sorted((instance / "secrets").iterdir())
    assert [f.name for f in files] == ["forum.key", "hatch.key", "intake.key", "triage.key"]
    assert len({f.read_text() for f in files}) == 4
    assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}
    assert not (tmp_path / "shared.key").exists()


def test_a_folder_that_others_could_look_into_is_closed(tmp_path: Path) -> None:
    instance = tmp_path / "i"
    (instance / "secrets").mkdir(parents=True)
    instance.chmod(0o755)
    (instance / "secrets").chmod(0o755)
    planned(instance)
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    assert stat.S_IMODE((instance / "secrets").stat().st_mode) == 0o700


def test_neither_wing_is_told_where_the_others_database_is(tmp_path: Path) -> None:
    urls = {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'a.sqlite'}",
        "VAULT_DATABASE_URL": f"sqlite:///{tmp_path / 'b.sqlite'}",
    }
    decided = planned(tmp_path / "i", **urls)
    for name in ("setup", "forum", "worker"):
        environ = child(decided, name).environ
        assert "DATABASE_URL" in environ
        assert "VAULT_DATABASE_URL" not in environ
    for name in ("vault", "intake", "triage", "courier"):
        environ = child(decided, name).environ
        assert "DATABASE_URL" not in environ
        assert "VAULT_DATABASE_URL" in environ
    assert not any("KOSODATE_SECRET_FILE" in c.environ for c in decided.children)
    same = urls["DATABASE_URL"]
    with pytest.raises(SettingsError, match="the same database"):
        planned(tmp_path / "i", DATABASE_URL=same, VAULT_DATABASE_URL=same)


def test_a_debug_switch_left_in_the_shell_reaches_no_door(tmp_path: Path) -> None:
    decided = planned(tmp_path / "i", FLASK_DEBUG="1", PYTHONPATH="/somewhere")
    assert not any({"FLASK_DEBUG", "PYTHONPATH"} & set(c.environ) for c in decided.children)


def test_nothing_is_served_before_its_database_is_ready(tmp_path: Path) -> None:
    decided = planned(tmp_path / "i")
    waiting = {c.name: c.after for c in decided.children if not c.once}
    doors = {"forum": ("setup",), "intake": ("vault",), "triage": ("vault",)}
    assert waiting == {**doors, "worker": tuple(doors), "courier": tuple(doors)}
    assert {c.name: c.after for c in decided.children if c.once} == {
        "setup": (),
        "vault": (),
        "desk": tuple(doors),  # a demonstration's sign-in links, once the desk answers
        "staff": tuple(doors),
    }


@pytest.mark.parametrize(
    ("env", "printed"),
    [
        ({}, {"desk", "staff"}),
        ({"HOST": "localhost"}, {"desk", "staff"}),
        ({"KOSODATE_FORUM_URL": "https://wa.example/"}, {"desk"}),
        ({"HOST": "0.0.0.0", "TLS_CERT": "cert.pem", "TLS_KEY": "key.pem"}, {"desk"}),
    ],
    ids=["loopback", "localhost", "behind a proxy", "other machines"],
)
def test_links_that_sign_in_are_printed_for_the_very_machine_only(
    env: dict[str, str], printed: set[str], tmp_path: Path
) -> None:
    for name in ("cert.pem", "key.pem"):
        (tmp_path / name).write_text("x")
    given = {name: str(tmp_path / value) if "TLS" in name else value for name, value in env.items()}
    decided = planned(tmp_path / "i", **given)
    assert {c.name for c in decided.children if "training" in c.command} == printed


def test_one_instance_is_run_by_one_supervisor(tmp_path: Path) -> None:
    held = lock(tmp_path)
    with pytest.raises(StartRefused, match=f"running already \\(process {os.getpid()}"):
        lock(tmp_path)
    held.close()
    lock(tmp_path).close()


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"HOST": "0.0.0.0"}, "HOST=0.0.0.0: other machines are served over TLS only."),
        ({"KOSODATE_MODE": "holiday"}, "KOSODATE_MODE=holiday"),
        ({"KOSODATE_MODE": "production", "KOSODATE_SAMPLES": "1"}, "KOSODATE_SAMPLES=1"),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence(env: dict[str, str], words: str, tmp_path: Path) -> None:
    given = {"PATH": os.environ["PATH"], "KOSODATE_INSTANCE": str(tmp_path / "i"), **env}
    command = [sys.executable, "-m", "forum.supervise"]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
