"""Questions of a whole matter, in the words that say so: "who has audit rights" asks which contracts have them.

Asked of one document these are other questions: who has them is then a party. So they are only put in other words
where more than one document is asked.
"""

from __future__ import annotations

import re

from consolidation.asking.extremes_said import extreme, order_said
from consolidation.asking.matters import scope
from consolidation.asking.over_all_words import (
    AND_OF_THOSE,
    ANY_IS,
    ANYWHERE,
    FIRST,
    IF_SO,
    IN_HERE,
    LINKED,
    MORE_ASKED,
    RULES,
    VERDICT,
    WHICH_TOO,
    of_many,
)
from consolidation.asking.splitting import several
from consolidation.asking.unwrapping import mended, sentences, unwrapped

#: Longer questions, in characters, say what they want of one document; they stay.
_LONGEST = 400
#: What is told of each document by itself already.
_OF_EACH = re.compile(r"(?:please\s+)?(?:for|in|under)\s+(?:each|every)\b", re.IGNORECASE)


#: All documents by their number: "how many of the twelve were made in 1998".
_SO_MANY = re.compile(
    r"\b(?<=of )(?:the|these|those|all)\s+(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|twenty)\b"
    r"(?=\s*[?.]?\s*$|\s+(?:is|are|was|were|has|have|do|does|did|can|may|must|will|would|with|without|that|which|under)\b)",
    re.IGNORECASE,
)


#: Those that are not so, which are told beside those that are.
_OTHERS_TOO = re.compile(
    r"(?<=\S)[\s?.,;–-]+(?:and\s+|but\s+)?(?:please\s+|also\s+)*(?:list|name|show(?:\s+me)?|tell\s+me|give\s+me)\s+(?:also\s+)?(?:the\s+(?:ones|others)|those|which(?:\s+ones)?)"
    r"(?:\s+(?:that|which))?\s+(?:don['’]?t|do\s+not|doesn['’]?t|haven['’]?t|have\s+not|aren['’]?t|are\s+not|lack\s+(?:it|one))(?:\s+have\s+(?:one|it|any))?"
    r"(?:\s+(?:as\s+well|too|also))?\s*[?.!]*\s*$",
    re.IGNORECASE,
)


#: That each document is to be told of, after what is asked of it.
_EACH_SAYS = re.compile(
    r"[?.;,–-]+\s*(?:and\s+)?what\s+(?:does|do)\s+each(?:\s+(?:one|of\s+them|contract|agreement|document|deal))?\s+say(?:\s+about\s+(?:it|this|that))?\s*[?.!]*\s*$",
    re.IGNORECASE,
)
#: In what form people want to be told.
_TOLD_SO = re.compile(
    r"(?<=\w)\s*[?.,;:–-]+\s*(?:(?:just|in|as)\s+)*(?:an?|one)\s+(?:short\s+|quick\s+|simple\s+)?(?:line|sentence|row|table|list)\b(?:\s+(?:each|per\s+\w+|for\s+each(?:\s+\w+)?))?"
    r"(?:\s+(?:is|would\s+be|will\s+do)(?:\s+\w+)?)?(?:\s+(?:please|pls|thanks))?\s*[?.!]*\s*$",
    re.IGNORECASE,
)
#: That the other way may be so of all.
_OR_ALL = re.compile(
    r",?\s+or\s+(?:are|do|is)\s+(?:they|these|those)\s+all\s+[\w -]{3,40}\s*[?.!]*\s*$", re.IGNORECASE
)

