"""Examples of what can be asked, of what the matter's own documents hold."""

from django.db.models import QuerySet

from reviewapp.briefs.models import Brief
from reviewapp.documents.models import Document

NAME_CHARACTERS = 60
LOOKED_AT = 50


def examples(documents: QuerySet[Document]) -> list[str]:
    """Up to four questions about laws, parties and expiries that briefs hold; none without briefs."""
    briefs = list(Brief.objects.filter(document__in=documents).select_related("document")[:LOOKED_AT])
    found: list[str] = []
    laws = {brief.law: brief for brief in briefs if brief.law}
    ending = [brief for brief in briefs if brief.expiry]
    called = [brief for brief in briefs if _party(brief)]
    if ending:
        of = next((brief for brief in ending if _party(brief)), None)
        found.append(
            f"When does the {_party(of)} agreement expire?" if of else "When does each document expire?"
        )
    if called:
        found.append(f"What is the governing law of the {_party(called[-1])} agreement?")
    if len(laws) > 1:
        found.append(f"Which contracts are governed by the laws of {min(laws)}?")
    years = sorted({brief.expiry[:4] for brief in ending if brief.expiry[:4].isdigit()})
    if len(ending) > 1 and years:
        found.append(f"Which contracts expire in {years[-1]}?")
    return found[:4]


def _party(brief: Brief) -> str:
    """The name of a party that a question can call the document by; empty where there is no short one."""
    names = (name.strip() for name in brief.parties.split(";"))
    return next((name for name in names if 0 < len(name) <= NAME_CHARACTERS), "")
