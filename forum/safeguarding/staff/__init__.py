"""staff: who signs in at the desk, and the desk's keys in their hands.

Everybody has a key pair of their own whose private half only their password opens; the desk's keys are
sealed to it. So joining, leaving and changing the desk's key need nobody else's password. Three officers
share such a pair, locked once for each two of them. While somebody is signed in their private half lies
in the session row, locked with a key that only their cookie holds: neither alone opens anything.
What it never does: keep a password or an address, open a report, know a case.
access: worker, supervisor, auditor, officer, records, signed_in, me, here, keyring, require_step_up
queries: everybody, invited, sessions_of. service: invite, join, set_groups, change_password, end
signing: sign_in, step_up. officers: prepare, store, recovered. rotation: begin, step, progress
training: links, ensure_key. views.install, commands.install
"""
