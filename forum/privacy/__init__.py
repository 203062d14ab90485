"""Privacy: what a text must not carry when it becomes public, and how text becomes HTML.

Never: stores a text, knows threads or visitors, decides whether something is published.
Public: input.clean_input, input.visible_length; masking.mask; html.render; types.Masked, types.Span.
A new kind of detail is one more function in masking.DETECTORS. Names are told by what a sentence does
with them (relatives, introductions, known_names on shapes, words and the lists of data/); institutions
and employers by belonging there (belongs).
"""
