"""Whether a question asks if something is so, and by which word."""

from __future__ import annotations

import re

from consolidation.asking import stating
from consolidation.asking.unwrapping import spelled

AUXILIARIES = frozenset(
    "does do did is are am was were has have had can could may must shall should will would might isn't aren't doesn't don't "
    "didn't can't couldn't won't wouldn't hasn't haven't mustn't shouldn't wasn't weren't cannot ain't".split()
)
_WH = r"(?:what|which|who|whom|whose|when|where|why|how)(?:'s|'re|'d|'ll)?"
_ASKED = re.compile(
    rf"^(?:(?:and|or|so|but|then|also|say)\s+)?(?:(?:(?:at|by|in|on|under|for|to|from|with|of|until|till|after|before|within|into|between|among|"
    rf"against|through|about|during|over|below|above|per|upon|since|as|roughly|exactly)\s+){{0,2}}){_WH}\b"
)
#: "when" and "where" ask only where a verb follows at once; else they open a condition.
_CONDITION = re.compile(
    r"^(?:when|where)\s+(?!(?:'s|does|do|did|is|are|am|was|were|has|have|had|can|could|may|must|shall|should|will|would|"
    r"exactly|else|in|on|and|to|precisely)\b)(?=[\w']+\s+\w+)|^(?:when|where)ver\b"
)
_OPENS = frozenset(
    "if once after before while during unless as on in under at when where although though since suppose supposing say "
    "assuming given apart leaving setting having with without for upon until by besides except even".split()
)
_ORDERS = re.compile(
    r"^(?:list|name|give|state|identify|specify|describe|summari[sz]e|define|quote|find|show|explain|provide|enumerate|count|compare|"
    r"set\s+out|spell\s+out|tell|write|draft|who|need|looking\s+for|i\s+need|we\s+need)\b"
)
#: The most or least of something is a value, whatever verb is said of it.
_EXTREME = re.compile(
    r"^(?:the\s+)?(?:longest|shortest|latest|earliest|highest|lowest|largest|biggest|smallest)\s+[a-z]"
    r"|^(?:the\s+)?(?:first|last)\s+(?:quarter|year|month|day|week|date|time|period|instal?ment|payment)\b"
)
_SAYS = re.compile(
    rf"^(?:does|do|did|is|has)\s+(?:(?:the|this|that|our|it|they|their|any(?:thing)?|anywhere|\w+)\s+){{1,4}}?(?:(?<!\ba\s)say|says|state|specify|set\s+out|mention|"
    rf"tell(?:\s+us)?|define|provide|spell\s+out|indicate|stated|said|specified|fix|lay\s+down)\s+(?:anything\s+about\s+|for\s+)?"
    rf"(?:(?:by|at|in|to|for|under|on)\s+)?{_WH}\b"
)
_AND_MORE = re.compile(
    rf"(?:,(?!\s*(?:who|when|where|which|whose)\b)|\band\b|\bor\b|;|(?<!\w)-|–|—|\?)\s*(?:and\s+|or\s+)?(?:if\s+so\s*,?\s+)?(?:(?:in|for|to|at|by|under|of|with|on)\s+)?"
    rf"{_WH}\b(?!\s+(?:of|or|not)\b)"
)
_IF_SO = re.compile(
    rf"\bif\s+(?:so|yes|there\s+is(?:\s+one)?|any)\s*,?\s+(?:(?:in|for|to|at|by|under|of|on)\s+)?{_WH}\b"
)
#: Words that end, or head, a terse question whether something is there or allowed.
_TERSE_END = re.compile(
    r"\b(?:allowed|permitted|possible|required|okay|ok|prohibited|banned|forbidden|exclusive|capped|mandatory|binding|"
    r"included|needed|necessary|assignable|transferable|refundable|renewable|enforceable|optional|waived|available|or\s+not|okay|good\s+enough|excused|reimbursable|billable|chargeable|recoverable|cancell?able|terminable|sublicens(?:e)?able|eligible)\s*$"
)
_TERSE_HEAD = re.compile(
    r"^(?:non-?\s?exclusive|exclusive|perpetual|irrevocable|transferable|assignable|refundable|mutual|binding)\b"
)
_TERSE_THING = re.compile(
    r"\b(?:clauses?|provisions?|obligations?|duty|duties|restrictions?|requirements?|covenants?|non-?\s?competes?|noncompetes?|"
    r"non-?\s?disparagement|non-?\s?solicit(?:ation)?|exclusivity|arbitration|right\s+(?:of\s+first\s+\w+|to\s+\w+)|rights?\s+of\s+first\s+\w+|"
    r"stock\s+options|escrow|no-?\s?hire|most\s+favou?red\s+nation|mfn|change\s+of\s+control|anti-?assignment|"
    r"termination\s+for\s+convenience|indemnity|indemnification|warranty|warranties|insurance|audit\s+rights?|"
    r"auto(?:matic)?-?\s?renew(?:al|s)?|confidentiality|force\s+majeure|set-?off|guarantees?|ban|beneficiar(?:y|ies)|rof[ron]|jury\s+waiver|sublicens\w+)\b"
)
#: Words whose presence in a terse question asks for a value ("audit notice period?").
TERSE_VALUE = re.compile(
    r"\b(?:law|date|dates|day|days|term|tail|length|period|window|deadline|time|amount|fee|fees|price|cost|rate|percent(?:age)?|share|split|"
    r"cap|limit|limits|ceiling|maximum|max|minimum|min|size|number|no|how|who|what|when|where|name|names|title|address|venue|state|"
    r"county|country|place|location|courts?|seat|signatory|signator(?:y|ies)|contact|attention|attn|parties|party|royalt(?:y|ies)|"
    r"commission|interest|charge|salary|bonus|deposit|penalty\s+for|notice|survival|duration|level|coverage|cover|target|quota|volume|"
    r"budget|threshold|radius|discount|premium|definition|meaning|define|list|consequences?|currency|language|licensor|licensee|"
    r"governing|expir(?:y|es|ation)|effective|allowance|uptime|exceptions?|grounds|reasons|conditions|carve-?outs?|damages|cure|frequency|count|effects?|results?|fate|kinds?|types?|sorts?|city|statute|act|section|floor|yearly|sum|rules|standard|exclusions|nature|ratio)\b"
)
_CLAUSES = re.compile(r"\s*(?:[,;:()–—]|\s-+\s|\.\.+)\s*")
_WORDS = re.compile(r"[a-z][\w'-]*")


