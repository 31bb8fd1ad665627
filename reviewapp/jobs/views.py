"""Pages of jobs."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.frame.words_status import TRIGGERS
from reviewapp.jobs import lifecycle
from reviewapp.jobs.kinds import About, kinds
from reviewapp.jobs.models import Job, Status
from reviewapp.jobs.policy import access_job_by_id, may_cancel, visible_jobs
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id, may_administer


@require_GET
@signed_in
def jobs(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The matter's jobs, newest first (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_administer)
    found = visible_jobs(request.actor, matter)
    status, kind = request.GET.get("status", ""), request.GET.get("kind", "")
    if status in Status.values:
        found = found.filter(status=status)
    words = {kind.name: kind.words for kind in kinds()}
    if kind in words:
        found = found.filter(kind=kind)
    part = page_of(request, found.select_related("acting_user").prefetch_related("subject"))
    context = matter_frame(request, matter, "jobs")
    context |= {
        "part": part,
        "rows": [
            (job, words.get(job.kind, job.kind), _about(job), TRIGGERS.get(job.trigger, job.trigger))
            for job in part
        ],
        "status": status,
        "kind": kind,
        "statuses": Status.values,
        "kinds": words.items(),
        "query": f"status={status}&kind={kind}&" if status in Status.values or kind in words else "",
    }
    return render(request, "jobs/jobs.html", context)


def _about(job: Job) -> About | None:
    known = job.subject is not None and job.kind in {kind.name for kind in kinds()}
    return job.registered_kind.about(job.subject) if known else None


@require_POST
@signed_in
def cancel(request: SignedInRequest, job_id: UUID) -> HttpResponse:
    """Cancel a job that waits or runs."""
    job = access_job_by_id(request.actor, job_id, may=may_cancel)
    lifecycle.cancel(job, actor=request.actor)
    return redirect("jobs", job.matter_id)
