"""One-time codes: of now or half a minute beside it, once; recovery codes however they are typed."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from forum.credentials import codes

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOON = datetime(2026, 11, 20, 12, 0, 10, tzinfo=UTC)


def shown(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(at)


def test_the_code_of_rfc_6238_is_accepted() -> None:
    """The RFC's own example, whose secret is the ASCII text 12345678901234567890."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    at = datetime.fromtimestamp(1111111109, UTC)
    assert codes.step_of(secret, "081804", 0, at) == 1111111109 // 30


@pytest.mark.parametrize(
    ("seconds", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_clock_may_be_one_step_wrong(seconds: int, taken: bool) -> None:
    code = shown(NOON + timedelta(seconds=seconds))
    assert (codes.step_of(SECRET, code, 0, NOON) is not None) is taken


def test_a_used_code_and_all_before_it_are_worth_nothing() -> None:
    step = codes.step_of(SECRET, shown(NOON), 0, NOON)
    assert step is not None
    assert codes.step_of(SECRET, shown(NOON), step, NOON) is None
    assert codes.step_of(SECRET, shown(NOON - timedelta(seconds=30)), step, NOON) is None
    assert codes.step_of(SECRET, shown(NOON + timedelta(seconds=30)), step, NOON) == step + 1


def test_full_width_digits_and_a_gap_are_the_same_code() -> None:
    typed = shown(NOON).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert codes.step_of(SECRET, f"{typed[:3]} {typed[3:]}", 0, NOON) is not None


@pytest.mark.parametrize("typed", ["", "abcdef", "12345", "１２３", "٠١٢٣٤٥", "-12345", "🙂🙂🙂🙂🙂🙂"])
def test_what_is_no_code_is_refused_without_a_crash(typed: str) -> None:
    assert codes.step_of(SECRET, typed, 0, NOON) is None


def test_recovery_codes_are_many_different_and_known_however_typed() -> None:
    made = codes.new_recovery()
    assert len(set(made)) == codes.RECOVERY_CODES
    tag = codes.recovery_tag(7, made[0])
    assert tag == codes.recovery_tag(7, f" {made[0].upper().replace('-', ' ')} ")
    assert tag != codes.recovery_tag(8, made[0]), "another person's code opens nothing"
    assert made[0].encode() not in tag


def test_the_picture_needs_no_style_and_asks_nobody() -> None:
    picture = codes.qr(codes.uri(SECRET, "田中", "desk"))
    assert picture.startswith("<svg") and "style" not in picture and "http" not in picture.split(">", 1)[1]
