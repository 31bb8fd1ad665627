"""Words of a question that name documents by what they are: "the NDA", "the sponsorship", "the hosting customer"."""

from __future__ import annotations

from collections.abc import Sequence

from consolidation.asking.name_index import NameIndex
from consolidation.asking.neutral import Mention
from consolidation.asking.spelling import ROLES, Word

#: What letters before "agreement" stand for in titles.
SPELT_OUT = {
    "ip": ("intellectual", "property"), "jv": ("joint", "venture"), "nda": ("disclosure",), "cda": ("confidentiality",),
    "qa": ("quality",), "sla": ("service", "level"), "dpa": ("data", "processing"), "apa": ("asset", "purchase"),
    "spa": ("share", "purchase"), "msa": ("master", "service"), "sow": ("statement", "work"), "psa": ("professional", "service"),
}  # fmt: skip
#: Kinds of document that are named alone, by the words of which one stands in their titles.
_KINDS = {
    "nda": ("nda", "confidentiality", "nondisclosure", "disclosure", "secrecy"), "lease": ("lease", "leases"),
    "sublease": ("sublease",), "amendment": ("amendment", "amendments"), "addendum": ("addendum",), "guaranty": ("guaranty", "guarantee"),
    "indenture": ("indenture",), "mou": ("understanding",), "sow": ("statement",), "deed": ("deed",),
}  # fmt: skip
_PLURALS = {
    "ndas": "nda",
    "leases": "lease",
    "subleases": "sublease",
    "amendments": "amendment",
    "deeds": "deed",
}
#: Before a kind of document that is named alone: those that there are are meant.
_THESE = frozenset("the this that our your each every all both which these those".split())
_MANY = frozenset("each every all both which these those".split())
#: Deals that are called by what they bring about: "under the sponsorship".
_DEALS = frozenset(
    "sponsorship endorsement franchise outsourcing settlement sublease affiliation employment merger".split()
)
_UNDER = frozenset("under in of for by does did is was when will and with during".split())
#: What a name of its own goes on with, so that it is not the deal that is meant: "the sponsorship fee".
_GOES_ON = frozenset(
    "end ends ended expire expires run runs last lasts start starts begin begins renew renews cost costs be terminate "
    "terminates cover covers and or with between signed dated governed is are was does did can may must will until".split()
)


def by_what_it_is(index: NameIndex, said: Sequence[Word], named: set[int]) -> list[Mention]:
    """Kinds of document, deals, and roles with a word of a title before them, in places that are not `named`.

    Each names the documents in whose titles or file names its words stand.
    """
    found = []
    for i, word in enumerate(said):
        if i in named or i == 0:
            continue
        mention = _kind(index, said, i) or _deal(index, said, i) or _of_role(index, said, i)
        if mention is not None and word.fused:
            found.append(mention)
    return found


def _kind(index: NameIndex, said: Sequence[Word], i: int) -> Mention | None:
    word, before = said[i].fused, said[i - 1].fused
    kind = _PLURALS.get(word, word)
    many = word in _PLURALS
    if kind not in _KINDS or not (before in _THESE or (before == "of" and many)):
        return None
    return _mention(i, i, set[int]().union(*(index.titled_by(one) for one in _KINDS[kind])))


def _deal(index: NameIndex, said: Sequence[Word], i: int) -> Mention | None:
    word = said[i].fused
    if word not in _DEALS or said[i - 1].fused != "the" or (i > 1 and said[i - 2].fused not in _UNDER):
        return None
    if i + 1 < len(said) and said[i + 1].fused not in _GOES_ON:
        return None
    return _mention(i, i, index.titled_by(word))


def _of_role(index: NameIndex, said: Sequence[Word], i: int) -> Mention | None:
    """ "The hosting customer": a party by the title of its document, which no party's own role is."""
    word, role = said[i], said[i + 1] if i + 1 < len(said) else None
    if (
        role is None
        or role.fused not in ROLES
        or said[i - 1].fused != "the"
        or word.capital
        or word.fused in ROLES
    ):
        return None
    if not word.fused.endswith("ing"):
        return None
    return _mention(i, i + 1, index.titled_by(word.fused))


def stands_for_one(said: Sequence[Word], mention: Mention) -> bool:
    """Whether "the agreement" may stand in place of a title: not for "each NDA", "leases" or "the hosting customer"."""
    before = said[mention.first - 1].fused if mention.first else ""
    last = said[mention.last].fused
    return before not in _MANY and last not in _PLURALS and last not in ROLES


def _mention(first: int, last: int, numbers: set[int]) -> Mention | None:
    return Mention(first, last, numbers, numbers) if numbers else None
