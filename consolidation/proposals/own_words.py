"""Questions in a document's own words: a party that the text calls "the Borrower" is asked of by that name.

People ask by the name of a company, and a contract says it once and then speaks of a role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consolidation.asking.neutral import FORMS
from consolidation.briefs.fields import Party
from consolidation.grammar.named_parties import Mentioned, mentioned_parties
from consolidation.grammar.role_words import AUXILIARY, VERBS
from consolidation.passages.passages import Passages

#: A designation stands so often in the text at least, and so many times as often as the name that is asked by.
_OFTEN, _TIMES = 4, 3
_WORD = re.compile(r"[^\W_][\w&*-]*")
_FORMS = FORMS | {"co", "company"}
_TITLE = re.compile(r"\b(?:mr|mrs|ms|dr|messrs)\.?\s+$", re.IGNORECASE)
_ARTICLE = re.compile(r"\bthe\s+$", re.IGNORECASE)
#: Roles that tell no party from another.
_OF_NOBODY = frozenset({"individual", "person", "party", "counterparty", "parties"})
#: What a name is asked about itself: who that is, which role it has, how it is called.
_ABOUT_NAMES = re.compile(
    r"^(?:who|what)(?:'s|\s+is|\s+are|\s+was|\s+were)\s+(?:the\s+)?\ue000"
    r"|\b(?:roles?|capacity|capacities|called|named?|names|defined|defines?|short\s+for|stands?\s+for|titles?|address\w*|sign\w*|part(?:y|ies)|"
    r"incorporated|organi[sz]ed|headquarter\w*|formerly|affiliat\w*)\b",
    re.IGNORECASE,
)
#: Before and after somebody who does something or has it done; elsewhere a name may belong to another noun.
_ACTS = re.compile(rf"\b{AUXILIARY}\s+$", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:to|by|from|for|with|of|on|against|between|and|or|if|when|that|upon|until|unless|while|once|after|before|than|at|"
    r"require[sd]?|lets?|pays?|owes?|gives?)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s*(?:$|[,;:?.!)])|\s(?:{AUXILIARY}|{VERBS}s?|to|by|from|for|with|of|on|in|against|and|or|if|when|under|at|not|ever|also|still|only)\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"['\u2019]s?\b|['\u2019](?=\s)")


def in_own_words(question: str, passages: Passages) -> str:
    """The question with each party by what the text calls it, where that is hardly ever the name that is asked by.

    A question about a name itself stays as it is.
    """
    parties, text = passages.brief.parties, passages.text
    found = list(_named(question, parties))
    masked = said = question
    for one in reversed(found):
        masked = f"{masked[: one.start]}\ue000{masked[one.end :]}"
    if not found or _ABOUT_NAMES.search(masked):
        return question
    for one in reversed(found):
        before, after = question[: one.start], question[one.end :]
        called = _called(parties[one.party], question[one.start : one.end], text)
        if called and _is_somebody(before, after):
            said = f"{_ARTICLE.sub('', said[: one.start])}{called}{said[one.end :]}"
    return f"{said[:1].upper()}{said[1:]}" if question[:1].isupper() else said


def _is_somebody(before: str, after: str) -> bool:
    """Whether a name between these words stands for whom it names: "does Acme pay", not "the Acme product"."""
    if _ACTS.search(before) or _POSSESSIVE.match(after):
        return True
    return bool((not before.strip() or _BEFORE.search(before)) and _AFTER.match(after))


def _named(question: str, parties: Sequence[Party]) -> Iterator[Mentioned]:
    """Where a question says the names of parties, each whole with its title or legal form."""
    at, small = 0, question[1:].islower()
    for one in mentioned_parties(question, parties):
        if one.start < at or not (small or question[one.start].isupper() or question[one.start].isdecimal()):
            continue
        name = {word.lower() for word in _WORD.findall(parties[one.party].name.written)}
        start, end = one.start, one.end
        for word in _WORD.finditer(question, end):
            own, form = word[0].lower() in name, word[0].lower() in _FORMS and word[0][0].isupper()
            if question[end : word.start()].strip(" ,.&") or not (own or form):
                break
            end = word.end()
        if question[end : end + 1] == "." and question[start:end].split()[-1].lower() in _FORMS:
            end += 1
        while (before := _last_word(question, at, start)) and before[0].lower() in name - {"the"}:
            start = before.start()
        if title := _TITLE.search(question, at, start):
            start = title.start()
        at = end
        yield Mentioned(one.party, start, end)


def _last_word(question: str, low: int, high: int) -> re.Match[str] | None:
    """The word right before a place."""
    words = list(_WORD.finditer(question, low, high))
    return words[-1] if words and not question[words[-1].end() : high].strip() else None


def _called(party: Party, asked: str, text: str) -> str:
    """What the text calls a party, where that is hardly ever as it is asked; empty where it is."""
    own = [one.name for one in (*party.roles, *party.short_names) if one.name.lower() not in _OF_NOBODY]
    if asked.lower() in map(str.lower, own):
        return ""
    often, called = max(((times_said(name, text), name) for name in own), default=(0, ""))
    if often < _OFTEN or often < _TIMES * times_said(asked, text):
        return ""
    return f"the {called}" if 2 * times_said(f"the {called}", text) >= often else called


def times_said(words: str, text: str) -> int:
    """How often a text says some words, whatever their case and the spaces between them."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    return len(re.findall(rf"(?<!\w){spaced}(?!\w)", text, re.IGNORECASE))
