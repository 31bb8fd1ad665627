"""The page of a matter's text recognition: its languages, and reading again what was read in others."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from readers.languages import AND, installed
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.words_languages import language_words
from reviewapp.frame.words_numbers import count_words
from reviewapp.intake import again
from reviewapp.intake.actions import BatchError
from reviewapp.intake.policy import may_retry
from reviewapp.matters.actions import MatterError, choose_languages
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import access_matter_by_id, may_administer


@require_http_methods(["GET", "POST"])
@signed_in
def recognition(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Choose the languages that text of a matter's pictures is recognised in (admins)."""
    may = may_retry if request.method == "POST" else may_administer
    matter = access_matter_by_id(request.actor, matter_id, may=may)
    error = ""
    if request.method == "POST":
        try:
            choose_languages(matter, request.POST.getlist("language"), actor=request.actor)
        except MatterError as refused:
            error = refused.message
        else:
            messages.success(request, "Pictures are read in these languages from now on.")
            return redirect("recognition", matter.pk)
    context = matter_frame(request, matter, "settings") | {
        "languages": _choices(matter),
        "is_on": settings.OCR_SECONDS > 0,
        "documents": again.in_other_languages(matter).count(),
        "files": again.without_text(matter).count(),
        "may_change": may_retry(request.actor, matter),
        "error": error,
    }
    return render(request, "intake/recognition.html", context, status=422 if error else 200)


@require_POST
@signed_in
def read_again(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """Have read again what was read in other languages (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_retry)
    count = again.in_other_languages(matter).count() + again.without_text(matter).count()
    try:
        batch = again.read_again(matter, actor=request.actor)
    except BatchError as refused:
        messages.error(request, refused.message)
        return redirect("recognition", matter.pk)
    messages.success(request, f"{count_words(count, 'file')} will be read again.")
    return redirect("batch", batch.pk) if batch else redirect("recognition", matter.pk)


def _choices(matter: Matter) -> list[tuple[str, str, bool]]:
    """The installed languages by their words: name, words, whether it is chosen."""
    chosen = matter.languages().split(AND)
    return sorted(
        ((name, language_words(name), name in chosen) for name in installed()), key=lambda one: one[1]
    )