def _first_asking(clauses: list[str]) -> str | None:
    """The word of the first clause that asks: an auxiliary, or "what" for any asking word; None where none does."""
    for clause in clauses:
        words = _WORDS.findall(clause)
        while words and words[0] in ("and", "or", "so", "but", "then", "also", "now"):
            words = words[1:]
        if not words:
            continue
        if _ASKED.match(clause) and not _CONDITION.match(clause):
            return "what"
        if words[0] in AUXILIARIES and len(words) > 1:
            return words[0]
    return None


def _inside(clause: str) -> str | None:
    """The auxiliary of a clause that opens with a condition and no comma: "if she leaves can he stay"."""
    words = _WORDS.findall(clause)
    asks = re.search(rf"\b{_WH}\b", clause.partition(" ")[2])
    inverted = re.search(
        r"\b(" + "|".join(AUXILIARIES) + r")\s+(?:the|it|he|she|they|we|you|i|either|any|a|an|each|both|that|this|there|"
        r"one|our|its|his|their|all|(?!to\b)[a-z][\w'-]*\s+(?!be\b|have\b|been\b)|"
        r"(?<=must\s)(?!\w+ly\b)[a-z]{3,}\s+be\b)", clause.partition(" ")[2]
    )  # fmt: skip
    if not words or words[0] not in _OPENS or inverted is None:
        return None
    if asks and (asks.start() < inverted.start() or asks.start() == inverted.end()):
        return None
    return inverted[1]


