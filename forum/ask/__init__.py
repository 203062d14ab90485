"""ask: a worry comes in, an answer leaves at once.

Owns the home page, the box, the thread page with its answer, the search page, the cards for one who
cannot put it into words, the memo and the counter. Never says that somebody's case is dangerous.

leads: lead_of(), ways() to the letterbox; posters: draw()
helping: page(), what a writer meets whose text waits; help_rules: which doors
service: answer_for(); posting: post_worry(); sorting: sentences_of(); handoff: keep(), take(), expire()
"""
