"""A question that goes on from another: what it leaves out is taken from the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from consolidation.asking.polarity import AUXILIARIES
from consolidation.asking.understand import understand
from consolidation.asking.unwrapping import unwrapped

#: Of which documents: what the question itself says, those asked before, those that met its condition, the one asked
#: before those, or all others.
Of = Literal["own", "same", "met", "other", "others"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The question before: with "the agreement" where it names documents, and the words that name them, if any."""

    neutral: str
    called: str = ""


@dataclass(frozen=True, slots=True)
class Followed:
    """A question in full, and of which documents it is asked."""

    text: str
    of: Of


_DOCUMENT = r"(?:agreement|contract|lease|deal|document|licen[cs]e|amendment|file|one)"
_LEAD = re.compile(
    r"^\s*(?:(?:and|also|but|so|or|then|ok(?:ay)?|now|plus)\b[\s,:–—-]*)*"
    r"(?:(?:what|how)\s+about\b[\s,:]*|same\s+(?:question\s+)?(?=for\b|of\b|in\b))?(?:also\b\s*)?",
    re.IGNORECASE,
)
_OF = re.compile(
    r"^(?:for|of|in|under|with|from|to|by|about|is\s+it\s+the\s+same\s+(?:for|in|with))\s+", re.I
)
_OTHER = re.compile(
    rf"^(?:the\s+)?other(?:\s+{_DOCUMENT})?(?:\s+(?:too|as\s+well))?\s*[?.!]*$", re.IGNORECASE
)
_OTHERS = re.compile(
    r"^(?:all\s+)?(?:the\s+|of\s+)*(?:others?|rest|remaining(?:\s+ones)?|other\s+ones)"
    rf"(?:\s+(?:{_DOCUMENT})s?)?(?:\s+(?:too|as\s+well))?\s*[?.!]*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|does|do|did|has|have|had|can|could|may|might|must|shall|should|will|would|expires?|ends?|"
    r"signed?|governs?|applies|apply|pays?|renews?|happens?|terminates?|begins?|starts?|gets?|owns?|starting|lasts?)\b|n't\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:(?:for|by|in|to|at|from|since|until|under|on)\s+)?(?:what|which|who|whom|whose|when|where|why|how)\b",
    re.I,
)
#: What one document has as well as many: after a question about one it is asked of that.
_OF_ONE = re.compile(
    r"^(?:(?:when|what)(?:'s|\s+is|\s+are)\s+)?(?:the\s+)?(?:next|earliest|latest)\s+(?:renewal|expir\w+|end)(?:\s+date)?\s*[?.!]*$",
    re.I,
)
_THEY = re.compile(r"\b(?:they|them|these|those|each\s+of\s+them)\b", re.IGNORECASE)
_IT = re.compile(
    rf"\b(?:(?P<its>its)|it|(?:this|that|the|the\s+same)\s+{_DOCUMENT}(?P<s>['’]s)?|(?:this|that)(?=\s*[?.!]*$))\b(?![-'’])",
    re.IGNORECASE,
)
#: "it" further inside a question mostly stands for something else that the question speaks of.
_NEAR_WORDS = 4
_AGREEMENT = re.compile(r"\bthe agreement\b(?P<s>['’]s)?", re.IGNORECASE)
_FILLERS = frozenset("a an the our this that s for of in under with from and one too as well please".split())


def follow_up(question: str, before: Earlier, named: str = "") -> Followed:
    """What a question asks that goes on from `before`, in full words, and of which documents.

    `named` are the words of the question that name documents, empty where it names none. "And when does it
    expire?", "what about the Sykes agreement?", "and the others?", "for how long?" and "the notice period?" are
    filled up; what stands by itself is left as it is. Any text gives a result.
    """
    rest = _LEAD.sub("", question, count=1).strip() or question.strip()
    bare = _OF.sub("", rest, count=1)
    if named:
        own = _only_names(bare, named)
        return Followed(_asked_of(before, named) if own else question, "own")
    if _OTHER.match(bare):
        return Followed(before.neutral, "other")
    if _OTHERS.match(bare):
        return Followed(before.neutral, "others")
    if understand(rest).over != "document" and not (before.called and _OF_ONE.match(rest)):
        return Followed(question, "met" if _THEY.search(rest) else "own")
    if _ASKS.match(rest) and not _VERB.search(rest) and len(rest.split()) <= 4:
        return Followed(f"{_with_name(before.neutral, before.called)} {_sentence(rest)}", "same")
    if instead := _done_instead(rest, before.neutral):
        return Followed(_named_in(instead, before.called), "same")
    if not _VERB.search(rest) and not _ASKS.match(rest) and rest.endswith("?"):
        return Followed(_named_in(f"What is {_small(bare)}", before.called), "same")
    if before.called or not _THEY.search(rest):
        return Followed(_named_in(_sentence(rest), before.called), "same")
    return Followed(_sentence(rest), "met")


