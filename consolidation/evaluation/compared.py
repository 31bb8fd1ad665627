"""Figures of ways to keep documents, from what each question gave through each of them.

Rates are percent, of `<name>_n` questions, and medians of times are of so many; intervals are 95 % over documents,
null with fewer than `metrics.BOOTSTRAP_DOCUMENTS` of them. `break_even` is the number of questions of one
document after which a way that costs more to make and less to ask is the cheaper one in processor seconds, by the
means over documents `build_s` and `question_mean_ms`; null where it never is.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from statistics import fmean
from typing import Any, NamedTuple

from consolidation.asking.typed import normalise
from consolidation.asking.understand import understand
from consolidation.evaluation.metrics import BOOTSTRAP_DOCUMENTS, bootstrap, wilson
from consolidation.text.values import exact_match, token_f1

#: An answer is right that shares so much with the truth.
RIGHT_F1 = 0.6
#: Types whose values are compared as values, whatever the words.
TYPED = ("date", "duration", "amount", "percent", "number", "law")
#: Whom break-even is against.
AGAINST = ("attention", "retrieval")
_LINKS = re.compile(r",\s*(?:(?:and|or)\s+)?|\s+(?:and|or)\s+")
LENGTHS = ((0, 20_000, "short"), (20_000, 60_000, "middle"), (60_000, 10**12, "long"))


@dataclass(frozen=True, slots=True)
class Compared:
    """One question through one way. Seconds are of the processor; `cold` is a document's first question.

    `built_*` and `bytes` are of the document that was kept; `tokens` and `flops` of networks, for this question.
    `among` is of how many documents together it was asked, and what was kept is then of all of them. `number` is the
    question's among those of its document, from 1 on, the same through every way; 0 where that was not written down.
    """

    way: str
    document: str
    characters: int
    kind: str
    trained: bool
    labelled: bool
    answered: bool
    supported: bool
    right: bool
    exact: bool
    cold: bool
    seconds: float
    tokens: int
    flops: float
    built_seconds: float
    built_flops: float
    bytes: int
    among: int = 1
    number: int = 0


def read_table(lines: Iterable[str]) -> list[Compared]:
    """The rows of a table that `comparing.table_of` wrote."""
    kinds: dict[str, Callable[[str], Any]] = {
        "bool": lambda cell: cell == "True", "int": int, "float": float, "str": str,
    }  # fmt: skip
    made = {field.name: kinds[str(field.type)] for field in fields(Compared)}
    return [
        Compared(**{name: made[name](cell) for name, cell in row.items()}) for row in csv.DictReader(lines)
    ]


Figures = dict[str, Any]


def set_f1(said: Sequence[str], truth: Sequence[str]) -> float:
    """F1 of two sets of answers, of which two are equal that share `RIGHT_F1` of their words."""
    left, common = list(truth), 0
    for part in said:
        best = max(left, key=lambda gold: token_f1(part, gold), default="")
        if best and token_f1(part, best) >= RIGHT_F1:
            left.remove(best)
            common += 1
    return 2 * common / max(1, len(said) + len(truth))


def is_right(question: str, answers: Sequence[str], said: str) -> bool:
    """Whether an answer shares enough words with the truth, parts compared as a set, or has its value.

    Where there is no answer, only none is right.
    """
    if not answers or not said:
        return not answers and not said
    return shares_enough(said, answers) or _same_value(question, answers, said)


def shares_enough(said: str, answers: Sequence[str]) -> bool:
    """Whether an answer shares enough words with the truth; of several answers, enough of them.

    "Ohio, Utah and Iowa" says three as "Ohio; Utah; Iowa" does.
    """
    if len(answers) == 1:
        return token_f1(said, answers[0]) >= RIGHT_F1
    parts = said.split("; ")
    written = [part for part in _LINKS.split(said) if part.strip()] if len(parts) == 1 else parts
    return max(set_f1(parts, answers), set_f1(written, answers)) >= RIGHT_F1


def is_exact(question: str, answers: Sequence[str], said: str) -> bool:
    """Whether an answer is the truth, word for word or in its value."""
    if not answers or not said:
        return not answers and not said
    return exact_match(said, "; ".join(answers)) or _same_value(question, answers, said)


def _same_value(question: str, answers: Sequence[str], said: str) -> bool:
    value = understand(question).value
    if len(answers) != 1 or value not in TYPED:
        return False
    one, other = normalise(value, said), normalise(value, answers[0])
    return one is not None and other is not None and one.comparable == other.comparable


def figures_of(rows: Sequence[Compared]) -> Figures:
    """All figures by `<way>_<figure>`, with `<name>_interval` where documents are drawn, and `<name>_n` of rates.

    They are of questions that were asked of one document; those of several together stand in `by_documents` alone.
    """
    every, rows = rows, [row for row in rows if row.among == 1]
    figures: Figures = {"documents": len({row.document for row in rows})}
    by_way: dict[str, list[Compared]] = {}
    for row in rows:
        by_way.setdefault(row.way, []).append(row)
    figures["questions"] = len(next(iter(by_way.values()), []))
    for way, own in by_way.items():
        for name, value in _of_way(own).items():
            figures[f"{way}_{name}"] = value
    for against in AGAINST:
        for way in ("state_n1", "product"):
            if way in by_way and against in by_way:
                name = f"{way}_break_even_vs_{against}"
                figures |= _break_even(name, by_way[way], by_way[against])
        if "state_n1" in by_way and against in by_way:
            for end in ("", "_interval"):
                figures[f"break_even_vs_{against}{end}"] = figures[f"state_n1_break_even_vs_{against}{end}"]
    several = {row.way for row in every if row.among > 1}
    return figures | {
        "by_length": _split(rows, _length),
        "by_kind": _split(rows, lambda row: row.kind),
        "by_wording": _split(rows, lambda row: "trained" if row.trained else "natural"),
        "by_documents": _split([row for row in every if row.way in several], lambda row: str(row.among)),
    }


def _of_way(rows: list[Compared]) -> Figures:
    natural, taught = [r for r in rows if not r.trained], [r for r in rows if r.trained]
    warm, cold = (sorted(row.seconds for row in rows if row.cold is is_cold) for is_cold in (False, True))
    once = list({row.document: row for row in rows}.values())
    return {
        **_rate("values_right", [r for r in natural if r.labelled], lambda r: r.right),
        **_rate("short_em", [r for r in taught if r.labelled], lambda r: r.exact),
        **_rate("supported", rows, lambda r: r.supported),
        **_rate("supported_right", [r for r in rows if r.supported], lambda r: r.right or r.exact),
        **_rate("absent_answered", [r for r in rows if not r.labelled], lambda r: r.answered),
        "question_ms": _ms(warm, 0.5),
        "question_ms_p95": _ms(warm, 0.95),
        "question_ms_n": len(warm),
        "question_mean_ms": round(1000 * fmean(map(_mean_seconds, _by_document(rows).values())), 1),
        "cold_question_ms": _ms(cold, 0.5),
        "cold_question_ms_p95": _ms(cold, 0.95),
        "cold_question_ms_n": len(cold),
        "question_tokens": round(fmean(row.tokens for row in rows)),
        "question_mflops": round(fmean(row.flops for row in rows) / 1e6, 1),
        "bytes_per_document": round(fmean(row.bytes for row in once)),
        "build_s": round(fmean(row.built_seconds for row in once), 3),
        "build_mflops": round(fmean(row.built_flops for row in once) / 1e6, 1),
    }


def _ms(ordered: Sequence[float], part: float) -> float | None:
    """The least milliseconds that so large a part takes no more than (nearest rank); None where nothing was timed."""
    return round(1000 * ordered[max(0, math.ceil(part * len(ordered)) - 1)], 1) if ordered else None


class _Against(NamedTuple):
    """What a way takes beside another one on a document: more to make, and less for a question; seconds."""

    more: float
    saved: float


def _break_even(name: str, own: Sequence[Compared], other: Sequence[Compared]) -> Figures:
    """After how many questions a way is cheaper than another, over documents that both have kept."""
    one, two = _by_document(own), _by_document(other)
    beside = [
        _Against(one[d][0].built_seconds - two[d][0].built_seconds, _mean_seconds(two[d]) - _mean_seconds(one[d]))
        for d in one.keys() & two.keys()
    ]  # fmt: skip
    enough = len(beside) >= BOOTSTRAP_DOCUMENTS
    drawn = bootstrap([[each] for each in beside], _even) if enough else None
    return {
        name: _plain(_even(beside)),
        f"{name}_interval": [_plain(end) for end in drawn] if drawn else None,
    }


def _even(beside: Sequence[_Against]) -> float | None:
    """Break-even over documents; infinite where asking does not get cheaper."""
    if not beside:
        return None
    more, saved = (fmean(each) for each in zip(*beside, strict=True))
    if more <= 0 and saved >= 0:
        return 0.0
    return more / saved if saved > 0 else float("inf")


def _mean_seconds(rows: Sequence[Compared]) -> float:
    return fmean(row.seconds for row in rows)


def _by_document(rows: Iterable[Compared]) -> dict[str, list[Compared]]:
    found: dict[str, list[Compared]] = {}
    for row in rows:
        found.setdefault(row.document, []).append(row)
    return found


class _Of(NamedTuple):
    """Questions of one document, and those of them of which something is so."""

    so: int
    number: int


def _rate(name: str, rows: Sequence[Compared], is_so: Callable[[Compared], bool]) -> Figures:
    """The share of rows of which something is so, its interval, and of how many rows it is."""
    found = [_Of(sum(map(is_so, own)), len(own)) for own in _by_document(rows).values()]
    return {name: _plain(_percent(found)), f"{name}_interval": _interval(found), f"{name}_n": len(rows)}


def _percent(found: Sequence[_Of]) -> float | None:
    return 100 * sum(one.so for one in found) / sum(one.number for one in found) if found else None


def _interval(found: Sequence[_Of]) -> list[float | None] | None:
    """The interval of `_percent` over documents; None where these are too few.

    Documents that are all alike give the same figure however they are drawn: then Wilson's, each counted as one
    question, for questions of one document are not independent.
    """
    drawn = bootstrap([[one] for one in found], _percent) if len(found) >= BOOTSTRAP_DOCUMENTS else None
    if drawn is None:
        return None
    if drawn[0] == drawn[1]:
        low, high = wilson(len(found) * drawn[0] / 100, len(found))
        drawn = 100 * low, 100 * high
    return [_plain(end) for end in drawn]


def _plain(value: float | None) -> float | None:
    return None if value is None or value == float("inf") else round(value, 1)


def _length(row: Compared) -> str:
    return next(name for low, high, name in LENGTHS if low <= row.characters < high)


def _split(rows: Iterable[Compared], group: Callable[[Compared], str]) -> Figures:
    """The share of answers that are right, by group and way: of labelled questions, how many, perhaps an interval."""
    found: dict[str, dict[str, list[Compared]]] = {}
    for row in rows:
        if row.labelled:
            found.setdefault(group(row), {}).setdefault(row.way, []).append(row)
    return {name: {way: _right(own) for way, own in ways.items()} for name, ways in sorted(found.items())}


def _right(rows: Sequence[Compared]) -> Figures:
    rate = _rate("right", rows, lambda row: row.right or row.exact)
    told = {"right": rate["right"], "n": rate["right_n"]}
    return told | ({"interval": rate["right_interval"]} if rate["right_interval"] else {})
