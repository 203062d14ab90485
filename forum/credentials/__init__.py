"""credentials: passwords, one-time codes, recovery codes, delays and session rules, for both wings.

Pure: knows no database, no request and neither wing; keeps nothing. Rooms that sign people in bring the rows.
passwords: check_new, hashed, fits, key_of. codes: new_secret, uri, qr, step_of, new_recovery, tag_of.
delays: wait. sessions: new_token, tag_of_token, alive, stepped_up.
"""
