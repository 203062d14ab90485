"""Safety: which signs a text carries, so that the door that fits can be offered first.

Never: judges, scores or accuses; shows the matched words to anybody; stores a text; knows threads.
Public: signs.read_signs; types.Signs, types.Theme; phrases.RuleBook (rules are data: data/signs.toml).
"""
