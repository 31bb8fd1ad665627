"""Several questions in one sentence, each with the words that it takes from the first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from consolidation.asking.kinds import value_type
from consolidation.asking.topics import is_fact
from consolidation.asking.typed import ValueType
from consolidation.asking.unwrapping import unwrapped

_WH = r"(?:what|which|who|whom|whose|when|where|why|how)"
_ASKS = r"(?:(?:at|by|in|on|under|for|to|from|with|of|until|after)\s+)?(?:what|which|who|whom|whose|when|where|why|how)(?:'s)?\b"
_AUXILIARY = (
    r"(?:does|do|did|is|are|was|were|has|have|had|can|could|may|must|shall|should|will|would|might|isn't|aren't|doesn't|"
    r"don't|didn't|can't|couldn't|won't|wouldn't|hasn't|haven't|mustn't|shouldn't|wasn't|weren't|cannot)"
)
#: "..., and what is it", "... and how much": the second half asks more of the same thing, and is no question of its own.
_SAME_THING = re.compile(
    r"^(?:what|how\s+(?:much|long|many|so|big|high|often|far)|who|when|where|which|why|whom|for\s+how\s+long|"
    r"for\s+what|to\s+whom|in\s+what|as\s+what|(?:on|at|by|with|under|from|until)\s+(?:what|which|when|whom))\b(?:\s+\w+){0,2}?(?:\s+(?:is|are|was|would|does|did)\s+(?:it|that|they|those|this)"
    r"(?:\s+be|\s+last|\s+run)?|\s+each\s+time)?\s*[?.]?$",
    re.IGNORECASE,
)  # fmt: skip
#: What is asked first is asked of "it" already, so that "it" is the document.
_OF_IT = re.compile(rf"^{_ASKS}.*\bit\b", re.I)
#: Who is meant is said only in the first half: "Who signed, and what was his job?"
_OF_THE_FIRST = re.compile(
    r"\b(?:his|her|hers|he|she|him|that\s+(?:person|individual|party)|which\s+one|its\s+(?:client|customer))\b|^with\s",
    re.I,
)
#: A fact that has a place of its own in a document, whoever "his" means: "Who is the executive and what is his salary?"
_OWN_FACT = re.compile(
    r"\b(?:salary|wages?|bonus|fees?|pay|rent|price|compensation|allowance|notice(?:\s+period)?|expir\w*|start\w*|end)\b",
    re.I,
)
#: "... and where is the venue": a subject of its own, and no "it".
_OWN_SUBJECT = re.compile(
    r"^(?:(?:in|before)\s+)?(?:what|which)\s+(?:[\w-]+['\u2019]?s?\s+)?(?:laws?|courts?)\b|^(?:what|when|where|who|which)(?:'s|\s+(?:is|are|was|were))\s+(?!(?:it|its|that|this|they|those|these|them|there|he|she|due|paid|meant|covered|used)\b)(?:the\s+)?[\w-]+(?:\s+[\w-]+)?\s*\??$",
    re.I,
)
_AND = re.compile(
    rf",?\s+(?:and|&|plus)\s+(?:also\s+)?(?={_ASKS}|{_AUXILIARY}\s+(?:the|it|there|we|they|either|any|this)\b)",
    re.I,
)


#: A first half that has no verb of its own: "On which market and at what hour is it taken?"
_HALF = re.compile(rf"^{_ASKS}(?:\s+\w+)?$|^how\s+(?:many|much)\s+\w+$|^.*\s{_WH}$", re.I)
#: Between the first questions of a list of them; alone, it opens a relative clause: "the agent, who is ...".
_COMMA = re.compile(rf",\s+(?={_ASKS})", re.I)


_NOUN = r"(?:(?!\w+ing\s+(?:the|an?|his|her|its|their)\b)(?!(?:the|an?|in|under|of|for|that|which|who|payable|due|paid|to|by|on|at|from|with|per|is|are|was|were|does|do|did|must|may|can|will|shall|should|has|have|there|if|when|after|before)\b)[\w'’&/-]+)"
_NOUNS = rf"{_NOUN}(?:\s+{_NOUN}){{0,3}}"
#: What a first question is about, by its forms: "what is the royalty", "how many arbitrators", "who pays the fee".
_ABOUT = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^who(?:'s|\s+is|\s+was)\s+the\s+(?P<thing>{_NOUNS})",
        rf"^(?:what|which|when|where)(?:'s|\s+(?:is|are|was|were))\s+(?:the|an?|any|its|our)\s+(?P<thing>{_NOUNS})",
        rf"^(?:what|which|how\s+(?:many|much))\s+(?P<thing>{_NOUNS})\s+(?:is|are|was|were|does|do|did|must|may|can|will|shall|should|has|have)\b",
        rf"^how\s+(?:big|large|high|long)\s+(?:is|are|was|were)\s+(?:the|any|its|our)\s+(?P<thing>{_NOUNS})",
        rf"^(?:is|are)\s+there\s+(?:an?|any)\s+(?P<thing>{_NOUNS})",
        rf"^(?:when|where|how\s+(?:long|often|much))\s+(?:does|do|did|is|are)\s+the\s+(?P<thing>{_NOUNS})\s+[a-z]+$",
        rf"^who\s+(?:pays(?:\s+for)?|bears|owns|holds|provides?|keeps|maintains|sets|receives|gets|appoints|chooses)\s+(?:the|an?|any)\s+(?P<thing>{_NOUNS})",
    )
]
_WHO_IS = re.compile(r"^who(?:'s|\s+is|\s+was)\s+the\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:(?P<one>he|she|him)|(?P<own>his|her)(?=\s+[a-z]))\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:(?P<own>its)|it)\b(?![-'’])", re.IGNORECASE)
_THEY = re.compile(r"\b(?:(?P<own>their)|they|them|those)\b", re.IGNORECASE)
#: What is done by documents, so that "it" is the document, unless what the first is about does so too.
_OF_DOCUMENTS = re.compile(
    r"\b(?:expir\w*|ends?|ended|renew\w*|terminat\w*|sign\w*|governed|in\s+force|take\s+effect|assign\w*|say|called|dated|run|last)\b",
    re.IGNORECASE,
)
_RUNS = re.compile(
    r"\b(?:terms?|periods?|licen[cs]es?|options?|leases?|warrant(?:y|ies)|exclusivity|insurance|polic(?:y|ies)|obligations?|guarant\w+|non-?compete|"
    r"lines?|facilit(?:y|ies)|loans?|commitments?|notes?|mortgages?|letters?\s+of\s+credit)$",
    re.IGNORECASE,
)


#: What is stopped after a question whether something renews is the renewal, and not the agreement.
_RENEWS = re.compile(r"\b(?:auto-?\s?)?(?:renew|extend|roll)\w*", re.IGNORECASE)
_STOP_IT = re.compile(
    r"\b(?P<stop>stop|prevent|avoid|block|opt\s+out\s+of|get\s+out\s+of)\s+(?:it|that|this)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: its words without an article, empty where they cannot be told, and the question."""

    asked: str
    thing: str

    def named_in(self, piece: str) -> str:
        """A later question with the first "it", "they" or "he" replaced by what this one is about."""
        if _RENEWS.search(self.asked):
            piece = _STOP_IT.sub(r"\g<stop> the renewal", piece)
        if not self.thing or re.search(rf"\b{re.escape(self.thing)}\b", piece, re.IGNORECASE):
            return piece
        person = bool(_WHO_IS.match(self.asked))
        many = self.thing.lower().endswith("s") and not self.thing.lower().endswith(("ss", "us"))
        pronoun = _HE if person else _THEY if many else _IT
        found = pronoun.search(piece)
        if found is None or (_OF_DOCUMENTS.search(piece) and not person and not _RUNS.search(self.thing)):
            return piece
        name = f"the {self.thing}"
        own = ("'" if many else "'s") if found["own"] else ""
        return f"{piece[: found.start()]}{name}{own}{piece[found.end() :]}"


