"""Pages of the audit list."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reviewapp import policy
from reviewapp.audit.models import AuditEntry
from reviewapp.pages.access import SignedInRequest, signed_in
from reviewapp.pages.frame import matter_frame, page_of


@require_GET
@signed_in
def audit(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Who did what in the matter, newest first (admins)."""
    matter = policy.access_matter_by_id(request.user, matter_id, may=policy.may_administer)
    entries = AuditEntry.objects.filter(matter=matter).select_related("user")
    context = matter_frame(request, matter, "audit") | {"part": page_of(request, entries)}
    return render(request, "audit/audit.html", context)