#: What says in no words what is asked.
_PLEASE = re.compile(r"[\s,]+(?:please|pls)\s*[?.!]*\s*$", re.IGNORECASE)
#: What only says once more what is meant: "unsigned, i.e. the lines are blank".
_THAT_IS = re.compile(
    r"(?<=\w{3})\s*[,;–-]+\s*(?:i\.?\s?e\.?|that\s+is(?:\s+to\s+say)?|meaning)[\s,:]+(?!\d)[^?]{4,80}?(?=\s*\?*\s*$)",
    re.IGNORECASE,
)
_SAY_IF_NONE = re.compile(
    r"(?<=\w)\s*[?.;,–-]+\s*(?:and\s+)?(?:please\s+)?(?:say|tell\s+me|note|flag)\s+(?:so\s+)?if\s+(?:there(?:['’]s|\s+is|\s+are)\s+)?(?:none|nothing)\b[^?.]{0,20}[?.!]*\s*$",
    re.IGNORECASE,
)
_EACH_ONE = re.compile(r"\b(?:each|every|per)\b", re.IGNORECASE)


def over_all(question: str) -> str:
    """A question as it is asked of many documents, in words that say so; as it is where none are known."""
    if len(question) > _LONGEST:
        return question
    if verdict := ANYWHERE.match(" ".join(question.split())):
        return f"In which contracts {verdict['be'].lower()} {verdict['rest']}?"
    shorter = _PLEASE.sub("", _TOLD_SO.sub("", _SAY_IF_NONE.sub("", question)))
    if shorter.strip(" ?.!") != question.strip(" ?.!") and _EACH_ONE.search(shorter):
        return over_all(f"{shorter}?")
    if (first := _EACH_SAYS.sub("", question)) != question and len(sentences(first)) == 1:
        return f"For each contract, {first[:1].lower()}{first[1:]}?"
    plainer = _THAT_IS.sub("", question)
    question = plainer if scope(plainer).over in ("which", "count") else question
    question = _SO_MANY.sub("the contracts", _OTHERS_TOO.sub("", _OR_ALL.sub("?", question)))
    said = IN_HERE.sub("", " ".join(question.split())).strip()
    if not re.search(r"\w{2}", said):
        return question
    if order := order_said(unwrapped(said).text):
        return order
    if _OF_EACH.match(said) or scope(said).over == "sum":
        return question
    if both := _and_more(said):
        return both
    pieces = [piece for sentence in sentences(said) for piece in several(sentence)]
    first = _plain(pieces[0]) if pieces else ""
    if len(pieces) == 1:
        ends = extreme(unwrapped(_without_more(pieces[0])).text)
        chosen = said if scope(said).over in ("which", "count") else question
        return ends or first or chosen
    shorter = _without_more(said)
    if (
        shorter != said
        and VERDICT.match(shorter)
        and " or " not in shorter
        and len(sentences(shorter)) == 1
        and scope(shorter).over == "document"
    ):
        return f"In which contracts {shorter[:1].lower()}{shorter[1:].rstrip(' ?.')}?"
    if shorter != said and len(sentences(shorter)) == 1 and len(several(shorter)) == 1:
        alone = _plain(shorter) or asked(shorter)
        return alone if scope(alone).over in ("which", "count") else question
    return question


def asked(words: str) -> str:
    """Words as a question; a note of facts stays one."""
    bare = words.strip().rstrip(" ?.")
    if "," in bare and not _WHOLE.match(bare):
        return bare
    return f"{bare[:1].upper()}{bare[1:]}?"


#: What is a question, whatever stands in it after a comma.
_WHOLE = re.compile(r"[A-Z]|\w+\s+contracts?\b|(?:in|of)\s")


def _without_more(sentence: str) -> str:
    """A sentence without a "which ones?" after it, where it asks for documents already."""
    found = WHICH_TOO.search(sentence)
    if found is None or len(sentence[: found.start()].split()) < 2 or not re.search(r"\w", found[0]):
        return sentence
    before = sentence[: found.start()].strip()
    return _without_more(before)


def _plain(sentence: str) -> str:
    """One question in other words, and without what only asks once more; empty where nothing is changed."""
    inner = IN_HERE.sub("", mended(unwrapped(sentence).text)).strip()
    inner = _without_more(inner)
    before = inner
    for pattern, instead in RULES:
        inner = pattern.sub(instead, inner, count=1)
    if inner == before and before == sentence.strip():
        return ""
    changed = asked(inner)
    return changed if inner != before or scope(changed).over in ("which", "count") else ""