def subject(question: str) -> Subject:
    """What a question is about."""
    asked = unwrapped(question).text.strip(" ,?.")
    match = next((found for about in (*_ABOUT, _NOTE) if (found := about.match(asked))), None)
    return Subject(asked, match["thing"].strip() if match else "")


#: "Can Acme cancel, and by when?": what is asked beside the verdict takes its words from that.
_VERDICT = re.compile(
    r"^(?P<first>(?:and\s+|but\s+)?(?:can|could|may|must|shall|should|will|does|do)\s+(?:\S+\s+){1,12}?[^\s,]+)\s*,?\s+and\s+(?:if\s+so,?\s+)?"
    r"(?P<more>(?:(?:by|until|from|for|at|on|in|with|under|to|after|within)\s+(?:when|how\s+(?:long|much|many)|what|which|whom)|when|how\s+(?:long|often|soon|quickly|fast|much)|how|why|where)(?:\s+(?!(?:is|are|was|were|does|do|did|can|may|must|will|would|has|have|the|it|they)\b)[\w'-]+){0,2})\s*\?*$",
    re.IGNORECASE,
)


#: What is asked beside a sum, or beside what somebody must do: "..., and when?", "and over what period?".
_MORE = (
    r"(?:(?:(?:by|until|from|since)\s+)?when|to\s+whom|by\s+whom|how\s+(?:often|soon|quickly)|for\s+how\s+long|"
    r"(?:over|during|within|in|for|by|on|at|to|from|until|with)\s+(?:what|which|how\s+many|how\s+much)(?:\s+(?!(?:is|are|was|were|does|do|did|can|may|must|will|would|has|have|the|it|they)\b)[\w'-]+){1,3})"
)
_DOES = r"(?:does|do|did|must|shall|will|may|can|should)"
_NO_MORE = rf"(?:(?!\b{_WH}\b)[^?;])"
#: A sum and one thing more of it, by what is asked first and what both ask about.
_SUM_AND_MORE = [
    re.compile(rf"^(?P<first>{first})(?P<both>{both})\s*,?\s+and\s+(?P<more>{_MORE})\s*\?*$", re.IGNORECASE)
    for first, both in (
        (r"how\s+much\s+", rf"{_DOES}\s+{_NO_MORE}{{3,140}}?"),
        (
            r"what\s+",
            rf"{_DOES}\s+{_NO_MORE}{{2,80}}?\b(?:pay|paid|owe|repay|charge|cost|receive|earn|get)\b{_NO_MORE}{{0,80}}?",
        ),
        (
            r"(?:how\s+much|what)\s+",
            rf"(?:is|are|was|were)\s+{_NO_MORE}{{3,80}}?\b(?:payable|paid|due|owed|owing|repaid|repayable)\b{_NO_MORE}{{0,80}}?",
        ),
    )
]
#: The same, where the name of the sum stands first: "What fees does Acme pay, and to whom?"
_FEES_AND_MORE = re.compile(
    rf"^(?:what|which)\s+(?P<sum>{_NOUNS})\s+(?P<both>{_DOES}\s+{_NO_MORE}{{2,80}}?\s(?:pay|owe|charge|receive|earn|get))\s*,?\s+and\s+(?P<more>{_MORE})\s*\?*$",
    re.IGNORECASE,
)
#: What somebody must have, give or do, and when or for how much: "What insurance must he have, and for how much?"
_THING_AND_MORE = re.compile(
    rf"^(?:what|which)\s+(?P<sum>{_NOUNS})\s+(?P<both>{_DOES}\s+{_NO_MORE}{{2,80}}?)\s*,?\s+and\s+"
    rf"(?P<more>(?:(?:by|until|from)\s+)?when|to\s+whom|for\s+how\s+(?:much|long)|how\s+often)\s*\?*$",
    re.IGNORECASE,
)


