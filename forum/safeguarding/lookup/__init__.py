"""lookup: finding a family again, by whatever somebody remembers of it.

Opens small sealed summaries in memory while a worker is signed in: names, kana, places, schools,
telephones, ages, sounds and hours. Nothing of it stands on disk but in its seal; nothing is logged.
It never merges, ranks families or shows a number; it never finds a case that is closed to whoever asks.
`service.search` answers the page 「さがす」, `service.history_for` and `service.same_house` run unasked on
every new report, `service.alike` while a telephone report is typed. `memory.Shelf` lets go of what was
opened when the last session ends. `views.install` adds the page to the desk; `block.known` and
`block.suggest` are for the page of a case.
"""
