"""Safety: which signs a text carries, so that the help that fits comes first and a person reads in time.

Never: judges, scores or accuses; shows the matched words to anybody; stores a text; knows threads.
Public: signs.read_signs (themes that choose doors), danger.read_danger, danger.preview, rules.handling,
cards.cards_for; types. All rules are data (data/*.toml): phrases.py reads themes, wording.py danger.
"""
