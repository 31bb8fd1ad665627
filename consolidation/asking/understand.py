"""What a question asks: its type of value, yes or no, which documents it goes over, and what cannot be answered."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from consolidation.asking import wording
from consolidation.asking.alternatives import which_of_two
from consolidation.asking.condition import Asked, Condition
from consolidation.asking.defining import term
from consolidation.asking.excluding import leaving_out
from consolidation.asking.kinds import value_type
from consolidation.asking.matters import Over, Quantifier, Scope, scope
from consolidation.asking.naming_first import asked_of_named
from consolidation.asking.polarity import confirms, yes_no_word
from consolidation.asking.ranking import FIRST_PLACE, Places
from consolidation.asking.refusals import Refusal, refused
from consolidation.asking.splitting import is_note, several
from consolidation.asking.stating import without_opinion
from consolidation.asking.topics import facts_of, is_fact
from consolidation.asking.turning import Doubt, Straight, stated, straight
from consolidation.asking.typed import ValueType
from consolidation.asking.unwrapping import as_what, sentences, spelled, unwrapped


@dataclass(frozen=True, slots=True)
class Understanding:
    """A question as it was understood.

    `asked` is the inner question without what is put around it; `each` is what is asked of one document, which
    differs from `asked` where the question goes over many ("which contracts are governed by Delaware law" asks each
    for its law). `value` is the type of what `each` asks for; `polarity` is the word that makes `each` a yes/no
    question ("may"), else empty. `over`, `quantifier` and `condition` say how cells are folded. `term` is the
    defined term whose definition is asked. `topic` are the words to look passages up by. `refused` names a kind of
    request that documents cannot answer. `parts` are the questions where several were asked at once, else empty.
    `places` are those of an order that are told. `tested` are conditions that each document is asked for one by one:
    all groups hold, and of each group at least one; where a value is folded too, `each` asks for it. `left_out` are
    the words that name documents which are not asked. `turned`: the answer is the opposite of that of `each`, and
    `doubt` is why its Yes and No may be taken the wrong way. `sentence` says all this to people.
    """

    question: str
    asked: str
    each: str
    value: ValueType
    polarity: str = ""
    over: Over = "document"
    quantifier: Quantifier = ""
    condition: Condition | None = None
    term: str = ""
    topic: str = ""
    refused: Refusal = ""
    parts: tuple[Understanding, ...] = ()
    places: Places = FIRST_PLACE
    tested: tuple[tuple[Understanding, ...], ...] = ()
    left_out: str = ""
    turned: bool = False
    doubt: Doubt = ""
    sentence: str = ""

    @property
    def yes_no(self) -> bool:
        """Whether one document's answer is yes or no."""
        return bool(self.polarity)

    @property
    def questions(self) -> tuple[Understanding, ...]:
        """What each document is asked, one by one, where that is more than one question; else empty."""
        conditions = tuple(one for group in self.tested for one in group)
        if not conditions or self.over in ("which", "count"):
            return self.parts or conditions
        return (replace(self, tested=(), places=FIRST_PLACE), *conditions)


_EMPTY_WORDS = frozenset(
    "a an the this that these those of in on at to for from by with under about into as per and or if so "
    "it its is are was were be been being do does did has have had can "
    "could may might must shall should will would what which who whom whose when where why how there any "
    "some please me us we our i you your he she his her they their them not "
    "no much many long soon far say says tell contract contracts agreement agreements document documents "
    "deal here get gets give gives happens happen whether still just also "
    "than then once while up out off over s t d ll re".split()
)
_TOPIC_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")


def topic(text: str) -> str:
    """The words of a question that passages are looked up by, in order, as they are written."""
    words = (match[0] for match in _TOPIC_WORD.finditer(text))
    told = [w for w in words if re.sub(r"['’]s?$", "", w.lower()) not in _EMPTY_WORDS]
    return " ".join(dict.fromkeys(told))


#: A condition alone: what then is asked for.
_BARE_CONDITION = re.compile(
    r"^(?:(?:and|but|so)\s+)?(?:if|once|suppose|supposing|assuming|in\s+case)\b"
    r"(?!.*\b(?:what|which|who|whom|whose|when|how)\b)"
    r"(?!.*\s(?:is|are|was|were|do|does|did|can|may|must|will|would|has|have)\s+(?:the|an?|any|it|they|he|she|we|you)\b)"
    r"[^,;]+$",
    re.IGNORECASE,
)
#: A verb before a name: "if it is late can Seller leave" asks.
_SUBJECT_NEXT = re.compile(
    r"\s(?:is|are|was|were|do|does|did|can|may|must|will|would|has|have)\s+[A-Z]\w+\s+[a-z]"
)
_FILE = re.compile(
    r"[\"“'‘][^\"“”?]{1,120}\.(?:pdf|docx?|txt|rtf|odt|html?|eml|msg|xlsx?|pptx?)[\"”'’]|\S+\.(?:pdf|docx?|txt|rtf|odt|eml|msg|xlsx?|pptx?)\b",
    re.IGNORECASE,
)


