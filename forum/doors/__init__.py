"""Doors: people who answer, by telephone, chat or at a counter, and which of them answers now.

What it is for: read opening hours, say whether a door is open and when it opens next, and choose
the door that fits a worry.
What it never does: show the number or hours of a door that is not reviewed (`rules.shown` is the
one place), know a number or a city of its own, or name the line for concerns in an ordinary worry.

- `hours.Schedule.parse(text)`, `.is_open(at)`, `.next_opening(at)`, `.next_change(at)`
- `choice.choose(doors, themes, at)`, `choice.offers(doors, at)`, `choice.next_change(doors, at)`
- `rules.shown(door, day)`, `rules.numbers_in(text)`
"""
