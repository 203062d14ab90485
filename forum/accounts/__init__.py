"""accounts: the staff of the forum: who signs in, as what, and the record of what they did.

Password (argon2id) and one-time code are always asked; sessions are rows here, found by a random cookie
that is sent to /staff pages only. The record takes lines and gives none back.
What it never does: know a parent, keep a password or an address, decide about a text.
access: staff (the mark), me, here, require_step_up. audit: record, name_verbs. console: register
queries: everybody, with_role, find_person, invited, sessions_of, audit_lines
service: invite, invite_again, join, set_roles, change_password, end. signing: sign_in, step_up, end_session
training: links. views.install, commands.staff
"""