def _one(
    pieces: list[str], question: str, terms: Iterable[str], today: datetime.date | None
) -> Understanding:
    """One question: the last of its sentences asks, those before say what is supposed."""
    before = " ".join(pieces[:-1])
    last, left_out = leaving_out(pieces[-1])
    inner = unwrapped(without_opinion(_FILE.sub("the agreement", last)))
    going = scope(inner.text, today)
    if left_out and going.over == "document":
        left_out, inner = "", unwrapped(without_opinion(_FILE.sub("the agreement", pieces[-1])))
        going = scope(inner.text, today)
    folded = going.over != "document"
    each = going.each or ("" if going.over == "count" else inner.text)
    said = Straight(each) if folded else straight(each)
    each = said.text
    polarity = yes_no_word(each, inner.wrapped and not folded, inner.whether and not folded)
    if not folded and not polarity and confirms(pieces[-1]):
        polarity = "whether"
    if polarity == "whether" and not inner.whether and not before:
        said = stated(each)
        each = said.text
    value = "free" if polarity or not each else value_type(each, terms)
    if polarity and not folded and (which := which_of_two(each)):
        value, polarity = which, ""
    if _BARE_CONDITION.match(each) and not (polarity and not before and _SUBJECT_NEXT.search(each)):
        value, polarity = "consequence", ""
    if value == "free" and before and each and not polarity:
        value = "consequence"
    if going.condition is not None and going.condition.test not in ("has", "lacks"):
        value, polarity = going.condition.kind, ""
    if going.every and going.over in ("which", "count"):
        value, polarity = "free", ""
    if value == "amount" and not polarity:
        each = as_what(each)
    if before and not folded:
        each = f"{before} {each}"
    found = Understanding(
        question, inner.text, each, value, polarity, going.over, going.quantifier, going.condition,
        term(inner.text) if value == "definition" else "", topic(f"{before} {inner.text}"), refused(inner.text),
        places=going.places, tested=_tested(going), left_out=left_out,
        turned=said.turned and bool(polarity), doubt=said.doubt if polarity else "",
    )  # fmt: skip
    return replace(found, sentence=wording.understood(found))


def _tested(going: Scope) -> tuple[tuple[Understanding, ...], ...]:
    return tuple(tuple(of_condition(one) for one in group) for group in going.every)


def of_condition(asked: Asked) -> Understanding:
    """A condition as the question which documents meet it."""
    each, condition = asked.each, asked.condition
    polarity = yes_no_word(each, False, False) if condition.test in ("has", "lacks") else ""
    value = condition.kind if not polarity else "free"
    found = Understanding(each, each, each, value, polarity, "which", "", condition, topic=topic(each))
    return replace(found, sentence=wording.understood(found))


_ASKING = re.compile(
    r"(?:(?:at|by|in|on|under|for|to|from|with|of|until)\s+)?(?:what|which|who|whom|whose|when|where|why|how)\b|(?:list|name|give|does|is|are|can|may|must)\b|"
    r"(?:do|did|has|have|will|would|could|shall|was|were)\s+(?:the|they|we|it|he|she|either|any|both|you|i)\b|if\s+(?:so|yes|not|any)\b"
)


def _is_asking(sentence: str) -> bool:
    text = spelled(sentence).strip()
    return text.endswith("?") or bool(_ASKING.match(unwrapped(text).text))


def _groups(question: str) -> list[list[str]]:
    """The questions asked at once, each with the sentences before it that only say what is supposed."""
    groups: list[list[str]] = [[]]
    noted = [several(sentence) for sentence in sentences(question)]
    only_facts = all(is_fact(piece) for pieces in noted for piece in pieces)
    for pieces in noted:
        for piece in pieces:
            facts = facts_of(piece)
            asks = only_facts or len(facts) > 1 or (len(pieces) > 1 and is_note(piece)) or _is_asking(piece)
            for fact in facts:
                groups[-1].append(fact)
                if asks:
                    groups.append([])
    rest = groups.pop()
    if rest and groups:
        groups[-1] = [*rest, *groups[-1]] if len(groups) == 1 else groups[-1]
    return groups or [rest]


_FOLLOWS = re.compile(
    r"^(?:(?:and|or|please)\s+)*(?:if\s+(?:so|not|yes|any)\b.*|(?:(?:for|by|in|to|at|from)\s+)?(?:what|which|who|whom|how\s+(?:much|many|long))"
    r"(?:\s+\w+)?\s*\?|since\s+when.*|why\s*\?|(?:give|name)\s+both.*)$",
    re.IGNORECASE,
)


def understand(question: str, terms: Iterable[str] = (), today: datetime.date | None = None) -> Understanding:
    """What a question asks, in whatever words.

    `terms` are the matter's defined terms, so that a term asked for alone is looked up as a definition; `today`
    resolves words like "this year". Any text gives an understanding: what cannot be answered is `refused`.
    """
    known = tuple(terms)
    groups = _groups(asked_of_named(question))
    after_comma = asked_of_named(question, comma=True)
    if len(groups) == 1 and after_comma != question and len(more := _groups(after_comma)) > 1:
        groups = more
    joined: list[list[str]] = []
    for group in groups:
        follows = joined and len(group) == 1 and _FOLLOWS.match(group[0]) and len(group[0].split()) < 8
        if follows:
            joined[-1] = [*joined[-1][:-1], f"{joined[-1][-1]} {group[0]}"]
        elif group:
            joined.append(group)
    if len(joined) <= 1:
        return _one(joined[0] if joined else [question], question, known, today)
    parts = tuple(_one(group, " ".join(group), known, today) for group in joined)
    several_said = replace(parts[0], question=question, parts=parts, topic=topic(question))
    return replace(several_said, sentence=wording.understood(several_said))
