"""credentials: passwords, one-time codes, recovery codes, delays and session rules, for both wings.

Pure functions and columns: knows no database handle, no request and neither wing; keeps nothing. Rooms
that sign people in bring the tables. A password never leaves `passwords`; an address never enters a row.
passwords: check_new, hashed, fits, key_of. codes: new_secret, uri, qr, step_of, new_recovery, recovery_tag,
new_token, tag_of. delays: wait, first_try_at, tag. sessions: alive, stepped_up, device. columns: mixins.
passkeys are not here: a password and a one-time code are always asked.
"""
