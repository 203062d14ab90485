"""The hand of a browser: made when it first writes, the same for two taps, gone when told."""

from flask import Flask

from forum.visitors import service


def test_two_taps_on_one_form_make_one_hand(app: Flask) -> None:
    hands = []
    for _ in range(2):
        with app.test_request_context("/"):
            hands.append(service.ensure_hand("ticket-1"))
    with app.test_request_context("/"):
        other = service.ensure_hand("ticket-2")
    assert hands[0] == hands[1] != other


def test_a_present_hand_stays_whatever_the_form(app: Flask) -> None:
    with app.test_request_context("/", headers={"Cookie": "hand=" + "ab" * 10}):
        present = service.hand()
        assert present is not None
        assert service.ensure_hand("ticket-1") == present


def test_a_broken_cookie_is_no_hand(app: Flask) -> None:
    for value in ("", "zz", "ab", "ab" * 11, "%00"):
        with app.test_request_context("/", headers={"Cookie": f"hand={value}"}):
            assert service.hand() is None
