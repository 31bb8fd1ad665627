"""Pages of a person's notices."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.live import live_part
from reviewapp.frame.paging import page_of
from reviewapp.notices import actions, mailing
from reviewapp.notices.models import Kind
from reviewapp.notices.policy import access_notice_by_id, visible_notices, wishes_of
from reviewapp.notices.showing import address_of, count_unread, lines_of

PART = 50


@require_GET
@signed_in
def notices(request: SignedInRequest) -> HttpResponse:
    """One's notices, newest first, and what one wants to be told."""
    listed = visible_notices(request.actor).select_related("matter", "by").order_by("-created_at")
    part = page_of(request, listed, PART)
    wishes = wishes_of(request.actor)
    kinds = [
        (kind, words, kind not in wishes.unwanted, kind in wishes.mailed) for kind, words in Kind.choices
    ]
    context = {"part": part, "lines": lines_of(part), "kinds": kinds, "is_mail_on": mailing.is_on()}
    return render(request, "notices/notices.html", context)


@require_GET
@signed_in
def bell(request: SignedInRequest) -> HttpResponse:
    """The bell with the number of new notices; nothing (204) while that is as shown."""
    unread = count_unread(request.actor)
    return live_part(request, "notices/bell.html", {"unread": unread, "version": str(unread)})


@require_GET
@signed_in
def open_notice(request: SignedInRequest, notice_id: UUID) -> HttpResponse:
    """Go to what a notice is about, which has then been read."""
    notice = access_notice_by_id(request.actor, notice_id)
    actions.mark_read(notice)
    address = address_of(notice)
    if not address:
        messages.info(request, "What this notice is about is no longer there.")
    return redirect(address or "notices")


@require_POST
@signed_in
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark all of one's notices as read."""
    actions.mark_all_read(actor=request.actor)
    return redirect("notices")


@require_POST
@signed_in
def wish(request: SignedInRequest) -> HttpResponse:
    """Keep what one wants to be told, and how."""
    # NB: where no mail is sent the page does not ask for it, and what was wished before stays.
    by_mail = request.POST.getlist("mailed") if mailing.is_on() else wishes_of(request.actor).mailed
    try:
        actions.wish(request.POST.getlist("told"), by_mail, actor=request.actor)
    except actions.NoticeError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "What you are told is changed.")
    return redirect("notices")
