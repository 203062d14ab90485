"""exchange: letterbox and desk on two machines without a direct link, by signed files in a folder.

Out go sealed reports and additions with their true arrival; back come sealed answers, the day of reading
and the desk's public keys. Every file may be lost, doubled or read again: only what the other side has
acknowledged is not sent again. Opens nothing and needs no key of the desk.
service: write_files, read_files, trust, own_key, heard_at. commands: install, run_once.
"""
