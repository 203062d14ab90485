"""cases: everything done about a concern after it arrived, and the only ways in which its clock ends.

Children and who saw them, people, chronology, tasks, who holds it, conflicts, merging, closing, keeping.
Every word, name and place is sealed to the desk; in clear stand only ids, moments and kinds.
It never ends a clock, merges, closes or erases by itself: each has a person's name behind it.
`queries.case/inbox/hidden_from` read what is clear, `reading.*` what is sealed (the caller holds the
desk's keys and has written the audit line), `service.*` changes: each change takes the version that
the worker saw. `papers.papers_view` is the only text that may leave the desk. `blocks.ALL` are the
parts of the case page, `views.bp` the routes; `setting.install` adds parts of other rooms.
"""
