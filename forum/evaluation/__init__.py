"""Evaluation: figures for search, similar threads, matching and masking, on files of examples.

What it is for: measure exactly the paths that parents use, so that a change can be judged.
What it never does: open a database, or tune anything.

- `commands.evaluate`: the group of commands, each printing one JSON object
- `metrics`: the formulas; `search.measure`, `similar.measure`, `matching.measure`, `masking.measure`
- `files`: the formats of the examples, one JSON object a line
"""
