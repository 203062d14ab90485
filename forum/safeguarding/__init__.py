"""safeguarding: the wing behind the wall, with two doors: intake and triage.

Has its own apps, database, secrets, cookies and log policy. Nobody in the forum imports it; it
imports only ground, instruments and the outbox columns. The doors are empty until the letterbox opens.
"""
