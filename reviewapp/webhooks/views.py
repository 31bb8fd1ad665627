"""Pages of webhooks and of what was sent."""

import json
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reviewapp.events.names import Happened
from reviewapp.frame.access import SignedInRequest, signed_in
from reviewapp.frame.paging import page_of
from reviewapp.matters.frame import matter_frame
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.webhooks import actions
from reviewapp.webhooks.forms import EndpointForm
from reviewapp.webhooks.models import Delivery, Endpoint
from reviewapp.webhooks.policy import (
    access_delivery_by_id,
    access_endpoint_by_id,
    may_manage_webhooks,
    visible_endpoints,
)

#: The session's name for the webhook of which the next page shows what signs.
JUST_SIGNED = "webhook_just_signed"
WORDS = dict(Happened.choices) | {actions.TEST: "Test"}


@require_http_methods(["GET", "POST"])
@signed_in
def webhooks(request: SignedInRequest, matter_id: UUID) -> HttpResponse:
    """The matter's webhooks, and adding one (admins). The secret is shown once, after it was made."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_manage_webhooks)
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            endpoint = actions.add_endpoint(
                matter, form.cleaned_data["url"], actor=request.actor, kinds=form.cleaned_data["kinds"]
            )
        except actions.WebhookError as error:
            form.add_error("url", str(error))
        else:
            return _show_once(request, endpoint)
    counted = visible_endpoints(request.actor, matter).annotate(
        waiting=Count("deliveries", filter=Q(deliveries__status=Delivery.Status.WAITING)),
        dead=Count("deliveries", filter=Q(deliveries__status=Delivery.Status.DEAD)),
    )
    context = matter_frame(request, matter, "webhooks")
    context |= {"form": form, "endpoints": counted, "kinds": Happened.choices}
    return render(request, "webhooks/webhooks.html", context, status=422 if form.errors else 200)


@require_GET
@signed_in
def webhook(request: SignedInRequest, endpoint_id: UUID) -> HttpResponse:
    """One webhook and what was sent to it, newest first; a secret that was just made is shown this once."""
    endpoint = access_endpoint_by_id(request.actor, endpoint_id)
    part = page_of(request, endpoint.deliveries.all())
    rows = [(one, WORDS.get(one.kind, one.kind)) for one in part]
    told = [WORDS.get(kind, kind) for kind in endpoint.kinds]
    is_new = request.session.pop(JUST_SIGNED, "") == str(endpoint.pk)
    context = matter_frame(request, endpoint.matter, "webhooks")
    context |= {"endpoint": endpoint, "part": part, "rows": rows, "told": told}
    context["secret"] = endpoint.secret if is_new else ""
    return render(request, "webhooks/webhook.html", context)


@require_POST
@signed_in
def change_secret(request: SignedInRequest, endpoint_id: UUID) -> HttpResponse:
    """Make a new secret, and show it once."""
    endpoint = actions.change_secret(access_endpoint_by_id(request.actor, endpoint_id), actor=request.actor)
    return _show_once(request, endpoint)


@require_POST
@signed_in
def switch(request: SignedInRequest, endpoint_id: UUID) -> HttpResponse:
    """Switch a webhook off or on."""
    endpoint = access_endpoint_by_id(request.actor, endpoint_id)
    if endpoint.closed_at is None:
        actions.switch_off(endpoint, actor=request.actor)
    else:
        actions.switch_on(endpoint, actor=request.actor)
    return redirect("webhook", endpoint.pk)


@require_POST
@signed_in
def test(request: SignedInRequest, endpoint_id: UUID) -> HttpResponse:
    """Send a message that says nothing."""
    endpoint = access_endpoint_by_id(request.actor, endpoint_id)
    actions.send_test(endpoint)
    messages.success(request, "A test is on its way; load the page again to see how it went.")
    return redirect("webhook", endpoint.pk)


@require_POST
@signed_in
def remove(request: SignedInRequest, endpoint_id: UUID) -> HttpResponse:
    """Forget a webhook."""
    endpoint = access_endpoint_by_id(request.actor, endpoint_id)
    matter = endpoint.matter
    actions.remove_endpoint(endpoint, actor=request.actor)
    messages.success(request, "The webhook is removed.")
    return redirect("webhooks", matter.pk)


@require_GET
@signed_in
def delivery(request: SignedInRequest, delivery_id: UUID) -> HttpResponse:
    """One message: what it says, and how sending it went."""
    found = access_delivery_by_id(request.actor, delivery_id)
    context = matter_frame(request, found.endpoint.matter, "webhooks")
    body = json.dumps(json.loads(found.body), indent=2)
    context |= {"delivery": found, "words": WORDS.get(found.kind, found.kind), "body": body}
    return render(request, "webhooks/delivery.html", context)


@require_POST
@signed_in
def again(request: SignedInRequest, delivery_id: UUID) -> HttpResponse:
    """Send a message once more."""
    found = access_delivery_by_id(request.actor, delivery_id)
    try:
        actions.send_again(found, actor=request.actor)
    except actions.WebhookError as error:
        messages.error(request, str(error))
    return redirect("delivery", found.pk)


def _show_once(request: SignedInRequest, endpoint: Endpoint) -> HttpResponse:
    request.session[JUST_SIGNED] = str(endpoint.pk)
    return redirect("webhook", endpoint.pk)
