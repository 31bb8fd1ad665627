"""Pages of what questions cost: of a matter, of a question and of a grid."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp.documents.policy import visible_documents
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.grids.advice import advice_words, reckoned_words
from reviewapp.grids.costs import cost_plot, spent
from reviewapp.grids.forecast import coming, forecast, forecast_of
from reviewapp.grids.policy import access_grid_by_id, visible_grid_cells, visible_grid_documents
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.questions.models import Answer
from reviewapp.questions.policy import access_question_by_id, visible_answers
from reviewapp.reviews.policy import visible_cells
from reviewapp.states.nights import has_nights
from reviewapp.states.policy import visible_states


@require_GET
@signed_in
def matter_costs(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """What all questions of a matter cost."""
    matter = access_matter_by_id(request.actor, matter_id)
    return _page(request, matter, visible_cells(request.actor, matter))


@require_GET
@signed_in
def question_costs(request: SignedInRequest, question_id: UUID) -> HttpResponse:
    """What one question cost."""
    found = access_question_by_id(request.actor, question_id)
    return _page(request, found.matter, visible_answers(request.actor, found), {"question": found})


@require_GET
@signed_in
def grid_costs(request: SignedInRequest, grid_id: UUID) -> HttpResponse:
    """What the questions of a grid cost."""
    found = access_grid_by_id(request.actor, grid_id)
    return _page(request, found.matter, visible_grid_cells(request.actor, found), {"grid": found})


def _page(
    request: SignedInRequest, matter: Matter, cells: QuerySet[Answer], about: dict[str, Any] | None = None
) -> HttpResponse:
    found = spent(cells, visible_states(request.actor, matter), visible_cells(request.actor, matter))
    context = matter_frame(request, matter, "grids" if about and "grid" in about else "questions")
    context |= {"spent": found, "plot": cost_plot(found), **(about or {})}
    # NB: what was measured here is not what is forecast by other documents, so only one of them is told
    if not found.cells and (not about or "grid" in about):
        grid = about["grid"] if about else None
        if grid:
            planned = forecast(visible_grid_documents(request.actor, grid), list(grid.columns.all()))
        else:
            context["coming"] = asked = coming(request.actor, matter)
            planned = forecast_of(visible_documents(request.actor, matter), asked)
        context |= {
            "plan": advice_words(planned, at_night=has_nights(matter)),
            "reckoned": reckoned_words(planned),
        }
    return render(request, "grids/costs.html", context)
