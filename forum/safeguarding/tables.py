"""Every table of the wing, for whoever makes or moves the whole vault."""

from forum.safeguarding.cases import models as cases_models
from forum.safeguarding.exchange import models as exchange_models
from forum.safeguarding.vault import models as vault_models

ALL = (vault_models, cases_models, exchange_models)
