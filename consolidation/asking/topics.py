"""Several facts in a note without a verb: "parties, term, governing law" asks three questions."""

from __future__ import annotations

import re

_KIND = r"(?:agreement|contract|lease|licen[cs]e|nda|deal)"
#: Facts that a note names in few words.
_FACT = (
    r"(?:(?:contract(?:ing)?\s+)?parties|signator(?:y|ies)|governing\s+law|gov(?:\.|erning)?\s+law|choice\s+of\s+law|applicable\s+law|law|jurisdiction|venue|forum|courts?|"
    r"(?:initial\s+|renewal\s+|contract\s+)?terms?|duration|length|renewal(?:s|\s+(?:term|period))?|auto-?\s?renewals?|"
    r"(?:(?:effective|start|end|expiry|expiration|exp|signing|signature|commencement|closing|agreement|termination)\s+)dates?|expiry|expiration|effective\s+date|"
    r"notice(?:\s+(?:periods?|address(?:es)?))?|(?:cure|grace|termination\s+notice|warranty|payment)\s+periods?|payment\s+terms|"
    r"(?:liability\s+)?caps?(?:\s+on\s+liability)?|(?:limitation|limit)\s+of\s+liability|indemnit(?:y|ies)|indemnification|insurance|confidentiality|exclusivity|"
    r"non-?\s?competes?|non-?\s?solicit(?:ation)?|assignment|change\s+of\s+control|termination(?:\s+(?:rights|fee|for\s+convenience))?|audit(?:\s+rights)?|"
    r"(?:monthly\s+|annual\s+|base\s+)?(?:rent|fees?|salary|price|deposit|bonus|royalt(?:y|ies)|royalty\s+rate)|purchase\s+price|interest(?:\s+rate)?|late\s+fees?|"
    r"territory|arbitration|jury\s+waiver|mfn|rofr|force\s+majeure|warrant(?:y|ies)|title|ip\s+ownership)"
)
_ITEM = re.compile(rf"(?:(?:the|its|their|any|both)\s+)?{_FACT}", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;/+&]|\band\b|\bplus\b)\s*(?:(?:and|&|plus)\s+)?", re.IGNORECASE)
_LEAD = re.compile(
    rf"^(?P<lead>(?:what(?:'s|\s+is|\s+are)|(?:give|tell|show|send)\s+(?:me|us)|give|list|show|find|(?:i|we)\s+need)\s+)?"
    rf"(?P<items>.+?)(?P<tail>\s+(?:of|in|for|under|from)\s+(?:the|this|that|our|each|every|all)\s+(?:[\w'’.&-]+\s+){{0,6}}?{_KIND}s?|\s+(?:for|in|of)\s+(?:each|all|every)(?:\s+[\w-]+){{0,3}}|"
    rf"\s+(?:of|in|for|under|from)\s+(?-i:[A-Z])[\w'’.&-]*(?:\s+[\w'’.&-]+){{0,5}})?\s*[?.]*$",
    re.IGNORECASE | re.DOTALL,
)
#: Two facts that contracts hold as one thing, and that are asked for as one.
_AS_ONE = re.compile(r"\b(?:term\s+(?:and|&)\s+termination|law\s+(?:and|&)\s+jurisdiction)\b", re.IGNORECASE)
_MOST = 8


def is_fact(note: str) -> bool:
    """Whether a note is the name of one fact."""
    return bool(_ITEM.fullmatch(note.strip(" ?.:-")))


def facts_of(note: str) -> list[str]:
    """The facts that a note lists, each with what is said of all of them; the note alone where it lists none.

    "Term and notice period of the Acme lease" gives "Term of the Acme lease" and "notice period of the Acme lease".
    """
    match = _LEAD.match(note.strip())
    if match is None or len(note) > 200 or _AS_ONE.search(note):
        return [note]
    items = [item for item in _BETWEEN.split(match["items"]) if item.strip()]
    if not 2 <= len(items) <= _MOST or not all(_ITEM.fullmatch(item.strip()) for item in items):
        return [note]
    lead = "What is " if (match["lead"] or "").lower().startswith("what") else ""
    return [f"{lead}{item.strip()}{match['tail'] or ''}{'?' if lead else ''}" for item in items]
