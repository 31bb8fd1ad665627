"""What a sentence says to a question of Yes and No in plain words: it does, orders, requires or ends what is asked.

Only what stands there in the question's own words is taken for said: "hereby releases ... all claims" for "does she
release her claims", and the condition of a benefit for what must be done to get it. All else says nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from consolidation.briefs.fields import Party
from consolidation.grammar.asked_words import asked_words, party_words, said_words
from consolidation.grammar.denying import stems
from consolidation.grammar.named_parties import ANY_PARTY, mentioned_parties
from consolidation.grammar.other_cases import in_another_case

Said = Literal["Yes", "No", ""]
#: Questions that ask the other way round, for more than whether something is so, or for a bound or a case.
_TURNED = re.compile(
    r"\b(?:not|never|no|none|nothing|neither|nor|without|unless|except|only|other\s+than|fails?|failed|stop\w*|avoid\w*|refus\w*|prevent\w*"
    r"|prohibit\w*|forbid\w*|barr?ed|too|both|always|every|more|less|fewer|least|most|if|when|while|even)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:(?:so|and|but)\s+)?(?:(?:must|shall|will|does|do|did)\b|(?:is|are)\s.{2,60}?\s(?:required|obliged|obligated)\s+to\b)",
    re.IGNORECASE,
)
_ADVERB = r"(?!(?:supp|app|re|comp|rep)ly\b)[a-z]+ly"
_LISTED = r"[a-z]+(?:(?:,\s+(?:and\s+)?|\s+and\s+)(?:forever\s+|[a-z]+ly\s+)?[a-z]+){0,6}"
_PERFORMS = re.compile(rf"\bhereby\s+(?:{_ADVERB},?\s+(?:and\s+)?){{0,3}}(?P<verbs>{_LISTED})", re.IGNORECASE)
_ORDERS = re.compile(
    r"\b(?:shall|will|must|agrees?\s+to|undertakes?\s+to|covenants?\s+to|(?:is|are)\s+(?:required|obligated|obliged)\s+to)\s+"
    rf"(?:{_ADVERB}\s+)?(?P<verbs>(?!be\b|not\b|never\b|in\b){_LISTED})",
    re.IGNORECASE,
)
#: Right before what is done: it is not, or only supposed.
_DENIED_BEFORE = re.compile(
    r"\b(?:no|not|never|neither|nor|none|nothing|if|unless|whether|until|in\s+the\s+event|to\s+the\s+extent|provided|when)\b[^,;:]{0,80}$",
    re.IGNORECASE,
)
#: What is done is limited by such a word behind it.
_LIMITED = re.compile(
    r"\b(?:not|never|no|neither|nor|except\w*|unless|other\s+than|exclud\w*|exclusive|only|but|without|if|provided|subject|until|save)\b",
    re.IGNORECASE,
)
_NO_LIMIT = re.compile(
    r"\b(?:whether\s+or\s+not|(?:but\s+)?(?:in\s+no\s+event|not?)\s+(?:later|more|less|fewer)\s+than|(?:but\s+)?not\s+limited\s+to|without\s+limit(?:ation|ing)?|notwithstanding\s+anything\s+to\s+the\s+contrary)\b",
    re.IGNORECASE,
)
#: What somebody must do to get something: the words up to the purpose.
_NEEDS = re.compile(
    r"^(?:must\s+.+?|(?:does|do|did|will)\s+.+?\s+(?:have|need)\s+to|(?:is|are)\s+.+?\s+required\s+to)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"\s(?:(?:in\s+order\s+|so\s+as\s+)?to\s+(?:get|receive|obtain|collect|earn|have|keep|be\s+paid|be\s+entitled|be\s+eligible|qualify)"
    r"|before\s+(?:being\s+paid|(?:\w+\s+){1,3}(?:gets?|receives?|is\s+paid|are\s+paid)|getting|receiving)|as\s+a\s+condition|in\s+(?:exchange|return)\s+for)\b",
    re.IGNORECASE,
)
#: Whether somebody may do something, and where an exception lets them.
_MAY = re.compile(
    r"^(?:(?:so|and|but)\s+)?(?:may|can|could|(?:is|are)\s.{2,60}?\s(?:allowed|permitted|free|able|entitled)\s+to)\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:not|never|no|none|neither|nor|only|unless|except|if|when)\b|n['\u2019]t\b", re.IGNORECASE
)
_EXCEPTS = re.compile(
    r"\b(?:except\s+that|provided,?\s+(?:however,?\s+)?that|provided,?\s+however,?|save\s+that)\s+",
    re.IGNORECASE,
)
_LETS = re.compile(
    r"(?P<who>(?:[\w'\u2019&.-]+\s+){1,8}?)(?:may|shall\s+be\s+(?:entitled|permitted|free)\s+to|is\s+(?:entitled|permitted|free)\s+to)\s+(?!not\b|only\b)(?:[a-z]+ly\s+)?"
    r"(?P<verbs>[a-z]+(?:(?:,\s+(?:or\s+)?|\s+or\s+|\s+and\s+)[a-z]+){0,4})",
    re.IGNORECASE,
)
#: Without whose leave.
_WITHOUT = re.compile(
    r"\bwithout\s+(?:first\s+)?(?:(?:obtaining|getting|asking(?:\s+for)?)\s+)?(?:[\w'\u2019]+\s+){0,5}?(?:consents?|approvals?|permission|leave|agreement)\b(?:\s+of\s+(?:the\s+)?\w+)?",
    re.IGNORECASE,
)
#: Where the main clause begins behind a condition.
_MAIN = re.compile(r"[.;]\s|,(?=[^,.;]{0,80}?\b(?:shall|will|may|must)\b)", re.IGNORECASE)
_CONDITION = re.compile(
    r"\b(?:provided(?:,?\s+(?:however|further),?)?(?:\s+that)?|condition(?:ed|al)?\s+(?:precedent\s+)?(?:up)?(?:on|to|of)|contingent\s+(?:up)?on|subject\s+to"
    r"|on\s+(?:the\s+)?condition\s+that|only\s+if|if|unless|in\s+(?:exchange|consideration|return)\s+for|so\s+long\s+as|upon)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|no)\b", re.IGNORECASE)
#: Whether somebody goes on to be something, and words that end that.
_GOES_ON = re.compile(
    r"^(?:does|do|will|shall|is|are)\s+.{2,60}?\b(?:remains?|stays?|continues?|still)\b(?!\s+(?:liable|responsible|bound|obligated))",
    re.IGNORECASE,
)
_GONE_ON = frozenset(("remain", "stay", "continu", "still", "serv", "serve", "as"))
_RESIGNS = re.compile(
    r"\b(?:hereby\s+(?:[a-z]+ly\s+)?(?:resigns?|relinquish(?:es)?|retires?|vacates?|steps?\s+down)|shall\s+(?:be\s+deemed\s+to\s+have\s+)?resign(?:ed)?"
    r"|(?:has|have)\s+resigned|resigns|(?:shall|will)\s+cease\s+to\s+be|(?:is|are)\s+(?:hereby\s+)?removed)\b(?P<of>.{0,500})",
    re.IGNORECASE,
)
#: Who gets something, and what is done so that they do.
_GETS = re.compile(
    r"^(?:does|do|will|shall)\s+(?P<who>.{2,60}?)\s+(?:gets?|receives?|obtains?|be\s+(?:given|paid|granted))\s+(?P<what>.+)$",
    re.IGNORECASE,
)
_TO = re.compile(r"\b(?:to|for)\s+(?:the\s+|said\s+)?$", re.IGNORECASE)
_GIVES = {"deposit"} | stems(
    "assign transfer convey give grant sell deliver pay provide furnish issue contribute distribute reimburse"
)
#: Others who are asked about with the first: "Acme and Beta"; empty for the first itself, which may stand behind.
_ALSO = re.compile(r"(?:\s*(?:,|and|&|,\s+and)\s+(?:the\s+)?)?")
#: An order is told by its verb and by what it is about.
_FEWEST = 2
_CLAUSE_END = re.compile(r";\s|\.\s+(?=[A-Z(])")
#: A name, or a word in capitals, that is not of a party that is known.
_NAME = re.compile(r"(?<=\s)[A-Z][\w&]+")
_REACH, _ORDER_REACH = 600, 350


def plainly(question: str, sentence: str, parties: Sequence[Party]) -> Said:
    """Yes or No where a sentence says so in the question's own words, of the party that it is about; else nothing."""
    said = " ".join(sentence.split())
    if in_another_case(question, said, parties) or _has_ended(question, said, parties):
        return "No"
    does = (
        _is_needed(question, said, parties)
        or _is_given(question, said, parties)
        or _is_let(question, said, parties)
    )
    return "Yes" if does or _is_done(question, said, parties) else ""


