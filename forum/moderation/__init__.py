"""moderation: what waits for a person, what was decided and why, and who looks when.

Never decides by itself for good, never knows who reported or wrote, never carries a thread or a tag to
those who protect children: only text and date, after two people said so.

service: look(), claim(), release(), open_text(); deciding: decide(), confirm(); flags: flag();
answers: repost(), appeal(); named: file(), settle(); alarms: watch(); training: fill()
queries: items(), writer_letters(), waiting(), writer_message(); reading: Reading
"""
