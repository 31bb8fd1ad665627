"""Pages of quality: what was decided, over time and by question, and samples."""

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.actor import Actor
from reviewapp.frame.paging import page_of
from reviewapp.frame.tables import InParts, csv_file
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id, may_view
from reviewapp.questions.policy import access_question_by_id
from reviewapp.reviews import quality as qualities
from reviewapp.reviews.actions import ReviewError, standing
from reviewapp.reviews.models import Sample
from reviewapp.reviews.plot import plot_of
from reviewapp.reviews.policy import (
    access_sample_by_id,
    may_review,
    may_set_review_rules,
    visible_reviews,
    visible_samples,
    wants_second_reviewer,
)

ROWS_AT_ONCE = 500


@require_http_methods(["GET", "POST"])
@signed_in
def quality(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """How right the matter's answers are by what people decided; a POST draws a sample."""
    may = may_review if request.method == "POST" else may_view
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    if request.method == "POST":
        return _draw(request, matter)
    reviews = visible_reviews(request.actor, matter)
    samples = visible_samples(request.actor, matter).select_related("question", "drawn_by")
    by_question = qualities.by_question(reviews)
    context = matter_frame(request, matter, "grids") | {
        "by_question": by_question,
        "plot": plot_of(qualities.by_day(reviews)),
        "samples": page_of(request, samples, 20),
        "may_review": may_review(request.actor, matter),
        "may_set_rules": may_set_review_rules(request.actor, matter),
        "needs_second": wants_second_reviewer(matter),
    }
    return render(request, "reviews/quality.html", context)


def _draw(request: SignedInRequest, matter: Matter) -> HttpResponse:
    written = request.POST.get("size", "")
    size = int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0
    key = request.POST.get("question", "")
    question = access_question_by_id(request.actor, key) if key else None
    if question is not None and question.matter_id != matter.pk:
        question = None
    try:
        drawn = qualities.draw_sample(matter, size, actor=request.actor, question=question)
    except ReviewError as error:
        messages.error(request, str(error))
        return redirect("quality", matter.pk)
    return redirect("sample", drawn.pk)


@require_GET
@signed_in
def sample(request: SignedInRequest, sample_id: UUID) -> HttpResponse:
    """A sample: its cells to be reviewed, and what it shows so far."""
    found = access_sample_by_id(request.actor, sample_id)
    cells = found.answers.select_related("question", "document", "review").order_by("pk")
    context = matter_frame(request, found.matter, "grids") | {
        "sample": found,
        "measured": qualities.measured(found),
        "part": page_of(request, cells),
    }
    return render(request, "reviews/sample.html", context)


@require_GET
@signed_in
def protocol(request: SignedInRequest, sample_id: UUID) -> InParts:
    """The sample's protocol as CSV: how it was drawn, what it shows, and each cell with its decisions."""
    found = access_sample_by_id(request.actor, sample_id)
    return csv_file(f"sample-{found.created_at:%Y-%m-%d}.csv", _rows(found, request.actor))


def _rows(sample: Sample, actor: Actor) -> Iterator[list[object]]:
    measured = qualities.measured(sample)
    yield ["drawn at", sample.created_at.isoformat()]
    yield ["drawn by", sample.drawn_by.get_username()]
    yield ["exported by", actor.signed_in().get_username()]
    yield ["question", sample.question.text if sample.question else "all"]
    yield ["seed", sample.seed]
    yield ["drawn from", sample.drawn_from]
    yield ["cells", measured.cells]
    for name in ("precision", "supported", "agreement"):
        share = getattr(measured, name)
        shares = (share.share, share.low, share.high) if share.number else ()
        yield [name, share.right, share.number, *(f"{each:.4f}" for each in shares)]
    yield []
    yield [
        "document",
        "question",
        "answer",
        "state",
        "decision",
        "corrected to",
        "reason",
        "by",
        "at",
        "confirmed by",
    ]
    cells = sample.answers.select_related("question", "document", "review__by", "review__confirmed_by")
    for cell in cells.prefetch_related("decisions").order_by("pk").iterator(ROWS_AT_ONCE):
        review = getattr(cell, "review", None)
        made, _ = standing(sorted(cell.decisions.all(), key=lambda decision: decision.number))
        yield [
            cell.document.name, cell.question.text, cell.text, cell.state,
            review.kind if review else "", review.text if review else "", made.reason if made else "",
            review.by.get_username() if review and review.by else "",
            review.changed_at.isoformat() if review else "",
            review.confirmed_by.get_username() if review and review.confirmed_by else "",
        ]  # fmt: skip
