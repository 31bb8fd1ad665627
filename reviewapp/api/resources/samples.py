"""Samples: claims drawn at random to be reviewed, and how right they are."""

from typing import Any

from django.http import HttpResponse
from ninja import Status

from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.problems import wrong_field
from reviewapp.api.resources.matters import person_of
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_loads import NewSample, SampleShape, ShareShape
from reviewapp.frame.actor import Scope
from reviewapp.matters.policy import NotAvailable, access_matter_by_id
from reviewapp.questions.policy import access_question_by_id
from reviewapp.reviews import quality
from reviewapp.reviews.models import Sample
from reviewapp.reviews.policy import access_sample_by_id, may_review, visible_samples

resource = Resource("Samples")


def _sample(sample: Sample) -> SampleShape:
    return SampleShape(
        id=str(sample.pk),
        matter_id=str(sample.matter_id),
        question_id=str(sample.question_id) if sample.question_id else None,
        drawn_by=person_of(sample.drawn_by),
        seed=sample.seed,
        drawn_from=sample.drawn_from,
        created_at=sample.created_at,
    )


def _whole(sample: Sample) -> SampleShape:
    """A sample with its claims and what the decisions on them show."""
    shape, found = _sample(sample), quality.measured(sample)
    shape.claim_ids = [str(key) for key in sample.answers.order_by("pk").values_list("pk", flat=True)]
    shape.decided = found.decided
    shape.precision, shape.supported = _share(found.precision), _share(found.supported)
    shape.agreement = _share(found.agreement)
    return shape


def _share(share: quality.Share) -> ShareShape:
    return ShareShape(right=share.right, number=share.number, low=share.low, high=share.high)


@resource.get("/matters/{matter_id}/samples", PageOf[SampleShape])
def list_samples(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[SampleShape]:
    """The samples of a matter, the newest first."""
    rows = visible_samples(request.actor, access_matter_by_id(request.actor, matter_id))
    rows, order = rows.select_related("drawn_by"), ("-created_at", "-id")
    return listed(request, response, rows, order, cursor, limit, lambda found: [*map(_sample, found)])


@resource.post("/matters/{matter_id}/samples", {201: SampleShape}, scope=Scope.REVIEW)
def draw_sample(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewSample
) -> Status[Any]:
    """Draw claims at random, each as likely as any other, to be reviewed."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_review)
    try:
        question = access_question_by_id(request.actor, payload.question_id) if payload.question_id else None
        if question is not None and question.matter_id != matter.pk:
            raise NotAvailable
    except NotAvailable:
        raise wrong_field("/question_id", "the matter has no question of this id") from None
    sample = quality.draw_sample(
        matter, payload.size, actor=request.actor, question=question, seed=payload.seed
    )
    response.headers["Location"] = f"/v1/samples/{sample.pk}"
    return Status(201, _whole(sample))


@resource.get("/samples/{sample_id}", SampleShape)
def get_sample(request: ApiRequest, sample_id: str) -> SampleShape:
    """One sample, with its claims and what the decisions on them show so far."""
    return _whole(access_sample_by_id(request.actor, sample_id))