def _and_more(said: str) -> str:
    """A question which documents and one about these, as one; empty where there are not two."""
    for at in MORE_ASKED.finditer(said):
        before, second = said[: at.start()], said[at.end() :].strip()
        goes_on = AND_OF_THOSE.match(second) or (at["so"] and IF_SO.match(second))
        if "?" in before or len(before.split()) < 2 or not goes_on:
            continue
        before = ANY_IS.sub(r"Which \g<kind>contracts are ", before)
        first = _plain(before) or before
        if scope(first).over in ("which", "count") and (both := _of_those(first, second.rstrip(" ?."))):
            return both
    return ""


#: What counts documents anew, or supposes an answer.
_NOT_OF_THOSE = re.compile(r"how\s+many\b(?!\s+(?:days|weeks|months|years)\b)|if\b", re.IGNORECASE)
#: What is done by somebody else than the documents: "did Acme sign".
_DONE_BY = re.compile(
    r"(?:did|do|does|can|could|may|must|will|would)\s+(?!be\b|not\b|also\b|only\b)", re.IGNORECASE
)


_WHAT_IT_IS = re.compile(r"(?:what|how\s+(?:much|high|big))\s+(?:is|are)\s+(?:it|they|that)", re.IGNORECASE)
_THING = re.compile(
    r"^(?:have|has|with|contain|include|provide\s+for|require|allow|permit|impose)\s+(?:an?\s+|any\s+|the\s+)?",
    re.IGNORECASE,
)


#: What is meant by "it" after what documents do.
_DOES = (
    (re.compile(r"\b(?:auto-?\s?)?(?:renew|extend)\w*", re.IGNORECASE), "renewal"),
    (
        re.compile(r"\bbe\s+(?:terminated|ended|cancelled|canceled)\b|\bterminat\w+", re.IGNORECASE),
        "termination",
    ),
    (re.compile(r"\bassign\w*", re.IGNORECASE), "assignment"),
    (re.compile(r"\bexpir\w+", re.IGNORECASE), "expiry"),
    (re.compile(r"\barbitrat\w+", re.IGNORECASE), "arbitration"),
)
_IT = re.compile(r"\b(?:it|that)\b(?!\s+(?:the|an?|is|are)\s+\w)", re.IGNORECASE)
_IT_OR_THEY = re.compile(r"\b(?:it|they|them|that|those)\b(?!\s+(?:the|an?|is|are)\s+\w)", re.IGNORECASE)


def _with_its_thing(more: str, such: str) -> str:
    """A second question with "it" as what the first says of documents, where that has a name."""
    has = _THING.match(such)
    does = "" if has else next((name for said, name in _DOES if said.search(such)), "")
    thing = such[has.end() :] if has else does
    if not thing:
        return more
    if _WHAT_IT_IS.fullmatch(more):
        return f"what is the {thing}"
    return (_IT_OR_THEY if has else _IT).sub(f"the {thing}", more, count=1)


def _of_those(first: str, more: str) -> str:
    """A second question of those documents that the first asks for; empty where it is none."""
    found = FIRST.match(unwrapped(first).text)
    such = (found["such"] or found["such2"]) if found else ""
    if not found or not such or _NOT_OF_THOSE.match(more):
        return ""
    more = _with_its_thing(more, such)
    if WHICH_TOO.fullmatch(f", {more}?") or re.fullmatch(r"(?:what|which)(?:\s+\w+)?", more, re.IGNORECASE):
        return first
    inside = re.match(r"(?:in|under)\b", found["lead"] or "", re.IGNORECASE)
    linked = LINKED.match(such)
    if _DONE_BY.match(such) and not linked and not inside:
        return ""
    kind = (found["kind"] or found["of"] or "") if found["lead"] else ""
    such = re.sub(r"^(that|which)\s+(\w+)\b", lambda one: f"{one[1]} {of_many(one[2])}", such)
    link = "in which " if inside else "" if linked else "that "
    return f"Of the {kind}contracts {link}{such}: {more}?"