def _sum_and_more(sentence: str) -> list[str]:
    """A question for a sum and a short one that goes on from it, each in full; empty where it is no such pair."""
    text = unwrapped(sentence).text
    for pattern in _SUM_AND_MORE:
        if match := pattern.match(text):
            more = match["more"]
            return [f"{match['first']}{match['both']}?", f"{more[:1].upper()}{more[1:]} {match['both']}?"]
    if match := _FEES_AND_MORE.match(text) or _THING_AND_MORE.match(text):
        more = match["more"]
        first = f"What {match['sum']} {match['both']}?"
        return [first, f"{more[:1].upper()}{more[1:]} {match['both']} the {match['sum']}?"]
    return []


#: A fact as a note, in its document: "Retainage in the Acme contract".
_NOTE = re.compile(
    r"^(?:the\s+)?(?P<thing>[\w'’-]+(?:\s+[a-z'’-]+)?)\s+(?:in|under|of|for)\s+(?:the|this|that|our|each)\s+[\w'’&.-]+(?:\s+[\w'’&.-]+){0,6}$",
    re.IGNORECASE,
)
_NOTED: frozenset[ValueType] = frozenset({"amount", "percent", "duration", "date", "law", "place", "number"})


def is_note(piece: str) -> bool:
    """Whether words name a fact without a verb."""
    return is_fact(piece) or (bool(_NOTE.match(piece.strip(" ?.,"))) and value_type(piece) in _NOTED)


def _verdict_and_more(sentence: str) -> list[str]:
    """A question of yes or no and a short one that goes on from it, each in full; empty where it is no such pair."""
    match = _VERDICT.match(unwrapped(sentence).text)
    if match is None or re.search(rf"\b{_WH}\b|[?;]", match["first"], re.IGNORECASE):
        return []
    first = re.sub(r"^(?:and|but)\s+", "", match["first"], flags=re.IGNORECASE)
    more = match["more"]
    rest = first[:1].lower() + first[1:]
    return [f"{first}?", f"{more[:1].upper()}{more[1:]} {rest}?"]


def several(sentence: str) -> list[str]:
    """The questions in one sentence: "Who signed, and when does it expire?" holds two.

    "It", "they" and "he" of a later one are the thing or person that the first asks about, where it says which.
    """
    if pair := _verdict_and_more(sentence) or _sum_and_more(sentence):
        return pair
    pieces = _AND.split(sentence)
    if len(pieces) > 1:
        pieces = [part for piece in pieces for part in _COMMA.split(piece)]
    found, first = [pieces[0]], subject(pieces[0])
    for piece in pieces[1:]:
        of_person = bool(_HE.search(piece)) and bool(_WHO_IS.match(first.asked))
        apart = not _OF_THE_FIRST.search(piece) or bool(_OWN_FACT.search(piece)) or of_person
        same = (
            _SAME_THING.match(piece)
            and not _OWN_SUBJECT.match(piece)
            and not (_OF_IT.search(found[-1]) and re.search(r"\bit\b", piece))
        )
        own = not same and apart and len(piece.split()) >= 3
        opens = re.match(rf"(?:{_ASKS}|{_AUXILIARY}\b)", unwrapped(found[-1]).text, re.IGNORECASE)
        if own and (opens or is_note(found[-1])) and not _HALF.match(found[-1]):
            found.append(first.named_in(piece))
        else:
            found[-1] += f" and {piece}"
    return found
