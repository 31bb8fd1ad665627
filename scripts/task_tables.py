"""The tables of the paper's tasks in docs/method.md, from their results; written by scripts/numbers_in_docs.py."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from scripts.method_tables import NONE, Figures, made

#: Figures' names: a task, where the question stands, how hard it is, and how it was trained.
NAME = re.compile(
    r"(?P<task>rule110|depo|mqar|gsm(?:_question_first)?|phonebook)_(?:(?P<rung>[tk]\d+|\d+ops|\d+_pairs)_)?(?P<way>\w+)"
)
#: What tasks are called, in the order of the tables.
TASKS = {
    "rule110": "Rule 110", "depo": "Depo", "mqar": "MQAR", "phonebook": "Phone book", "gsm": "Sums",
    "gsm_question_first": "Sums, the question told first too",
}  # fmt: skip
#: Published accuracies in percent, as the paper's plots can be read.
PUBLISHED = {
    "rule110_t16_n1": "about 35", "rule110_t16_n2": "about 55", "rule110_t16_n4": "about 65",
    "rule110_t32_n1": "about 10", "rule110_t32_n2": "about 20", "rule110_t32_n3": "over 30",
    "rule110_t32_n4": "over 30",
    "depo_k1_n1": "learned", "depo_k1_n4": "learned", "depo_k2_n1": "learned", "depo_k2_n4": "learned",
    "depo_k4_n1": "stalls", "depo_k4_n4": "learned", "depo_k16_n1": "stalls", "depo_k16_n4": "learned",
    "gsm_2ops_n1": "59.6", "gsm_2ops_n4": "90.5", "gsm_6ops_n1": "25.1", "gsm_6ops_n4": "32.0",
}  # fmt: skip
#: What was done beside so many passes, as people read it.
WAYS = {
    "answers": "answers alone", "deeper": "4 times the layers", "longer": "longer", "replay": "tokens replayed",
    "additive": "additive writes", "closed_form": "closed form", "sliding": "sliding window",
}  # fmt: skip
#: Where figures of the scales that train one task are kept, and what is said of them.
PARTS = {
    "rings": "**Rule 110 with t = 16 and 32**: the strings as published, a smaller model "
    "(scale `rings`), taught what every layer should leave, where the published runs were taught answers alone.",
    "lookups": "**Depo in one window**: {windows} of the four windows, {edges} nodes and edges (L = {longest}), a "
    "model of {layers} lookups (scale `lookups`), its layers told what to say or, where it says so, taught answers "
    "alone; a guess is right {guess:.0f} times of 100.",
    "pairs": "**MQAR**, {pairs} pairs over {windows} windows, {keys} keys and {values} values (scale `pairs`).",
    "sums": "**Sums** modulo {modulus} over {windows} windows (scale `sums`), told every operation or, where it says "
    "so, answers alone; a guess is right {guess:.0f} times of 100. Those published beside them are of another model "
    "(Ouro 1.4B) and text (English, sliding window), and no rivals.",
}  # fmt: skip
TOOK = ("steps", "tokens", "processor_seconds")


class Figure(NamedTuple):
    """One accuracy, by what its name says."""

    task: str
    rung: str
    way: str
    key: str


def tasks(results: dict[str, Any]) -> str:
    """The paper's tasks, beside what was published; those of a smaller scale by themselves."""
    figures = results["figures"]
    scale = figures.get("scale", "published")
    small = "" if scale == "published" else f"{scale}_"
    read = [one for key in figures if (one := _read(key, small)) is not None]
    lines = [
        "Accuracies in percent, and in brackets 95 % intervals over samples; steps, tokens and seconds of one "
        "processor core are those of a row's hardest column. The published runs saw 5 billion tokens each, at the "
        "published scale. Only what was measured stands here."
    ]
    for part, said in PARTS.items():
        how = figures.get(part)
        if how:
            trained = _trained(how["configurations"])
            own = [one for one in read if one.key in trained]
            lines += ["", _told(part, said, how), "", *_table(own, figures, trained), "", made(how)]
    trained = _trained(figures.get("configurations", {}), small)
    own = [one for one in read if one.key in trained]
    seeds = figures.get("seeds", 1)
    several = f", the mean of {seeds} seeds, in brackets the lowest and the highest" if seeds > 1 else ""
    lines += ["", f"**All tasks, scale `{scale}`**: taught answers alone{several}."]
    for task, said in TASKS.items():
        of_task = [one for one in own if one.task == task]
        if of_task:
            lines += ["", f"{said}:", "", *_table(of_task, figures, trained)]
    return "\n".join([*lines, "", made(results)])


