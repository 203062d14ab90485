"""Every table of the wing, for whoever makes or moves the whole vault."""

from forum.safeguarding.cases import models as cases_models
from forum.safeguarding.exchange import models as exchange_models
from forum.safeguarding.lookup import models as lookup_models
from forum.safeguarding.meetings import models as meetings_models
from forum.safeguarding.paper import models as paper_models
from forum.safeguarding.screening import models as screening_models
from forum.safeguarding.staff import models as staff_models
from forum.safeguarding.vault import audit_models
from forum.safeguarding.vault import models as vault_models
from forum.safeguarding.watch import models as watch_models

ALL = (
    vault_models,
    audit_models,
    staff_models,
    cases_models,
    screening_models,
    meetings_models,
    watch_models,
    lookup_models,
    paper_models,
    exchange_models,
)