def _is_done(question: str, said: str, parties: Sequence[Party]) -> bool:
    """Whether what is asked is done hereby, or ordered without limits."""
    if _TURNED.search(question) or not _ASKS.match(question):
        return False
    verb, *rest = asked_words(question, parties) or [""]
    for match, clause in _acts(said):
        is_order = match.re is _ORDERS
        if verb not in said_words(match["verbs"]) or (is_order and not rest):
            continue
        if is_order:
            clause = _CLAUSE_END.split(clause[:_ORDER_REACH])[0]
        if not set(rest) <= said_words(clause) or (is_order and _is_limited(clause)):
            continue
        if not _is_anothers(question, said[: match.start()], parties):
            return True
    return False


def _is_let(question: str, said: str, parties: Sequence[Party]) -> bool:
    """Whether an exception lets the party that is asked about do what is asked; other limits must not stand in it."""
    if not _MAY.match(question) or _NEGATED.search(question):
        return False
    verb, *rest = asked_words(_WITHOUT.sub(" ", question), parties) or [""]
    wants_leave = _WITHOUT.search(question) is not None
    for match in _EXCEPTS.finditer(said):
        clause = _CLAUSE_END.split(said[match.end() : match.end() + _ORDER_REACH])[0]
        lets = _LETS.match(clause)
        if lets is None or verb not in said_words(lets["verbs"]) or not rest:
            continue
        bare = _WITHOUT.sub(" ", clause)
        freely = not wants_leave or bare != clause
        if freely and set(rest) <= said_words(bare) and not _is_limited(bare[lets.end("verbs") :]):
            return not _is_anothers(question, lets["who"], parties)
    return False


