"""The words of a question that tell what is asked, in a form in which a text may have them too."""

from __future__ import annotations

import re
from collections.abc import Sequence

from consolidation.asking.document_words import THIS_DOCUMENT
from consolidation.briefs.fields import Party
from consolidation.grammar.denying import stems
from consolidation.grammar.named_parties import mentioned_parties

#: Words of a question that tell nothing of what is asked.
_LIGHT = stems(
    "must shall will may can could would should does do did is are has have had need needs required require obliged "
    "obligated his her its their he she it they him them get gets under anything something order still also ever "
    "really actually in at from about over during party parties which who there against into onto upon"
)
#: Words for the same act.
_SAME = {
    stem: word
    for word, said in {"sign": "execute", "deposit": "put place lodge deliver"}.items()
    for stem in stems(said)
}
_CAPITAL = re.compile(r"(?<=\s)[A-Z][\w&]*")
_THIS = re.compile(rf"\b{THIS_DOCUMENT}\b", re.IGNORECASE)


def party_words(parties: Sequence[Party]) -> set[str]:
    """The words of what parties are called, in small letters."""
    names = (
        name
        for party in parties
        for name in (party.name.written, *(one.name for one in (*party.short_names, *party.roles)))
    )
    return {word.lower() for name in names for word in re.findall(r"[\w&]+", name)}


def asked_words(question: str, parties: Sequence[Party]) -> list[str]:
    """Stems of what is asked in their order, without the parties and the words that every question has."""
    named = party_words(parties)
    bare = list(question)
    spans = [(one.start, one.end) for one in mentioned_parties(question, parties)]
    # a name goes on as long as its words are those of a party's: "Storm Cat", in capitals in the document
    spans += [match.span() for match in _CAPITAL.finditer(question) if match[0].lower() in named]
    for low, high in spans:
        bare[low:high] = " " * (high - low)
    words = _THIS.sub(" ", re.sub(r"['\u2019]s\b", " ", "".join(bare)))
    in_order = (stem for word in words.split() for stem in sorted(stems(word)))
    return list(dict.fromkeys(_SAME.get(one, one) for one in in_order if one not in _LIGHT and len(one) > 1))


def said_words(said: str) -> set[str]:
    """Stems of what is said, to be compared with what is asked."""
    return {_SAME.get(one, one) for one in stems(said)}
