"""Questions which of two things is so, of which neither alone is a Yes: "Is the fee paid monthly or quarterly?"."""

from __future__ import annotations

import re

from consolidation.asking.typed import ValueType

_OFTEN = r"daily|weekly|bi-?weekly|fortnightly|monthly|bi-?monthly|quarterly|semi-?annually|half-?yearly|twice\s+a\s+year|annually|yearly|once\s+a\s+year"
#: Things of which one shuts out the other.
_EITHER = (
    r"(?:an?\s+)?(?:employee|agent|partner|joint\s+venturer|independent\s+contractor|contractor|consultant)(?:\s+of\s+\w+)?",
    _OFTEN,
    r"exclusive|sole|non-?\s?exclusive",
    r"mutual|one-?\s?(?:way|sided)|two-?\s?way|unilateral|reciprocal|bilateral",
    r"binding|non-?\s?binding|advisory",
    r"revocable|irrevocable",
    r"transferable|non-?\s?transferable",
    r"refundable|non-?\s?refundable",
    r"(?:a\s+)?(?:fixed|variable|floating|adjustable|flat|hourly|percentage)(?:\s+(?:fee|rate|price))?",
    r"gross|net",
    r"secured|unsecured",
    r"(?:in\s+)?(?:writing|written)|oral(?:ly)?|verbal(?:ly)?|by\s+(?:e-?mail|mail|phone|fax)",
    r"mandatory|optional|voluntary|discretionary|permissive",
    r"(?:calendar|business|working|trading)(?:\s+days?)?",
    r"(?:calendar|fiscal)(?:\s+years?)?",
    r"domestic|national|local|regional|worldwide|global|international",
    r"perpetual|indefinite|limited(?:\s+in\s+time)?|for\s+a\s+fixed\s+term|fixed-?\s?term",
    r"full-?\s?time|part-?\s?time",
    r"(?:a\s+)?(?:licen[cs]e|sale|lease|assignment|loan|gift)",
    r"(?:in\s+)?(?:cash|stock|shares|kind)",
    r"(?:an?\s+|the\s+)?(?:lump\s+sum|(?:monthly\s+|equal\s+)?instal?lments)",
    r"(?:in\s+)?(?:advance|arrears)",
    r"(?:go\s+)?(?:to\s+|by\s+|in\s+|the\s+)*(?:(?:binding\s+)?arbitration|(?:the\s+)?courts?|litigation)",
    r"(?:in\s+)?(?:us|u\.s\.|american|canadian|australian|hong\s+kong)(?:\s+(?:dollars?|money))?|(?:in\s+)?(?:euros?|dollars|pounds|sterling)",
    r"(?:on\s+a\s+)?(?:per[\s-](?:claim|occurrence|event|incident|year)|(?:in\s+the\s+|an?\s+)?(?:annual\s+)?aggregate|in\s+total|overall)(?:\s+basis)?",
    r"joint(?:ly)?(?:\s+and\s+several(?:ly)?)?|several(?:ly)?",
)
_VERB = r"(?:is|are|was|were|does|do|did|must|will|shall|should|has|have|can|may)"
#: Each pair has its own groups: a thing is an alternative only to one of its own sort.
_PAIRS = "|".join(
    rf"(?<=\s)(?P<a{at}>{either}),?\s+or\s+(?:is\s+it\s+|are\s+they\s+|rather\s+)?(?P<b{at}>{either})"
    for at, either in enumerate(_EITHER)
)
_CHOICE = re.compile(
    rf"^(?:(?:and|so|but)\s+)?{_VERB}\s+.*?(?:{_PAIRS})(?:\s+(?:basis|terms?|parties|rate|one))?\s*\??$",
    re.IGNORECASE,
)
#: A second clause asks for the other: "is the fee fixed, or does it vary?"
_OR_DOES_IT = re.compile(
    rf"^{_VERB}\s+(?!there\b)\S.*?,?\s+or\s+(?:rather\s+|instead\s+)?(?:is|are|was|were|does|do|did|must|will|has|have|can|may)\s+(?:it|they|he|she|that|this)\s+(?!not\b)\w",
    re.IGNORECASE,
)
#: What holds of more, or of no more than is named: "mutual, or is only he bound?", "on both or just on the seller?".
_OR_ONLY = re.compile(
    rf"^(?:(?:and|so|but)\s+)?{_VERB}\s+\S.*?,?\s+or\s+(?:(?:rather|instead)\s+)?(?:{_VERB}\s+)?(?:it\s+|they\s+)?"
    r"(?:(?:on|for|to|by|of|with|from|in|at)\s+)?(?:only|just|solely|merely|exclusively)\s+\w",
    re.IGNORECASE,
)
_SELVES = r"us|we|them|they|him|he|her|she|me|i|you"
#: Who of two it is, in words for people; "he or she" is whoever it is.
_US_OR_THEM = re.compile(
    rf"^{_VERB}\s+(?:\S.*?\s)?(?!he\s+or\s+she\b|she\s+or\s+he\b|him\s+or\s+her\b|her\s+or\s+him\b)"
    rf"(?:{_SELVES})\s+or\s+(?:{_SELVES}|the\s+[a-z]+)\s+(?:who|that|(?:have|has)\s+to|pays?|owns?|bears?|keeps?)\b"
    rf"|^{_VERB}\s+\S.*?\s(?:on|by|to|for|with|up\s+to)\s+(?!him\s+or\s+her\b|her\s+or\s+him\b)"
    rf"(?:{_SELVES})\s+or\s+(?:{_SELVES})\s*\??$",
    re.IGNORECASE,
)
_ROLES = (
    "landlord tenant", "lessor lessee", "licensor licensee", "buyer seller", "purchaser seller", "vendor customer", "franchisor franchisee",
    "employer employee", "borrower lender", "supplier distributor", "company executive", "owner contractor", "supplier customer", "client consultant",
    "company consultant", "company distributor", "supplier buyer", "vendor purchaser", "principal agent", "shipper transporter", "provider customer",
)  # fmt: skip
_SIDE = "|".join(sorted({word for pair in _ROLES for word in pair.split()}))
_DOES = (
    r"(?:have\s+to\s+)?(?:pays?|own|bear|insure|maintain|keep|hold|carry|provide|responsible|liable|draft|prepare|repair"
    r"|obtain|control|the\s+owner)\b"
)
_NAME = r"(?-i:[A-Z][\w.&-]*(?:\s+[A-Z][\w.&-]*){0,3})"
_WHICH_NAME = re.compile(rf"^(?:does|do|is|are|must|did)\s+{_NAME}\s+or\s+{_NAME}\s+{_DOES}", re.IGNORECASE)
_WHICH_SIDE = re.compile(
    rf"^(?:does|do|is|are|must|did)\s+the\s+(?P<one>{_SIDE})\s+or\s+(?:the\s+)?(?P<two>{_SIDE})\s+{_DOES}"
    rf"|\b(?:by|on|with|to|for)\s+the\s+(?P<one2>{_SIDE})\s+or\s+(?:(?:by|on|with|to|for)\s+)?(?:the\s+)?(?P<two2>{_SIDE})\s*\??$",
    re.IGNORECASE,
)
_NEITHER = re.compile(r"^(?:can|may|could)\b|\b(?:either|any|neither|both)\b", re.IGNORECASE)
_BARE = re.compile(r"^(?:an?|the|in|to|by)\s+|\s+", re.IGNORECASE)


