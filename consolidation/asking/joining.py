"""Several things said of the same documents, taken apart: "have a cap or insurance and expire before 2012"."""

from __future__ import annotations

import re

from consolidation.asking.comparators import OF_SIZE
from consolidation.asking.topics import is_fact

#: Conditions in words: all of these hold, and of each of them at least one.
Joined = tuple[tuple[str, ...], ...]

_VERBS = (
    r"(?:do(?:es)?(?:n't|\s+not)|(?:do|does)\s+(?=not\b)|have(?!\s+(?:to|not)\b)|has(?!\s+(?:to|not)\b)|(?:have|has)n't|(?:have|has)\s+not|are|is|were|was|aren't|isn't|weren't|wasn't|"
    r"contain\w*|includ(?:e|es|ing)\b|allow\w*|permit\w*|requir(?:e|es|ing)\b|expir(?:e|es|ing|ed)|lack\w*|mention\w*|renew\w*|auto-?renew\w*|can|cannot|can't|may|must|without|with(?=\s+(?:an?|no|any)\b)|"
    r"governed|signed\s+(?:in|by|before|after|on)|subject\s+to|under\s+(?=\w+(?:\s+\w+)?\s+law)|end(?:s|ing|ed)?\s+(?:in|before|after|on|by|this|next)|"
    r"prohibit\w*|restrict\w*|grant(?:s|ing)?\s+an?|provid(?:e|es|ing)\s+for|(?:send|let|give|shift|charge|transfer|protect|carve|impose|bar|ban|stop|forbid|oblige|waive|exclude|disclaim|cap|limit|say|pay|need|keep|put|make|set|cover|bind)s?(?=\s+(?:out\s+)?(?:\w+\s+)?(?!or\b|and\b)\w)|took\s+effect|take\s+effect|start(?:s|ed|ing)?\s+(?:in|before|after|on)|begin\s+(?:in|before|after|on))"
)
#: What a sentence on documents goes on with after "signed in 2012", which only says which of them.
_FINITE = (
    r"have|has|are|is|were|was|aren't|isn't|weren't|wasn't|haven't|hasn't|do|does|don't|doesn't|can|cannot|can't|(?-i:may)(?!\s+\d)|must|contain|include|allow|permit|require|"
    r"expire|lack|mention|renew|auto-?renew|end|prohibit|restrict|provide\s+for"
)
_REDUCED = re.compile(
    r"^(?:(?:signed|executed|dated|made|concluded|entered\s+into|governed|expiring|ending|expired|from|under|with|between|without)\b)"
    rf"(?!.*\s(?:that|which|who|where|whose|if|{_FINITE})\b)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    rf"^(?:that|which)\s+(?:{_FINITE})\b(?!.*\s(?:that|which|who|where|whose|if)\b).*\b(?:laws?|courts?|\d{{4}})$",
    re.IGNORECASE,
)
#: A second day for the same verb: "expire after 2010 and before 2015".
_DAY = r"(?:(?:before|after|since|until|by|in|(?:no\s+)?(?:later|earlier|sooner)\s+than)\s+(?=(?:the\s+end\s+of\s+)?(?:\w+\s+)?(?:\d{1,2},?\s+)?(?:19|20)\d\d\b|today\b|now\b|the\s+(?:next|last|past)\b|(?:this|next|last)\s)|(?=(?:this|next|last)\s+(?:year|month|quarter|week)\b))"
_PREDICATES = re.compile(
    rf"(?!(?<=\bon)\s+or\s+(?:before|after)\b)\s*,?\s+(?P<word>and|but|or)\s+(?:(?:that|which|also|then|still|yet|either|both)\s+)*(?=(?:not\s+)?(?:(?:{_VERBS})\b|{_DAY}))"
    rf"|(?P<comma>\s*,\s+)(?=(?:{_VERBS})\b)|(?P<main>\s+)(?=(?:{_FINITE})\b)"
    r"|\s+(?P<done>and|but|or)\s+(?:also\s+)?(?=(?:not\s+)?(?:[a-z]+ed|exclusive|perpetual|mutual|assignable|terminable|silent)\b)"
    rf"|(?P<beside>\s+)(?=(?:(?:that|which)\s+(?:{_VERBS})|with(?:out)?\s+(?!(?:effect|respect|regard|the)\b)(?-i:[a-z])\w*|(?:governed|expiring|signed)\s+(?:by|in|before|after|under))\b)",
    re.IGNORECASE,
)
#: Of two things that documents are: "are both governed by Texas law and subject to arbitration".
_BOTH = re.compile(
    r"^(?P<be>(?:(?:that|which)\s+)*(?:are|is|were|was))\s+both\s+(?=\S.*\s(?:and|&)\s)", re.IGNORECASE
)
#: What is done with documents is said again without its verb only where more stands between: "governed by Texas law and
#: capped"; "amended and restated" is one thing.
_DONE = re.compile(
    r"^(?:(?:that|which)\s+)*(?:are|is|were|was)\b.*\s(?:by|in|under|to|on|before|after)\s", re.IGNORECASE
)
#: What is said beside a law, a year or a name is said of the documents: "under Texas law with a cap".
_BESIDE = re.compile(r"(?:\b[Ll]aws?|\b[Cc]ourts?|\b\d{4}|\b[A-Z][\w.&'’-]*)$")
#: A verb of many after a noun of one is said of the documents: "with an exclusivity clause that expire in 2012".
_OF_MANY = re.compile(
    r"(?:that|which)\s+(?:expire|renew|have|are|were|do|contain|allow|require|lack)\b", re.IGNORECASE
)
#: Subjects of their own, and who is asked about: what follows "and" may be said of these and not of the documents.
_OWN_SUBJECT = re.compile(
    r"^(?:where|whose|(?:in|under|by|for)\s+which)\b|^(?:that|which)\s+(?:the|an?|either|any|we|they|neither)\b",
    re.IGNORECASE,
)
_HAVE = re.compile(
    r"^(?P<verb>(?:(?:that|which|who)\s+)*(?:have|has|having|with|contain\w*|includ(?:e|es|ing)|lack\w*|miss(?:ing|es)|without|featur\w*|"
    r"(?:do|does|did)(?:\s+not|n't)\s+(?:have|contain|include))\s+(?:(?:neither|either|both)\s+)?)(?P<things>.+)$",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"\s*,?\s+(?P<word>and|but|or|nor|as\s+well\s+as|plus)\s+(?P<not>(?:not\s+|without\s+|no\s+)?)|(?P<comma>\s*,\s+(?!(?:and|but|or|nor)\b))",
    re.IGNORECASE,
)
_DETERMINED = re.compile(r"(?:an?|any|no|not\s+(?:an?|any))\s+[\w-]", re.IGNORECASE)
_GOVERNS = re.compile(r"\s(?:to|of|on|from|for|against|by)\s", re.IGNORECASE)
_NAME = re.compile(r"[A-Z][\w.&'’-]*(?:\s+(?:of|and|&|[A-Z][\w.&'’-]*))*")
#: A bound alone is none: "a cap over $5 and under $10".
_BOUND = re.compile(OF_SIZE, re.IGNORECASE)
_SIZED = re.compile(r"\b(?:than|over|above|under|below|at\s+least|at\s+most|up\s+to)\s+\S*\d", re.IGNORECASE)
_NO = re.compile(r"^(?:no|not\s+(?:an?|any)|without)\s+(?:(?:an?|any)\s+)?", re.IGNORECASE)
_NO_WORD = re.compile(r"^(?:(?:no|not|without)\s+)+", re.IGNORECASE)
_LACKING = re.compile(
    r"^(?:(?:that|which|who)\s+)*(?:without|(?:do|does|did)(?:\s+not|n't))\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"\s+(?:clauses?|provisions?|terms?|rights?|requirements?|obligations?)$", re.IGNORECASE)
_BETWEEN = re.compile(
    r"^(?:(?:that|which|are|is|were|was|made|signed|concluded|entered\s+into)\s+)*between\s+(?P<one>(?-i:[A-Z])[\w.&'’ -]*?)\s+and\s+(?P<other>(?-i:[A-Z])(?:(?!\band\b)[\w.,&'’ -])*)$",
    re.IGNORECASE,
)
#: Things that documents have, by the words that contracts use for them; more than facts that notes name.
_CLAUSES = re.compile(
    r"(?:(?:anti-?assignment|arbitration|escrow|most\s+favou?red\s+nation|mfn|rof[ron]|change[\s-]of[\s-]control|liquidated\s+damages|"
    r"minimum\s+(?:purchase|commitment)s?|non-?disparagement|source\s+code\s+escrow|revenue\s+sharing|covenant\s+not\s+to\s+sue|"
    r"limitation\s+of\s+liability|cap\s+on\s+liability|liability\s+cap|right\s+of\s+first\s+(?:refusal|offer)|automatic\s+renewal|"
    r"termination\s+for\s+convenience|renewal|audit|insurance|force\s+majeure|data\s+protection|jury\s+waiver))",
    re.IGNORECASE,
)
_MOST = 6


def joined(rest: str) -> Joined:
    """The conditions in the words after "which contracts"; a single group of one where nothing is to be taken apart.

    "with a cap but no exclusivity" gives (("with a cap",), ("with no exclusivity",)). What may be meant in two ways
    ("A and B or C") is left whole, and so is what may be said of another subject than the documents.
    """
    text = _BOTH.sub(r"\g<be> ", " ".join(rest.split()).rstrip("?. "))
    whole: Joined = ((text,),)
    if _OWN_SUBJECT.match(text):
        return whole
    pieces, words = _parted(text)
    if len(words) > 1 or len(pieces) > _MOST:
        return whole
    groups: list[tuple[str, ...]] = []
    word = next(iter(words), "and")
    each = [_of_things(piece) for piece in pieces]
    if word == "and":
        groups = [group for one in each for group in one]
    elif all(len(one) == 1 for one in each):
        groups = [tuple(alternative for one in each for alternative in one[0])]
    return tuple(groups) if 1 < sum(map(len, groups)) <= _MOST else whole


def is_one(conditions: Joined) -> bool:
    """Whether nothing was taken apart."""
    return len(conditions) == 1 and len(conditions[0]) == 1


def _parted(text: str) -> tuple[list[str], set[str]]:
    """What is said of the documents, each with a verb of its own, and the words between."""
    pieces: list[str] = []
    words: set[str] = set()
    at = 0
    for match in _PREDICATES.finditer(text):
        before = text[at : match.start()].strip()
        if not before or (match["done"] and not _DONE.match(before)):
            continue
        if match["beside"] and not (
            _BESIDE.search(before) or (_OF_MANY.match(text, match.end()) and not before.endswith("s"))
        ):
            continue
        if match["main"] and (at or not _is_aside(before)):
            continue
        word = match["word"] or match["done"] or ("and" if match["beside"] or match["main"] else "")
        words |= {"or" if word.lower() == "or" else "and"} if word else set()
        pieces.append(before)
        at = match.end()
    pieces.append(text[at:])
    if not words:
        return [text], set()
    first = pieces[0]
    return [first, *(_with_verb(first, piece) for piece in pieces[1:])], words


def _is_aside(text: str) -> bool:
    """Whether words only say which documents are spoken of, after which a sentence on these goes on."""
    return bool(_RELATIVE.match(text) or (_REDUCED.match(text) and _BESIDE.search(text)))


_TO_BE = re.compile(r"^(?:(?:that|which)\s+)*(?:are|is|were|was|have\s+been|has\s+been)\s+", re.IGNORECASE)
_LEFT_OUT = re.compile(
    r"^(?:not\s+)?(?:[a-z]+ed|subject\s+to|under|exclusive|perpetual|mutual|assignable|terminable|silent)\b",
    re.IGNORECASE,
)
_BEFORE_DAY = re.compile(
    r"^(?P<verb>.*?\S)\s+(?:(?:not?\s+)?(?:before|after|since|until|by|in|on|from|this|next|last|(?:later|earlier|sooner)\s+than))\s",
    re.IGNORECASE,
)


def _with_verb(first: str, piece: str) -> str:
    """A later piece with the verb that it takes from the first: "are signed in 2010 and amended in 2012"."""
    be = _TO_BE.match(first)
    if be and _LEFT_OUT.match(piece):
        return f"{be[0]}{piece}"
    if re.match(rf"(?:not\s+)?{_DAY}", piece, re.IGNORECASE) and (before := _BEFORE_DAY.match(first)):
        return f"{before['verb']} {piece}"
    return piece


def _of_things(text: str) -> Joined:
    """What documents have, each thing by itself: "with a cap or an indemnity"; the parties that they are between."""
    if both := _BETWEEN.match(text):
        return ((f"with {both['one']}",), (f"with {both['other']}",))
    have = _HAVE.match(text)
    if have is None:
        return ((text,),)
    things, words, at = [], set(), 0
    negated = [False]
    for match in _THINGS.finditer(have["things"]):
        things.append(have["things"][at : match.start()])
        if match["word"]:
            words.add("or" if match["word"].lower() in ("or", "nor") else "and")
        negated.append(bool((match["not"] or "").strip()))
        at = match.end()
    things.append(have["things"][at:])
    if len(things) == 1 or len(words) != 1 or not _are_things(things, negated):
        return ((text,),)
    verb, neither = have["verb"], re.search(r"\bneither\s+$", have["verb"], re.IGNORECASE)
    verb = re.sub(r"\b(?:neither|either|both)\s+$", "", verb, flags=re.IGNORECASE)
    no = bool(neither) or (bool(_NO.match(things[0])) and words == {"or"} and not any(negated[1:]))
    every = [
        f"without {_NO_WORD.sub('', thing)}" if no or negated[i] else f"{verb}{thing}"
        for i, thing in enumerate(things)
    ]
    # NB: "no cap or indemnity" and "without a cap or an indemnity" have neither.
    if words == {"and"} or no or _LACKING.match(verb):
        return tuple((one,) for one in every)
    return (tuple(every),)


def _are_things(things: list[str], negated: list[bool]) -> bool:
    """Whether each is a thing of its own, and no half of a name: "a cap" and "an indemnity"; not "terms and conditions"."""

    def known(thing: str) -> bool:
        bare = _CLAUSE.sub("", _NO.sub("", thing.strip(" ,")))
        bare = re.sub(r"^(?:an?|any|the)\s+", "", bare, flags=re.IGNORECASE)
        return bool(is_fact(bare) or _CLAUSES.fullmatch(bare))

    def own(thing: str) -> bool:
        return bool(_DETERMINED.match(thing) or _SIZED.search(thing)) or known(thing)

    if not all(thing.strip(" ,") for thing in things) or any(_BOUND.match(thing) for thing in things):
        return False
    for i, thing in enumerate(things[:-1], 1):
        # NB: "an exception to the non-compete or exclusivity" is an exception to either.
        apart = negated[i] or _DETERMINED.match(things[i]) or _SIZED.search(things[i])
        if _GOVERNS.search(thing) and not (apart or known(thing) or _SIZED.search(thing)):
            return False
    others = [bool(negated[i] or _DETERMINED.match(thing)) for i, thing in enumerate(things) if i]
    first = own(things[0]) or all(others) or bool(_NAME.fullmatch(things[0]))
    return first and all(own(thing) or negated[i] for i, thing in enumerate(things) if i)
