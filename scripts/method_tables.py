"""The tables of docs/method.md, from the results of benchmarks; written by scripts/numbers_in_docs.py."""

from collections.abc import Mapping
from typing import Any

from reviewapp.frame.words_lab import WAYS

Figures = Mapping[str, Any]
MARKED = ("state_n1", "retrieval", "compaction", "attention", "product")
NONE = "-"


def made(results: Figures) -> str:
    """By which command, and on which machine, results were made."""
    machine = ", ".join(f"{key} {value}" for key, value in results["machine"].items())
    return f"Made by `{results['command']}` on: {machine}."


def _with_interval(figures: Figures, name: str, shape: str = "{:.1f}") -> str:
    value, ends = figures.get(name), figures.get(f"{name}_interval")
    if value is None:
        return NONE
    spread = ""
    if ends:
        low, high = (shape.format(end) if end is not None else "never" for end in ends)
        spread = f" ({low} to {high})"
    return shape.format(value) + spread


def ways(results: dict[str, Any]) -> str:
    """Rates of each way."""
    figures = results["figures"]
    lines = [
        f"{figures['questions']} questions of {figures['documents']} contracts through each way, in percent.",
        "",
        "| way | natural questions, values right | trained wordings, exact | answered though absent | supported "
        "| of these right |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    rates = ("values_right", "short_em", "absent_answered", "supported", "supported_right")
    for name, said in WAYS.items():
        if f"{name}_values_right" in figures:
            lines.append(
                f"| {said} | "
                + " | ".join(_with_interval(figures, f"{name}_{rate}") for rate in rates)
                + " |"
            )
    return "\n".join([*lines, "", made(results)])


def costs(results: dict[str, Any]) -> str:
    """What each way takes."""
    figures = results["figures"]
    lines = [
        "| way | ms a question, median / 95 % | on average | the first one, median / 95 % | tokens | MFLOP "
        "| bytes a document | s to make | MFLOP to make |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name, said in WAYS.items():
        if f"{name}_question_ms" in figures:
            one = {
                key.removeprefix(f"{name}_"): v for key, v in figures.items() if key.startswith(f"{name}_")
            }
            lines.append(
                f"| {said} | {one['question_ms']:.0f} / {one['question_ms_p95']:.0f} | "
                f"{one['question_mean_ms']:.0f} | "
                f"{one['cold_question_ms']:.0f} / {one['cold_question_ms_p95']:.0f} | "
                f"{one['question_tokens']:,} | {one['question_mflops']:,.0f} | {one['bytes_per_document']:,} | "
                f"{one['build_s']:.2f} | {one['build_mflops']:,.0f} |"
            )
    return "\n".join([*lines, "", made(results)])


def evens(results: dict[str, Any]) -> str:
    """From how many questions on a way pays that costs more to make, and what planning by these figures misses."""
    figures = results["figures"]
    lines = ["| after so many questions of a document | against reading every passage | against search |"]
    lines.append("| --- | --- | --- |")
    for name in ("state_n1", "product"):
        cells = [_even(figures, f"{name}_break_even_vs_{other}") for other in ("attention", "retrieval")]
        lines.append(f"| {WAYS[name]} pays | " + " | ".join(cells) + " |")
    if "planner_regret_pct" in figures:
        look_up = figures["planner_look_up_s"]
        lines += [
            "",
            f"Cost beyond the best way in hindsight, over {figures['planner_matters']} held-out matters, with "
            f"{', '.join(map(str, figures['planner_forecasts']))} questions each; a wrong answer counts "
            f"{look_up:.0f} s of a person:",
            "",
            "| choice | percent |",
            "| --- | --- |",
            f"| the planner, by the figures of all other matters | {_with_interval(figures, 'planner_regret_pct')} |",
        ]
        lines += [
            f"| always {WAYS[name]} | {figures[f'{name}_regret_pct']:.1f} |"
            for name in MARKED
            if f"{name}_regret_pct" in figures
        ]
    return "\n".join(lines)


def _even(figures: Figures, name: str) -> str:
    ends = figures.get(f"{name}_interval") or ()
    said, *drawn = ("never" if each is None else f"{each:.1f}" for each in (figures.get(name), *ends))
    return f"{said} ({' to '.join(drawn)})" if {said, *drawn} != {"never"} and drawn else said


def growing(results: dict[str, Any]) -> str:
    """A matter that grows: right answers and the cost of catching up, step by step, beside building all anew."""
    figures = results["figures"]
    lines = [
        "| step | documents | new questions right, % | old ones | s to catch up | s to build anew | tokens | anew |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in figures["steps"]:
        said = f"{one['step']}: {one['came']} come"
        said += f", {one['amended']} amended" if one["amended"] else ""
        said += f", {one['withdrawn']} withdrawn" if one["withdrawn"] else ""
        rates = [NONE if one[name] is None else f"{one[name]:.1f}" for name in ("new_right", "old_right")]
        lines.append(
            f"| {said} | {one['documents']} | {rates[0]} | {rates[1]} | {one['seconds']:.1f} | "
            f"{one['anew_seconds']:.1f} | {one['tokens']:,} | {one['anew_tokens']:,} |"
        )
    return "\n".join([*lines, "", _caught_up(figures), "", made(results)])


ARMS = {
    "full_reading": "its text in view", "bm25_reader": "the segment that full text finds, in view",
    "hybrid_n1": "fast weights, one pass", "hybrid_n2": "fast weights, two passes",
    "hybrid_n4": "fast weights, four passes", "compacted_kv": "keys and values compacted to as many numbers",
    "no_memory": "nothing", "embedded_states": "states of the shipped memory, which is another model",
}  # fmt: skip


def converted(results: dict[str, Any]) -> str:
    """What a pretrained model says from each kind of memory of one segment."""
    figures = results["figures"]
    lines = [
        f"After {figures['train_tokens'] / 1e6:.1f} million tokens of training, on segments of "
        f"{figures['segment_tokens']} tokens that hold the answer:",
        "",
        "| memory of the segment | questions | values right, % | yes and no right, % | bytes for 1,000 tokens |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, said in ARMS.items():
        if f"{name}_asked" in figures:
            rates = [_with_interval(figures, f"{name}_{rate}") for rate in ("values_right", "yesno_right")]
            size = figures[f"{name}_bytes_per_1k_tokens"]
            lines.append(f"| {said} | {figures[f'{name}_asked']} | {rates[0]} | {rates[1]} | {size:,} |")
    return "\n".join([*lines, "", made(results)])


def _caught_up(figures: Figures) -> str:
    """What all steps together took, and what became of amended contracts and of the one that was withdrawn."""
    same = "the same states, by their names," if figures["states_same"] else "other states"
    changed, kept = (_with_interval(figures, f"amended_{name}_right") for name in ("changed", "kept"))
    return (
        f"In all, catching up took {figures['catch_up_seconds']:.0f} s and {figures['catch_up_tokens']:,} tokens; "
        f"building everything anew at each step takes {figures['anew_each_time_seconds']:.0f} s and "
        f"{figures['anew_each_time_tokens']:,}. After the last step a second matter was built of the same documents: "
        f"{same} and {figures['anew_right']:.1f} % right, against {figures['all_right']:.1f} % in the one that grew, "
        f"in {figures['anew_measured_seconds']:.0f} s. Of {figures['amended_documents']} amended contracts, the "
        f"answers to {figures['amended_changed']} questions changed: {changed} % are right afterwards, and {kept} % "
        f"of the other {figures['amended_kept']}; {figures['amended_asked_again']} were asked again. Of the contract "
        f"that was withdrawn, {figures['cells_of_withdrawn']} answers are left."
    )


def groups(results: dict[str, Any]) -> str:
    """Right answers by wording, length of the contract, number of documents and kind of question."""
    figures = results["figures"]
    lines = ["| right, % (questions) | " + " | ".join(WAYS[name] for name in MARKED) + " |"]
    lines.append("| --- " * (len(MARKED) + 1) + "|")
    for group, shape in (
        ("by_wording", "{} wordings"), ("by_length", "{} contracts"), ("by_documents", "documents at once: {}"),
        ("by_kind", "{}"),
    ):  # fmt: skip
        for name, found in figures.get(group, {}).items():
            cells = [
                f"{found[way]['right']:.0f} ({found[way]['n']})" if way in found else NONE for way in MARKED
            ]
            lines.append(f"| {shape.format(name)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
