"""visitors: the anonymous hand of a parent, who never signs in.

The browser holds one random secret; a post stores only HMAC(secret, thread id). Never stores a
visitor, an address or a time; never sets a cookie before somebody writes.

service: hand(), ensure_hand(), take_over(), forget(); words: to_words(), from_words();
gate: review(), the one way by which text becomes public
"""