def _is_anothers(question: str, before: str, parties: Sequence[Party]) -> bool:
    """Whether the last party named in the words before what is done is none of those that are asked to do it."""
    asked, named = mentioned_parties(question, parties), mentioned_parties(before, parties)
    doers = {one.party for one in asked if _ALSO.fullmatch(question[asked[0].end : one.start])}
    if not doers:
        unknown = [name for name in _NAME.findall(question) if name.lower() not in party_words(parties)]
        return bool(unknown) and not any(name in before for name in unknown)
    last = {one.party for one in named if one.end >= named[-1].start}  # parties may share a name
    return not doers & last and not ANY_PARTY.search(before[named[-1].end if named else 0 :])


def _acts(said: str) -> Iterator[tuple[re.Match[str], str]]:
    """What is done hereby and what is ordered, not denied or supposed, with the clause that it is said in."""
    for pattern in (_PERFORMS, _ORDERS):
        for match in pattern.finditer(said):
            if _DENIED_BEFORE.search(said[: match.start()]) is None:
                yield match, said[match.start() : match.start() + _REACH]


def _is_limited(clause: str) -> bool:
    return _LIMITED.search(_NO_LIMIT.sub(" ", clause)) is not None


def _is_given(question: str, said: str, parties: Sequence[Party]) -> bool:
    """Whether somebody who is asked to get something is given it by these words."""
    asks = _GETS.match(question.strip(" ?."))
    if asks is None or _TURNED.search(question):
        return False
    who = {one.party for one in mentioned_parties(asks["who"], parties)}
    what = set(asked_words(asks["what"], parties))
    for match, clause in _acts(said) if who and what else ():
        given_to = {
            one.party for one in mentioned_parties(clause, parties) if _TO.search(clause[: one.start])
        }
        if said_words(match["verbs"]) & _GIVES and who & given_to and what <= said_words(clause):
            return not _is_limited(clause)
    return False


def _is_needed(question: str, said: str, parties: Sequence[Party]) -> bool:
    """Whether what must be done to get something is a condition of it."""
    asks = _NEEDS.match(question.strip(" ?."))
    purpose = _PURPOSE.search(asks["rest"]) if asks else None
    if asks is None or purpose is None or _NOT.search(question):
        return False
    wanted = set(asked_words(asks["rest"][: purpose.start()], parties))
    own = {one.party for one in mentioned_parties(question, parties)}
    for match in _CONDITION.finditer(said):
        of = _MAIN.split(said[match.end() : match.end() + _REACH // 2])[0]
        others = {one.party for one in mentioned_parties(of, parties)}
        if own and others and not own & others:
            continue
        if len(wanted) >= _FEWEST and wanted <= said_words(of) and not _NOT.search(of):
            return True
    return False


def _has_ended(question: str, said: str, parties: Sequence[Party]) -> bool:
    """Whether somebody who is asked to remain something gives that up."""
    if not _GOES_ON.match(question) or _TURNED.search(question):
        return False
    wanted = set(asked_words(question, parties)) - _GONE_ON
    return bool(wanted) and any(
        wanted <= said_words(match["of"])
        and not _DENIED_BEFORE.search(said[: match.start()])
        and not _is_anothers(question, said[: match.start()], parties)
        for match in _RESIGNS.finditer(said)
    )
