"""The form of what a reader marked: items of a list apart, fragments joined, nothing that repeats the question.

A reader marks tokens; what people are shown are the items of an enumeration, as the text writes them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from consolidation.asking.understand import Understanding
from consolidation.shapes.changed import holding
from consolidation.shapes.edges import (
    begun_whole,
    bounded,
    named_whole,
    place_alone,
    unquoted,
    without_next,
    without_pages,
)
from consolidation.text.ranges import Range, in_word

#: Fragments that stand so near each other are parts of one item, or of the one answer to a question for one.
_NEAR, _SAME_ANSWER = 12, 40
_SEVERAL = re.compile(
    r"\b(?:parties|both|list|all|names|each|respectively|between\s+(?:whom|which)|options|choices|ways|carve-?outs|grounds|strands|"
    r"(?:two|three|four|five|six)\s+\w+s|capacity|role|title|position)\b"
    r"|\band\s+(?:(?:for|to|by|with|in)\s+)?(?:what|which|who|whom|whose|when|where|how|his|her|their|its|the|name|job)\b"
    r"|\b(?:what|which)\s+(?:[\w'-]+\s+){0,2}?(?!(?:is|was|does|has|this|business|class|process|address)\b)[a-z-]{2,}[a-rt-z]s\b"
    r"|^(?!(?:who|when|where|how|why|does|has|is|was)\b)(?:[\w-]+\s+){0,2}[a-z-]{3,}[a-rt-z]s\b",
    re.I,
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_LINKS = frozenset(
    "a an and any as at be but by each either for from has have in is it its may no not of on or other otherwise per "
    "shall such that the their them then there these they this those to up was will with year".split()
)
#: Where one item of an enumeration ends and the next begins.
_BETWEEN = re.compile(
    r"(?:(?<!\s)\s++)?;\s*(?:(?:and|or)\b\s*)?(?:\(?[a-z0-9]{1,4}[).]\s*)?"
    r"|(?:(?<!\s)\s++)?,\s*(?:(?:and/or|and|or|as\s+well\s+as)\b\s*)?(?:\([a-z0-9]{1,4}\)\s*)?"
    r"|(?<!\s)\s++(?:and/or|and|or|as\s+well\s+as)\s+(?:\([a-z0-9]{1,4}\)\s*)?"
    r"|(?:(?<!\s)\s++)?\((?:[a-z]|\d{1,2}|[ivx]{1,4})\)\s*|(?:(?<!\s)\s++)?[\u2022\xb7\u25aa\u25cf]\s*"
    r"|(?:(?<!\s)[^\S\n]++)?\n\s*+(?:[-\u2013o*]\s+|\(?[a-z0-9]{1,3}[).]\s+)"
)
#: What follows a comma and belongs to the words before it: a legal form, a year.
_TIED = re.compile(
    r"(?:Inc|INC|LLC|L\.L\.C|Ltd|LTD|Limited|LIMITED|L\.P|LP|Corp|CORP|Co|CO|S\.A|N\.A|N\.V|B\.V|GmbH|AG|PLC|Jr|Sr|II|III|M\.D|Ph\.D|Esq|P\.C|P\.A|L\.L\.P|LLP)\b"
)
#: A firm that is called by its partners: "Hill, Dale & Sons".
_PARTNERS = re.compile(r"[A-Z][\w'\u2019-]*(?:,\s+[A-Z][\w'\u2019-]*)*\s+&\s+[A-Z]")
_DAY = re.compile(r"[A-Za-z]{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?$|\b[A-Z][a-z]{2,8}$")
#: The rest of a number before and after a part of it: its thousands, its decimals, its currency.
_NUMBER_BEFORE = re.compile(r"(?:[$\u20ac\xa3]\s?)?(?:\d{1,3}(?:,\d{3})*[,.])$|[$\u20ac\xa3]\s?$")
_NUMBER_AFTER = re.compile(r"(?:,\d{3})+(?:\.\d+)?(?!\d)|\.\d+(?![\d.])")
_LONGEST_NUMBER = 24
#: A legal form after a name, and the stop of one that ends with it: both are of the name.
_FORM_NEXT = re.compile(r"\s*,?\s*(?:Inc|INC|LLC|Ltd|LTD|L\.L\.C|L\.P|LP|Corp|CORP|GmbH|PLC)\b\.?")
_FORM_ENDS = re.compile(r"\b(?:Inc|INC|Ltd|LTD|Corp|CORP|Co|L\.L\.C|L\.P|N\.V|B\.V|S\.A|N\.A)$")
#: What joins a further short item, and the item, up to what ends it.
_NEXT = re.compile(
    r"(?P<link>\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+)(?P<item>[^\s,;.()]+(?:\s+[^\s,;.()]+){0,6}?)"
    r"(?=\s*[,;.)]|\s+(?:and|or)\s)"
)
_CAPITALISED = re.compile(r"[A-Z][\w.&\u2019'-]*(?:\s+(?:(?:of|the|de)\s+)?[A-Z][\w.&\u2019'-]*)*$")
#: What stands before the next thing in a block of signatures or addresses.
_LABEL = re.compile(
    r"\s+(?:(?:By|Name|Title|Its|Date|Attn|Attention|Signature|Fax|Tel|E-?mail)\s*:|/s/|(?:To|TO)\s+[A-Z]+:|_{3,})"
)
#: What somebody does, after the name; a party that is named by no name, and who is told by what they do.
_DOES = re.compile(
    r"\s+(?:will|shall|must|may|can|should|would|agrees?\s+to|is\s+(?:to|responsible|obligated|required|entitled))\b"
)
_PARTY = re.compile(r"\b(?:part(?:y|ies)|it|they|he|she)\s*$", re.I)
_RELATIVE = re.compile(r"\b(?:that|which|who|whom|whose|if|when|unless|as|and|or)\s*$", re.I)
#: Courts that the text says are at a place that follows.
_COURT = re.compile(r"\bcourts?\b", re.I)
_ASKS_COURT = re.compile(r"\b(?:which|what)\s+(?:\w+\s+)?courts?\b", re.I)
_COURTS_IN = re.compile(
    r"\b(?:the\s+)?(?:(?:state|federal|provincial|local|competent|superior|supreme|district|circuit|civil|commercial)(?:\s+(?:and|or)\s+|\s*/\s*|\s+)){0,4}"
    r"courts?\s+(?:(?:located|sitting|situated|residing|having\s+jurisdiction)\s+)?(?:with)?(?:in|of|for|at)\s+(?:the\s+)?$",
    re.I,
)
_LONGEST_COURTS = 120
#: What parts two items, and what two sentences.
_PARTS = re.compile(r"[,;.\n]|\b(?:and|or)\b")
_SENTENCE = re.compile(r"[;\n]|\.\s|/s/")
_ENDS = re.compile(r"\b(?:and|or)\b")
_SHORT_ITEM = 6
_EDGES = " \t\r\n,;:"


def trimmed(text: str, place: Range) -> Range:
    """A place without white space and separators at its edges, drawn out to whole words, names and brackets."""
    low, high = without_pages(text, *place)
    while low < high and text[low] in _EDGES:
        low += 1
    while high > low and text[high - 1] in _EDGES:
        high -= 1
    while in_word(text, low) or (0 < low < len(text) and text[low] in "/'\u2019" and text[low - 1].isalnum()):
        low -= 1
    while in_word(text, high):
        high += 1
    high = named_whole(text, low, without_next(text, low, high))
    low, high = _whole_numbers(text, bounded(text, begun_whole(text, low)), high)
    high = _named_out(text, low, high)
    inside = text[low:high]
    if inside.count("(") > inside.count(")") and text[high : high + 1] == ")":
        high += 1
    return unquoted(text, low, high)


def _whole_numbers(text: str, low: int, high: int) -> Range:
    """A place with all of the numbers at its edges and their currency sign, without the stop of their sentence."""
    if text[low : low + 1].isdigit():
        before = _NUMBER_BEFORE.search(text, max(0, low - _LONGEST_NUMBER), low)
        if before and (text[low - 1] != "," or text[low : low + 3].isdigit()):
            low = before.start()
    if (
        high - low > 1
        and text[high - 1] in ".,"
        and text[high - 2].isdigit()
        and text[high : high + 1].isdigit()
    ):
        high -= 1
    if high > low and text[high - 1].isdigit() and (after := _NUMBER_AFTER.match(text, high)):
        high = after.end()
    if high - low > 1 and text[high - 1] == "." and text[high - 2].isdigit():
        high -= 1
    return low, high


def _named_out(text: str, low: int, high: int) -> int:
    """Where a place ends, with the legal form of the name that it ends in."""
    if not _CAPITALISED.search(text[low:high]):
        return high
    form = _FORM_NEXT.match(text, high)
    if form and not _FORM_ENDS.search(text[low:high].rstrip(".")):
        return form.end()
    is_cut = bool(_FORM_ENDS.search(text[low:high])) and text[high : high + 1] == "."
    return high + is_cut


def asks_several(asked: Understanding) -> bool:
    """Whether an answer may have several parts."""
    return asked.value == "list" or (asked.value != "consequence" and bool(_SEVERAL.search(asked.each)))


def unlabelled(text: str, place: Range) -> Range:
    """A place without the labels of a signature block and what follows them."""
    label = _LABEL.search(text, *place)
    return place if label is None or not text[place[0] : label.start()].strip() else (place[0], label.start())


def actor(text: str, place: Range) -> Range:
    """A place without what its name does: of "the Vendor shall repair it" the Vendor."""
    does = _DOES.search(text, *place)
    if does is None:
        return place
    before = text[place[0] : does.start()]
    is_name = _CAPITALISED.search(before.rstrip()) or _PARTY.search(before)
    return (place[0], does.start()) if is_name and not _RELATIVE.search(before) else place


def of_courts(text: str, place: Range) -> Range:
    """A place with the courts that are said to be there: "the courts located in Ohio", where courts are asked for."""
    if _COURT.search(text, *place):
        return place
    before = _COURTS_IN.search(text, max(0, place[0] - _LONGEST_COURTS), place[0])
    return place if before is None else (before.start(), place[1])


def shaped(asked: Understanding, text: str, place: Range, until: int) -> tuple[Range, ...]:
    """A marked place as the parts of an answer: the items of its enumeration where a list is asked for."""
    if asked.value in ("person", "party"):
        return (trimmed(text, actor(text, unlabelled(text, place))),)
    if asked.value == "place" and _ASKS_COURT.search(asked.each):
        return (of_courts(text, place),)
    if asked.value == "place":
        return (place_alone(text, place),)
    if asked.value != "list":
        return (trimmed(text, holding(asked, text, place)),)
    return tuple(trimmed(text, part) for part in items(text, whole(text, place, until)))


def joined(text: str, parts: Sequence[Range]) -> tuple[Range, ...]:
    """Parts in the order of the text, near ones joined, without those that hold no word of their own."""
    out: list[Range] = []
    for low, high in sorted(set(parts)):
        between = text[out[-1][1] : low] if out else ""
        if out and (_goes_on(between, _NEAR, _PARTS) or (between.strip() == "," and _TIED.match(text, low))):
            out[-1] = out[-1][0], max(high, out[-1][1])
        else:
            out.append((low, high))
    return tuple(
        part for part in out if _says(text[part[0] : part[1]]) and not _is_form(text[part[0] : part[1]])
    )


def one_of(text: str, parts: Sequence[Range]) -> tuple[Range, ...]:
    """The one answer that most of some parts are of, from the first that says something to the last; else nothing."""
    runs: list[list[Range]] = []
    for part in sorted(set(parts)):
        if runs and _goes_on(text[runs[-1][-1][1] : part[0]], _SAME_ANSWER, _SENTENCE):
            runs[-1].append(part)
        else:
            runs.append([part])
    runs = [run for run in runs if any(_says(text[a:b]) for a, b in run)]
    if not runs:
        return ()
    best = max(runs, key=lambda run: sum(high - low for low, high in run))
    saying = [part for part in best if _says(text[slice(*part)])] or best
    return ((saying[0][0], max(high for _, high in saying)),)


def _goes_on(between: str, most: int, ends: re.Pattern[str]) -> bool:
    return len(between) <= most and not ends.search(between)


def _says(words: str) -> bool:
    return any(word.lower() not in _LINKS for word in _WORD.findall(words))


def _is_form(words: str) -> bool:
    """Whether words are a legal form and no name."""
    own = [word.lower() for word in _WORD.findall(words)]
    return all(word in _FORMS and word not in _LINKS for word in own)


def items(text: str, place: Range) -> tuple[Range, ...]:
    """The items of an enumeration, each without what joins it to the next; the place itself where it is none.

    Semicolons and letters in brackets part items wherever they stand; commas and "and" part them only where all
    items are short.
    """
    inside = text[place[0] : place[1]]
    strong = [
        m for m in _BETWEEN.finditer(inside) if re.search(r"[;\u2022\xb7\u25aa\u25cf]|\(\w{1,4}\)|\n", m[0])
    ]
    cuts = strong or [m for m in _BETWEEN.finditer(inside) if not _is_tied(inside, m)]
    parts = _cut(text, place, cuts)
    if len(parts) < 2 or (not strong and not _is_enumeration(text, parts, cuts)):
        return (place,)
    return parts


def whole(text: str, place: Range, until: int) -> Range:
    """An enumeration drawn out to its last item, the one after "and" or "or", if that stands before `until`."""
    parts = items(text, place)
    if len(parts) < 2 or _ENDS.search(text[parts[-2][1] : parts[-1][0]]):
        return place
    end = place[1]
    while more := _NEXT.match(text, end, until):
        end = more.end()
        if _ENDS.search(more["link"]):
            return place[0], end
    return place


def _is_tied(inside: str, link: re.Match[str]) -> bool:
    after, before = inside[link.end() :], inside[: link.start()]
    if "," in link[0]:
        is_number = before[-1:].isdigit() and after[:1].isdigit() and not link[0][-1:].isspace()
        is_year = _DAY.search(before[-_LONGEST_NUMBER:]) and re.match(r"\d{4}\b", after)
        is_firm = _PARTNERS.match(after) and _CAPITALISED.search(before)
        return is_number or bool(is_year or is_firm or _TIED.match(after))
    name = _CAPITALISED.search(before)
    return bool(name and re.match(r"[A-Z]", after) and "," not in inside)


def _cut(text: str, place: Range, cuts: Sequence[re.Match[str]]) -> tuple[Range, ...]:
    edges = [0, *(edge for m in cuts for edge in (m.start(), m.end())), place[1] - place[0]]
    pairs = ((place[0] + a, place[0] + b) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return tuple(pair for pair in pairs if _says(text[pair[0] : pair[1]]))


def _is_enumeration(text: str, parts: Sequence[Range], cuts: Sequence[re.Match[str]]) -> bool:
    lengths = [len(text[a:b].split()) for a, b in parts]
    commas = sum("," in m[0] for m in cuts)
    return commas > 0 and sorted(lengths)[len(lengths) // 2] <= _SHORT_ITEM


def repeats(asked: Understanding, said: str) -> bool:
    """Whether an answer to who or which company only says a name that the question itself says."""
    if asked.value not in ("party", "person"):
        return False
    question = {_bare(word) for word in _WORD.findall(asked.each)}
    own = [word for word in map(_bare, _WORD.findall(said)) if word not in _FORMS]
    return bool(own) and all(word in question for word in own)


_FORMS = frozenset(
    "inc incorporated llc ltd limited corp corporation co company lp llp plc gmbh ag sa nv bv the and of l p c"
    "".split()
)


def _bare(word: str) -> str:
    return re.sub(r"['\u2019]s$", "", word.lower())
