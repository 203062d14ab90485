"""Every table of the wing, for whoever makes or moves the whole vault."""

from forum.safeguarding.vault import models as vault_models

ALL = (vault_models,)