_SUBJECT = r"(?:(?:the|an?|either|any|both|one|neither|our|its)\s+[\w'’.&-]+|[A-Z][\w'’.&-]*(?:\s+[A-Z][\w'’.&-]*)*|it|they|we)"
#: "Can the tenant assign ..." and "does the agreement have ...": what may be done, and what is there.
_MAY = re.compile(rf"^(?P<kept>(?:can|could|may|must|shall|should|will)\s+{_SUBJECT})\s+[a-z]", re.IGNORECASE)
_HAS = re.compile(
    rf"^(?P<kept>(?:does|do|is|are)\s+(?:there|{_SUBJECT}(?:\s+(?:have|contain|include|provide\s+for|mention|cover))))\b",
    re.I,
)
_MOST_INSTEAD = 5


def _done_instead(rest: str, before: str) -> str:
    """A yes/no question with other words for what is done, or there: "and sublet?" after "Can the tenant assign it?"."""
    words = rest.strip(" ?.!")
    match = _MAY.match(before) or _HAS.match(before)
    starts = re.match(
        r"(?:the|its|their|our|what|which|who|when|where|why|how|for|of|in|under|to|by|from|since)\b",
        words,
        re.I,
    )
    if (
        not match
        or starts
        or not words
        or len(words.split()) > _MOST_INSTEAD
        or words.split()[0].lower() in AUXILIARIES
    ):
        return ""
    return f"{match['kept']} {words[:1].lower() + words[1:] if words[1:2].islower() else words}?"


def _only_names(bare: str, named: str) -> bool:
    """Whether nothing but the names of documents is said."""
    said = set(re.findall(r"\w+", bare.lower()))
    names = set(re.findall(r"\w+", named.lower()))
    return all(word in names or word in _FILLERS or re.fullmatch(rf"{_DOCUMENT}s?", word) for word in said)


def _titled(named: str) -> str:
    """Names as a question speaks of them: "Sykes" gives "the Sykes agreement"; a file keeps its name."""
    bare = _bare(named)
    bare = re.sub(r"^the\s+", "", bare, flags=re.IGNORECASE)
    if re.search(r"\.\w{2,5}$", bare):
        return bare
    return f"the {bare}" if re.search(rf"\b{_DOCUMENT}s?$", bare, re.I) else f"the {bare} agreement"


def _with_name(neutral: str, called: str) -> str:
    if not called:
        return neutral
    return _AGREEMENT.sub(lambda match: _titled(called) + (match["s"] or ""), neutral, count=1)


def _asked_of(before: Earlier, named: str) -> str:
    """The whole question before, asked of what is `named`: who acted in it gives way to the one who is named now.

    What was asked of many documents is asked of one as it was put to each.
    """
    earlier = understand(before.neutral)
    asked = earlier.each if earlier.over != "document" and earlier.each else before.neutral
    name = re.sub(r"^the\s+", "", _bare(named), flags=re.IGNORECASE)
    acting = re.search(rf"(?<![\w-]){re.escape(before.called)}(?![\w-])", asked) if before.called else None
    if acting is None or not _is_name(before.called) or not _is_name(name):
        return _about(asked, _titled(named))
    return _sentence(f"{asked[: acting.start()]}{name}{asked[acting.end() :]}")


def _is_name(words: str) -> bool:
    """Whether words are the name of one who may act, and no title or file of a document."""
    kind = re.search(rf"\b{_DOCUMENT}s?\b|\.\w{{2,5}}$|,", words, re.IGNORECASE)
    return not kind and any(letter.isupper() or letter in "-_" for letter in words)


def _bare(named: str) -> str:
    return _OF.sub("", _LEAD.sub("", named, count=1), count=1).strip() or named


def _about(neutral: str, titled: str) -> str:
    """The question before, asked of a document of this name."""
    found = _AGREEMENT.search(neutral) or _near(neutral)
    if found is None:
        return f"{neutral.rstrip(' ?.!')} in {titled}?"
    return _sentence(neutral[: found.start()] + titled + _possessive(found) + neutral[found.end() :])


def _named_in(text: str, called: str) -> str:
    """A question with the name of the document that it is about, in place of "it" where that is said."""
    if not called:
        return _sentence(text)
    found = _near(text)
    if found is None:
        return f"{_sentence(text).rstrip(' ?.!')} in {_titled(called)}?"
    return _sentence(text[: found.start()] + _titled(called) + _possessive(found) + text[found.end() :])


def _near(text: str) -> re.Match[str] | None:
    """The first "it" that stands for the document: among the first words, or the last one."""
    for found in _IT.finditer(text):
        first = len(text[: found.start()].split()) < _NEAR_WORDS
        if first or not re.search(r"\w", text[found.end() :]):
            return found
    return None


def _possessive(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return "'s" if groups.get("its") or groups.get("s") else ""


def _small(text: str) -> str:
    """A topic inside a sentence: "Notice period?" gives "the notice period"."""
    topic = text.rstrip(" ?.!")
    topic = topic[:1].lower() + topic[1:] if topic[1:2].islower() else topic
    return topic if re.match(r"(?:the|an?|its|their|our|any)\b", topic, re.I) else f"the {topic}"


def _sentence(text: str) -> str:
    """With a capital letter first and a question mark last."""
    inner = unwrapped(text).text if text.lower().startswith(("can you", "could you")) else text
    inner = " ".join(inner.split()).rstrip(" ?.!")
    return f"{inner[:1].upper()}{inner[1:]}?"
