"""Words of blocks of signatures: names of persons and of organisations, offices, roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from consolidation.asking.spelling import ROLES
from consolidation.briefs.fields import Range
from consolidation.briefs.names import CAPITAL, has_form, is_form, read_name
from consolidation.briefs.words import spaced, trimmed

_NO_NAME = (
    r"(?!(?:By|Name|Title|Its|Dated?|NAME|TITLE|BY|DATED?|ITS|Chief|President|Vice|Senior|Executive"
    r"|Witness|Signed|Print|Authorized)\b)"
)
_PERSON = re.compile(
    r"(?:(?:Dr|Mr|Mrs|Ms|Prof|DR|MR|MRS|MS)\.?[ ]+)?(?P<words>[A-Z][A-Za-z\u00c0-\u024f'\u2019-]*\.?(?:[A-Z]\.)*"
    rf"(?:[ \n]{{1,2}}(?:{_NO_NAME}[A-Z][A-Za-z\u00c0-\u024f'\u2019.-]*|de|van|von|der|den|la|di"
    rf"|(?:\(?[\"\u201c][A-Z]\w+[\"\u201d]\)?))){{1,6}})"
    r"(?:,?[ ]{1,2}(?:[JS][Rr]|II|III|IV)\b\.?)?"
)
OFFICE = re.compile(
    r"\b(?:president|vice[\s-]president|director|chief|chair(?:man|woman|person)?|secretary|treasurer|manag(?:er|ing)"
    r"|partner|[esa]?vp|v\.?\s?p|c[efoit]o"
    r"|coordinator|counsel|officer|controller|trustee|attorney|principal|member"
    r"|signatory|head|authori[sz]ed|representative|administrator)\b",
    re.IGNORECASE,
)
_FORM_NEXT = re.compile(r"[ ]?,?[ ]?(?i:inc|llc|ltd|limited|corp|l\.?l\.?c|l\.?p|n\.?a|co)\b\.?")
#: Words of a name at least.
_TWO = 2
#: Words of a person's name, and of an office, at most.
_MOST_PERSON, MOST_OFFICE = 5, 10
_ORGANISED = frozenset(
    "the and party company corporation inc llc ltd limited corp co agency bank service services group holdings "
    "trust seal university "
    "signature stamp agreement note notes exhibit schedule certificate lease "
    "page partners association industries international systems technologies energy "
    "capital fund".split()
)  # fmt: skip


def person_in(text: str, low: int, high: int) -> Range | None:
    """The name of a person that some words begin with; None where they are none, or run on into other names."""
    low, high = trimmed(text, low, high, "_:,;.")
    match = _PERSON.match(text, low, min(len(text), high + 1))
    if not match:
        return None
    start, end = match.start(), min(match.end(), high + (text[high : high + 1] == "."))
    first = re.match(r"(?:(?:Dr|Mr|Mrs|Ms)\.?\s+)?(\S+)", text[start:end], re.IGNORECASE)
    again = first and re.search(
        rf"\s{re.escape(first[1])}(?!\w)", text[start + first.end() : end], re.IGNORECASE
    )
    end = start + first.end() + again.start() if first and again else end
    office = OFFICE.search(text, start, end)
    start, end = trimmed(text, start, office.start() if office else end, "_:,;")
    end -= text[start:end].endswith(".") and text[end : end + 1] == "."
    words = text[start:end].split()
    named = [
        word
        for word in words
        if word[0].isalpha() and word.strip(".,").lower() not in ("mr", "mrs", "ms", "dr", "jr", "sr")
    ]
    if (
        not len(words) >= 2
        or len(named) > _MOST_PERSON - 1
        or any(is_form(word.strip(",")) for word in words[1:])
    ):
        return None
    return None if _ORGANISED & {word.strip(".,").lower() for word in words} else (start, end)


def is_role(said: str) -> bool:
    """Whether words are what a contract calls a party: "COMPANY", "the Executive"."""
    words = re.findall(r"[a-z]+", said.lower())
    left = [word for word in words if word not in ("the", "or", "and", "as", "of")]
    return bool(left) and all(word in ROLES or word.removesuffix("s") in ROLES for word in left)


def office_after(text: str, low: int, high: int) -> Range | None:
    """The office that stands there, after a name."""
    low, high = trimmed(text, low, high, ",;-()")
    return (
        (low, high) if OFFICE.search(text, low, high) and len(text[low:high].split()) <= MOST_OFFICE else None
    )


def organisations(text: str, low: int, high: int, names: Sequence[re.Pattern[str]]) -> Iterator[Range]:
    """Names of organisations: those that are known, and others that have a legal form."""
    known = sorted(
        (m.span() for pattern in names for m in pattern.finditer(text, low, high)),
        key=lambda p: (p[0], -p[1]),
    )
    at = low
    while capital := CAPITAL.search(text, at, high):
        begin = capital.start()
        own = next((place for place in known if place[0] == begin), None)
        until = min((place[0] for place in known if place[0] > begin), default=high)
        place = own or read_name(text, begin, until)
        if own and not has_form(spaced(text[slice(*own)])) and person_in(text, *own) == own:
            at = own[1]
        elif place and (own or has_form(spaced(text[slice(*place)]))) and not is_role(text[slice(*place)]):
            form = _FORM_NEXT.match(text, place[1], high)
            stop = own is not None and form is None and text[place[1] : place[1] + 1] == "."
            place = place[0], form.end() if form and own else place[1] + stop
            yield place
            at = max(place[1], capital.end())
        else:
            at = capital.end()


def is_doubled(said: str) -> bool:
    """Whether a name, or its last word, is said twice, as signed and as printed."""
    words = re.findall(r"\w+", said.lower())
    if len(words) > _TWO and words[0] == words[-1]:
        return True
    return len(words) > 1 and len(words) % 2 == 0 and words[: len(words) // 2] == words[len(words) // 2 :]
