"""Start all processes of an instance, keep them running, stop them together.

`python -m forum.supervise` (what `make run` calls). Settings of its own: HOST, PORT, TLS_CERT, TLS_KEY;
the rest is read by config.py.

Never: imports a room (each door and worker is a process of its own), gives one wing the other's
database or secret, serves other machines without TLS.

Public: children.Child, loop.Supervisor, plan.plan.
"""
