"""Which signatures are those for a party that somebody names: by its name, a part of it, or its role."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consolidation.asking.spelling import LEGAL_FORMS
from consolidation.briefs.fields import Party
from consolidation.briefs.heads import of_role
from consolidation.briefs.names import has_form, name_with_form
from consolidation.briefs.signature_words import is_role
from consolidation.briefs.signatures import Signature

#: Roles that say the same of a party.
_SAME = (
    {"company", "employer", "corporation", "firm"},
    {"employee", "executive", "worker"},
    {"lender", "bank"},
    {"landlord", "lessor"},
    {"tenant", "lessee"},
    {"buyer", "purchaser"},
    {"seller", "vendor"},
    {"customer", "client"},
)
_ORGANISATIONS, _PERSONS = _SAME[0], _SAME[1]


def named_parties(parties: Sequence[Party], whom: str) -> list[int]:
    """The numbers of the parties that words name: a role, or words that all stand in one name or short name."""
    if is_role(whom) and (called := sorted(_of_roles(whom, parties))):
        return called
    wanted, name = _words(whom), name_with_form(whom)
    if same := [at for at, party in enumerate(parties) if name_with_form(party.name.written) == name]:
        return same
    found = []
    for number, party in enumerate(parties):
        names = [party.name.written, *(one.name for one in (*party.short_names, *party.roles))]
        if wanted and any(wanted <= _words(name) for name in names):
            found.append(number)
    return found


def signed_for(
    text: str, signed: Sequence[Signature], parties: Sequence[Party], whom: str
) -> list[Signature]:
    """The signatures for the one party that words name, blank ones too; none where that is not one."""
    numbers = named_parties(parties, whom)
    headed = [one for one in signed if _headed(text, one, whom)]
    if exactly := [one for one in headed if name_with_form(whom) in _heads(text, one)]:
        # others have that name in a longer one
        signed, headed = [one for one in signed if one in exactly or one not in headed], exactly
    told = {one.party for one in headed if one.party >= 0}
    if len(numbers) == 1:
        if told - {numbers[0]}:
            return headed if len(told) == 1 and not is_role(whom) else []
        return [one for one in signed if one.party == numbers[0] or one in headed]
    if len(told) > 1 or (not told and len({_head(text, one) for one in headed}) > 1):
        return []
    return headed


def _of_roles(whom: str, parties: Sequence[Party]) -> set[int]:
    role = re.sub(r"^the\s+", "", whom.lower().strip())
    if found := of_role(role, parties):
        return found
    same = next((roles for roles in _SAME if role in roles), {role})
    found = {number for other in same for number in of_role(other, parties)}
    if found or not same & (_ORGANISATIONS | _PERSONS):
        return found
    organised = [number for number, party in enumerate(parties) if has_form(party.name.written)]
    persons = [number for number in range(len(parties)) if number not in organised]
    only = organised if same is _ORGANISATIONS else persons
    return set(only) if len(only) == 1 and len(parties) == 2 else set()


def _headed(text: str, one: Signature, whom: str) -> bool:
    if is_role(whom):
        role = re.sub(r"^the\s+", "", whom.lower().strip())
        said = [" ".join(re.findall(r"[a-z]+", text[slice(*head)].lower())) for head in one.heads]
        return any(re.sub(r"^the ", "", head).removesuffix("s") == role.removesuffix("s") for head in said)
    wanted, heads = _words(whom), " ".join(text[slice(*head)] for head in one.heads)
    return bool(wanted) and wanted <= _words(heads)


def _heads(text: str, one: Signature) -> set[str]:
    return {name_with_form(text[slice(*head)]) for head in one.heads} | {_head(text, one)}


def _head(text: str, one: Signature) -> str:
    return name_with_form(" ".join(text[slice(*head)] for head in one.heads))


def _words(name: str) -> set[str]:
    plain = re.sub(r"['\u2019]s\b", "", name)
    plain = re.sub(r"(?<=\w\wi)s(?=(?:ing|ed|ation)\b)", "z", plain, flags=re.IGNORECASE)
    return {
        word
        for word in name_with_form(plain).split()
        if word not in LEGAL_FORMS and word not in ("co", "corp")
    }
