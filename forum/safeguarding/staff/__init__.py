"""staff: who signs in at the desk, and the desk's key in their hands.

Every worker has a key pair of their own whose private half only their password opens; the desk's keys are
sealed to it. So inviting, leaving and changing the desk's key never need anybody else's password. While
somebody is signed in, their private half lies in the session row, locked with a random key that only their
cookie holds: neither the database nor the cookie alone opens anything.
What it never does: keep a password, open a report, know a case.
access: worker, supervisor, auditor, officer, signed_in, me, keyring, require_step_up. desk_keys: make,
recover, rotate. service: invite, join, sign_in, end. views: bp.
"""