def _read(key: str, small: str) -> Figure | None:
    """What the name of a figure says, where it is one of a task."""
    plain = key.removeprefix(small)
    found = NAME.fullmatch(plain)
    if not found or key.endswith(("_interval", "_seeds")):
        return None
    return Figure(found["task"], found["rung"] or "", found["way"], key)


def _table(own: list[Figure], figures: Figures, trained: Mapping[str, Figures]) -> list[str]:
    """A row for each way to train, a column for each rung of one task, and what it took."""
    rungs = sorted({one.rung for one in own}, key=_number)
    ways = sorted({one.way for one in own}, key=_in_order)
    keys = {(one.way, one.rung): one.key for one in own}
    beside = {rung: any(key in PUBLISHED for (_, of), key in keys.items() if of == rung) for rung in rungs}
    head = ["trained with"]
    for rung in rungs:
        head += [_rung_words(rung)] + ["published"] * beside[rung]
    lines = [f"| {' | '.join([*head, 'steps', 'tokens', 's'])} |", "| --- " * (len(head) + len(TOOK)) + "|"]
    for way in ways:
        cells = [_way_words(way)]
        for rung in rungs:
            key = keys.get((way, rung), "")
            cells += [_accuracy(figures, key)] + [PUBLISHED.get(key, NONE)] * beside[rung]
        hardest = next(keys[way, rung] for rung in reversed(rungs) if (way, rung) in keys)
        lines.append(f"| {' | '.join(cells + [f'{trained[hardest][what]:,}' for what in TOOK])} |")
    return lines


def _accuracy(figures: Figures, key: str) -> str:
    """An accuracy with its interval over samples, or with the lowest and highest of its seeds."""
    value = figures.get(key)
    if value is None:
        return NONE
    ends = figures.get(f"{key}_interval") or figures.get(f"{key}_seeds") or ()
    return f"{value:.1f}" + (f" ({min(ends):.1f} to {max(ends):.1f})" if len(ends) > 1 else "")


def _trained(configurations: Figures, before: str = "") -> dict[str, Figures]:
    """The configuration of each figure, whose names begin with that of the scale where it is not the published."""
    return {f"{before}{name}": one for one in configurations.values() for name in one.get("reported", ())}


def _told(part: str, said: str, how: Figures) -> str:
    """What the figures of a scale for one task are of."""
    of = how.get("of_scale", {})
    if part == "lookups":
        return said.format(**of["depo"], **of, guess=100 / of["depo"]["edges"])
    if part == "sums":
        return said.format(**of["sums"], guess=100 / of["sums"]["modulus"])
    return said.format(**of.get("mqar", {}))


def _rung_words(rung: str) -> str:
    if rung.endswith("ops"):
        count = int(rung.removesuffix("ops"))
        return f"{count} operation{'s' if count > 1 else ''}"
    if rung.endswith("pairs"):
        return rung.replace("_", " ")
    return f"{rung[0]} = {rung[1:]}" if rung else "right"


def _way_words(way: str) -> str:
    """How it was trained as people read it: "deeper_n1" is "N = 1, 4 times the layers"."""
    found = re.fullmatch(r"(?:(\w+?)_)??(?:n(\d+))?", way)
    kind, passes = (found[1] or "", found[2]) if found else (way, None)
    if way in WAYS:
        return WAYS[way]
    more = [WAYS[part] for part in WAYS if part in kind]
    return ", ".join(([f"N = {passes}"] if passes else []) + more)


def _number(rung: str) -> int:
    return int(re.sub(r"\D", "", rung) or 0)


def _in_order(way: str) -> tuple[str, int]:
    """Plain passes first, by their number."""
    kind, _, passes = way.rpartition("n") if re.search(r"n\d+$", way) else (way, "", "")
    return kind, int(passes or 0)
