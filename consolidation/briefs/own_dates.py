"""Whether a date is that of the document itself, or of another paper: of what it amends, of what came before."""

from __future__ import annotations

import re

from consolidation.briefs.fields import Range

#: Words before a date that tell whose it is, in characters.
BEFORE = 420
#: Words a little before the date on which an agreement is made.
MADE_ON = re.compile(
    r"\b(?:made|entered|executed|dated|concluded|agreement\s+is)\b(?:[\s,]+[a-z]{2,}){0,9}[\s,:]*$",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:amendment|addendum|supplement)\b(?:[^.]|\bno\.){0,80}\bto\b[^.]{0,160}\b(?:agreement|contract|lease)\b"
    r"[^.]{0,80}(?<!\bis\s)(?<!\bis\smade\s)(?<!\bmade\sand\s)\b(?:dated|effective|made)\b[\s,]*(?:(?:as\s+of|on|the)\s+)*$"
    r"|\b(?:the|that|certain|an?)\s+(?:[\w-]+\s+){0,6}?(?:agreement|contract|lease)\W{0,4}(?:\([^()]{0,40}\)\W{0,4})?dated\b"
    r"[\s,]*(?:(?:as\s+of|on|the)\s+)*$"
    r"|\b(?:reference\s+is|pursuant\s+to|that\s+certain|as\s+amended)\b(?:[^.]|\bno\.){0,400}$",
    re.IGNORECASE | re.DOTALL,
)
#: A document is called so behind its own date: '(this "Agreement")', '(the "Amendment")'.
_ITSELF = re.compile(
    r"\s*,?\s*\((?:this\s+[\"\u201c]|(?:the|this|hereinafter)?\s*(?:the\s+)?[\"\u201c](?:(?:this|first|second|third)\s+)?"
    r"(?:Amendment|Addendum|Supplement)[\"\u201d])",
    re.IGNORECASE,
)
#: The same before its date: 'This Amendment (the "Amendment") effective June 1, 2015'.
_OWN = re.compile(
    r"(?:\(\s*(?:the|this)?\s*[\"\u201c](?:\w+\s+)?|\bthis\s+(?:\w+\s+)?)(?:amendment|addendum|supplement)\s*(?:no\.?\s*\w+\s*)?[\"\u201d]?\s*\)?,?\s+"
    r"(?:(?:is|was|hereby|and|made|entered|into|dated|effective|executed|as|of|on|this|the|by)\b[\s,]*)+$",
    re.IGNORECASE,
)
#: When what came before was made or changed, and when somebody was born.
_OF_BEFORE = re.compile(
    r"\b(?:thereto|thereof),?\s+(?:dated|effective|made)[\s,]+(?:(?:as\s+of|on|the)\s+)*$"
    r"|\b(?:amended|restated|supplemented|modified|extended)(?:\s+and\s+(?:restated|supplemented|modified))?\s+(?:on|as\s+of)\s+"
    r"(?:[A-Z]\w+\s+\d{1,2},\s+\d{4}\s*(?:,|and)\s*)*$"
    r"|\b(?:entered\s+into|amends?(?:\s+and\s+\w+)?|parties\s+to)\s+(?:an?|that|the)\b(?:[^.]|\b(?:no|inc|\w)\.){0,400}$"
    r"|\bas\s+(?:\w+\s+)?amended\s+by\b(?:[^.]|\b(?:no|inc|\w)\.){0,250}$"
    r"|\bthat\s+certain\b(?:[^.]|\b(?:no|inc|\w)\.){0,400}$|\bborn\b[^.;]{0,20}$",
    re.IGNORECASE,
)
#: Another paper, which is called by its name behind its date: 'Loan Agreement, dated May 2, 2003 ("Loan Agreement")'.
_NAMED = re.compile(
    r"\s*,?\s*\((?:the\s+)?[\"\u201c](?P<name>(?:[A-Z]\w+[\s-]+){1,4}(?:Agreement|Plan|Note|Lease|Contract))[\"\u201d]"
)
#: How sure the date of a document is that is called by its name beside it, and the day of its effect.
_BY_NAME, _FROM = 0.96, 0.9


def is_of_amended(before: str) -> bool:
    """Whether a date is that of the agreement which an amendment changes, by the words before it."""
    return _OF_ANOTHER.search(before) is not None


def own_date(text: str, place: Range, before: str) -> float | None:
    """How sure a date is the document's own by what the document is called beside it; 0 where nothing tells.

    None for the date of another paper, which is named, or which came before.
    """
    if own := _sure_of_itself(text, place[1], before):
        return own
    return None if _is_of_named(text, place) or _OF_BEFORE.search(before) else 0.0


def _sure_of_itself(text: str, end: int, before: str) -> float:
    """How sure by a name beside it; the day from which it has effect may be another than the day it was made."""
    own = _OWN.search(before)
    if own and "effective" in own[0].lower() and not MADE_ON.search(own[0]):
        return _FROM
    called = _ITSELF.match(text, end)
    if called and "this" not in called[0].lower() and _OF_BEFORE.search(before):
        called = None
    return _BY_NAME if own or called else 0.0


def _is_of_named(text: str, place: Range) -> bool:
    """Whether a date is that of another paper, which is named before it and called so behind it."""
    if not (called := _NAMED.match(text, place[1])):
        return False
    before = " ".join(text[max(0, place[0] - 200) : place[0]].split())
    name = re.escape(" ".join(called["name"].split()))
    return re.search(rf"(?<!\bthis )(?<!\bThis )(?<!\bTHIS )\b{name}\b[^()]{{0,60}}$", before) is not None
