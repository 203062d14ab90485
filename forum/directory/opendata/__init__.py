"""Published files of municipalities, read into records: every row and every column accounted for.

What it is for: open data of any city, in the shapes in which it is really published.
What it never does: drop a row, a column or a cell in silence; guess a value; touch a database.

- `reading.open_table(path)`: a file as header and rows, whatever its encoding and container
- `columns.understood(header)`: which known column each one is, by name and never by place
- `cells`: one cell as a value, or why not
- `records.read(path, bounds)`: records and the account of a file; `kinds`: what a file is about
"""
