"""Japanese text: one spelling, words, and the concepts that parents' words stand for.

Never: knows threads, services, a city or a database; never keeps a text after the call.
Public: normalise.normalise, normalise.to_katakana, normalise.to_hiragana;
tokens.analyse, tokens.words, tokens.reading_grams, tokens.analyser_stamp;
concepts.Thesaurus (.load, .find, .stamp);
furigana.pieces (readings above kanji); fonts.font_path, register, missing_glyphs, printable (papers).
"""