def which_of_two(question: str) -> ValueType | None:
    """What a question asks for that asks which of two things is so; None where it asks if something is so.

    "Is he an employee or agent?" may be answered by No, and is none; "an employee or independent contractor" is one.
    """
    text = " ".join(question.split())
    if (side := _WHICH_SIDE.search(text)) and not _NEITHER.search(text):
        pair = {(side["one"] or side["one2"]).lower(), (side["two"] or side["two2"]).lower()}
        return "party" if any(pair == set(roles.split()) for roles in _ROLES) else None
    if (_US_OR_THEM.search(text) or _WHICH_NAME.match(text)) and not _NEITHER.search(text):
        return "party"
    if _OR_DOES_IT.match(text) or _OR_ONLY.match(text):
        return "free"
    match = None if _NEITHER.search(text) else _CHOICE.match(text)
    if match is None:
        return None
    one, two = (group for group in match.groups() if group)
    if _same(one) == _same(two):
        return None
    independent = [
        re.search(r"contractor|consultant", side, re.IGNORECASE) is not None for side in (one, two)
    ]
    people = re.search(r"employee|agent|partner|venturer", f"{one} {two}", re.IGNORECASE)
    return None if people and not any(independent) else "free"


def _same(words: str) -> str:
    return _BARE.sub("", words).lower()