#: The law that is asked about without a verb, and what is so without its limits.
_TERSE_STATE = re.compile(
    r"^mentions?\s+(?!of\b)\S|^(?:governed\s+by|subject\s+to|silent\s+on)\b|^(?:un(?:capped|limited)|capped)\s+\w+\s*\??$"
)
#: Asking words inside a note: "subject to which provision?", "since when?".
_ASKS_INSIDE = re.compile(r"\b(?:what|which|whom|whose|how)\b")
_ASKS_WHEN = re.compile(rf"\b{_WH}\b")
_ASKS_LAST = re.compile(
    r"\b(?:since|until|from|by|to|of|under|for)\s+(?:when|what|which|whom)\b(?:\s+\w+)?\s*\??$"
)
#: Somebody's duties are asked for, not whether there are any.
_OWN_DUTY = re.compile(
    r"\b(?:our|their|its|his|her|my|first)\s+(?:[\w-]+\s+)?(?:dut(?:y|ies)|obligations?)\s*\??$|^(?:[\w-]+\s+)?(?:obligations|duties)\s+of\b|"
    r"^(?:the\s+)?(?:licensor|licensee|landlord|tenant|vendor|supplier|customer|client|buyer|seller|distributor|franchisee|contractor|agent|lender|borrower)(?:'s)?\s+"
    r"(?:[\w-]+\s+)?(?:obligations|duties)\b"
)
_THIRD_PARTY = re.compile(r"\bthird[\s-]+part(?:y|ies)\s+(?:beneficiar(?:y|ies)|rights?)\b")


def _terse(text: str) -> str:
    if re.match(r"(?:any|anything|is\s+there|are\s+there|no)\b", text) and not (
        re.match(r"(?:no\.|no\s+of|any\s+idea)\b", text) or _ASKS_LAST.search(text)
    ):
        return "any"
    if _ASKS_INSIDE.search(text) or _OWN_DUTY.search(text):
        return ""
    if _ASKS_WHEN.search(text) and not _TERSE_END.search(text.rstrip(" ?.!")):
        return ""
    text = _THIRD_PARTY.sub("beneficiaries", text)
    thing = _TERSE_THING.search(text)
    head = re.split(
        r"\b(?:for|on|of|to|by|in|when|with|if|after|from|between|against|over)\b", text, maxsplit=1
    )[0]
    if _TERSE_STATE.match(text):
        return "is"
    if TERSE_VALUE.search(head):
        return ""
    asked = _TERSE_HEAD.match(text) or _TERSE_END.search(text.rstrip(" ?.!"))
    return "allowed" if asked else "any" if thing else ""


def confirms(sentence: str) -> bool:
    """Whether a sentence states what is to be confirmed."""
    return stating.confirms(spelled(sentence).strip()) or stating.is_held(sentence)


def yes_no_word(sentence: str, wrapped: bool = False, whether: bool = False) -> str:
    """The word that makes a sentence ask if something is so ("may", "is", "any"); empty where it asks for more.

    "Is there a cap, and what is it?" asks for the cap. `wrapped`: it stood after words like "can you tell me";
    `whether`: after these and "whether".
    """
    text = spelled(sentence).strip()
    if whether:
        inner = next((word for word in _WORDS.findall(text) if word in AUXILIARIES), "whether")
        return "" if _IF_SO.search(text) else inner
    if _SAYS.match(text) or _IF_SO.search(text) or _ORDERS.match(text) or _EXTREME.match(text):
        return ""
    if wrapped and _ASKED.match(text):
        return ""
    clauses = [clause for clause in _CLAUSES.split(text.rstrip(" ?")) if clause]
    word = _first_asking(clauses)
    if word is None:
        word = next((inside for clause in clauses if (inside := _inside(clause))), None)
    if word is None:
        return "" if wrapped else "whether" if confirms(text) else _terse(text)
    if word == "what":
        return ""
    return "" if _AND_MORE.search(text[text.index(word) + len(word) :]) else word
