"""What a document can be called by: for questions that name one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from consolidation.briefs.fields import Brief
from consolidation.briefs.making import opening_facts


@dataclass(frozen=True, slots=True)
class Described:
    """The names of a document, from its own text and its file name.

    Attributes:
        document_id: whatever names it to the caller.
        file_name: as received.
        titles: its title, other readings of it, and the title of the agreement that it amends.
        parties: names of its parties.
        short_names: what it calls them for short.
        roles: the roles it gives them ("Distributor").
        dates: when it was made and took effect, in ISO 8601, as far as they are known.
        mentioned: other names that it mentions often.
    """

    document_id: str
    file_name: str
    titles: tuple[str, ...]
    parties: tuple[str, ...]
    short_names: tuple[str, ...]
    roles: tuple[str, ...]
    dates: tuple[str, ...]
    mentioned: tuple[str, ...]


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(word.split()) for word in words))


def described_by(brief: Brief, file_name: str, document_id: str = "") -> Described:
    """The names of a document whose brief is made."""
    titles = [f for type_ in ("title", "amended_title") if (f := brief.first(type_))]
    dates = [f for type_ in ("agreement_date", "effective_date") if (f := brief.first(type_))]
    return Described(
        document_id,
        file_name,
        _once(one.value for title in titles for one in (title, *title.alternatives[:1])),
        _once(party.name.value for party in brief.parties),
        _once(named.name for party in brief.parties for named in party.short_names),
        _once(named.name for party in brief.parties for named in party.roles),
        _once(date.value for date in dates),
        brief.mentioned,
    )


def described(text: str, file_name: str, document_id: str = "") -> Described:
    """The names of a document from its text: titles, parties, short names, roles and dates.

    Args:
        text: the stored text.
        file_name: as received.
        document_id: whatever names it to the caller.
    """
    return described_by(opening_facts(text), file_name, document_id)
