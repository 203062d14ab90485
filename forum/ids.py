"""Short public ids that cannot be counted or guessed."""

import secrets

# Crockford's base 32, lower case: no i, l, o, u, so that an id read aloud stays itself.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 10


def new_public_id() -> str:
    """Ten characters, 50 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
