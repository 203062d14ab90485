"""exchange: letterbox and desk on two machines without a direct link, by signed files in a folder.

Out go sealed reports and additions with their true arrival; back come sealed answers, the day of reading
and the desk's public keys. Every file may be lost, doubled or read again: only what the other side has
acknowledged is not sent again. Opens nothing and needs no key of the desk.
Each file tells which file of the other side was read last: the desk notices that its own do not arrive.
service: write_files, read_files, trust, own_key, heard_at, fetched_at. rules: silences.
commands: install, run_once.
"""
