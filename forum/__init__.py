"""子育てのわ: a city's parenting peer-support forum.

Map of the house (imports go down only):
6 cli, evaluation, supervise: commands; quality figures; the start of all processes
5 samples, app, wiring: seeds and samples; the forum's rooms together; who hears which event
4 ask: a worry gets its answer at once | safeguarding: alone behind the wall
3 board, directory, search: threads and posts; services for families; the index of past threads
2 visitors: the anonymous hand of a parent
1 outbox, city, doors, web, privacy, safety: instruments
0 db, storage, migrating, language, clock, ids, errors: no knowledge of the product
"""

__version__ = "0.1.0"
