"""watch: nobody's concern stays unseen because a person was away, a mail was lost or a machine stood still.

Sees clear fields alone: moments, groups, who is on duty. Never sees a text, never ends a clock, never
says in a notice more than that something waits.
rules: open_by, state, needs, escalations (pure). roster: holes, on_duty (pure). signs: signs (pure).
service: look, raise_alarm, settle, acknowledge, handled, add_shift, drop_shift, copy_week.
queries: open_alarms, present_signs, week. worker: chores, handlers. views: install.
"""
