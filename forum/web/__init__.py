"""web: what every page shares, for every door.

access: the mark each route wears; headers: one literal policy; origin: a changing request is ours;
forms, once: tokens, messages, the same form sent twice; caching: public pages are the same bytes for
everybody; limits: without stored addresses; pages: errors in words; filters: dates in words.
Knows no room and no city.
"""
