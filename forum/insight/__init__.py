"""insight: what the city learns from the voices, never who spoke.

Once a month it counts what public worries were about (theme by age band and by block, and for which
themes nothing was found), hides small numbers with all that would give them back, and publishes the
table for good; raw counts are not kept. Beside it stands what the city answered to what was written
on its own board. Never: keeps or shows a text, a thread or a hand; writes a sentence by itself;
publishes a month twice.
Public: service.publish_last_month, set_status; queries.months, month, voices.
"""
