"""outbox: a promise written in the same transaction as the change it tells of.

An event carries a name and the id of its subject, never text. Delivery is at least once: a handler
re-reads the present state, so that order and repetition do not matter. Each wing has its own table.

service: record(), content_version(); relay: run_once(), set_aside()
"""
