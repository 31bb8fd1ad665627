"""Rates of right answers, from scores."""

from collections.abc import Callable, Iterable, Sequence

from consolidation.evaluation.metrics import auroc, mean
from laboratory.data.clause_wordings import CLAUSE_CATEGORIES
from laboratory.measure.answers import ClauseScore, Score, percent


def rate(scores: Iterable[Score], value: Callable[[Score], float]) -> float | None:
    """Mean of a value, as a fraction; None for no scores."""
    values = [float(value(score)) for score in scores]
    return mean(values) if values else None


def em(scores: Sequence[Score]) -> float | None:
    """Exact match over the questions that have an answer."""
    return rate((s for s in scores if s.gold), lambda s: s.em)


def f1(scores: Sequence[Score]) -> float | None:
    """Word F1 over the questions that have an answer."""
    return rate((s for s in scores if s.gold), lambda s: s.f1)


def fabrication(scores: Sequence[Score]) -> float | None:
    """Share of the questions without an answer to which one was given."""
    return rate((s for s in scores if not s.gold), lambda s: bool(s.answer))


def placed_quotes(scores: Sequence[Score]) -> float | None:
    """Share of right first quotes among answers to questions that have one (`measure.answers.quote_right`)."""
    return rate((s for s in scores if s.gold and s.quote_right is not None), lambda s: bool(s.quote_right))


def supported_share(scores: Sequence[Score]) -> float | None:
    """Share of the questions that have an answer to which a supported one was given."""
    return rate((s for s in scores if s.gold), lambda s: s.state == "supported")


def supported_right(scores: Sequence[Score]) -> float | None:
    """Exact match of supported answers; one to a question that has none is wrong."""
    return rate((s for s in scores if s.state == "supported"), lambda s: s.em)


def right_against_wrong(scores: Sequence[Score]) -> float | None:
    """AUROC of the confidence of answers that are right against those that are not."""
    right, wrong = (
        [s.confidence for s in scores if s.answer and bool(s.em) is is_right] for is_right in (True, False)
    )
    return auroc(right, wrong) if right and wrong else None


def clause_category(scores: Sequence[ClauseScore]) -> dict[str, float]:
    """Yes/no questions about one kind of clause."""
    yes, no = [s for s in scores if s.there], [s for s in scores if not s.there]
    recall, rejection = percent([float(s.said) for s in yes]), percent([float(not s.said) for s in no])
    return {
        "balanced_accuracy": round((recall + rejection) / 2, 1),
        "auroc": as_percent(auroc([s.probability for s in yes], [s.probability for s in no])),
        "n_yes": len(yes),
        "n_no": len(no),
    }


def clause_table(scores: Sequence[ClauseScore]) -> dict[str, dict[str, float]]:
    """`clause_category` for each of the 33."""
    return {name: clause_category([s for s in scores if s.category == name]) for name in CLAUSE_CATEGORIES}


def balanced_accuracy(scores: Sequence[ClauseScore]) -> float | None:
    """Mean over the kinds of clause of the mean of recall and rejection; a kind needs contracts with and without."""
    tally = {name: [0, 0, 0, 0] for name in CLAUSE_CATEGORIES}
    for s in scores:
        counts = tally[s.category]
        counts[2 * s.there] += s.said == s.there
        counts[2 * s.there + 1] += 1
    both = [(c[0] / c[1] + c[2] / c[3]) / 2 for c in tally.values() if c[1] and c[3]]
    return mean(both) if both else None


def clause_auroc(scores: Sequence[ClauseScore]) -> float | None:
    """AUROC of the probability of "yes", over all kinds of clause together."""
    yes, no = ([s.probability for s in scores if s.there is there] for there in (True, False))
    return auroc(yes, no) if yes and no else None


def as_percent(fraction: float | None) -> float:
    """Percent to a tenth; 0 where there was nothing to measure."""
    return round(100 * fraction, 1) if fraction is not None else 0.0
