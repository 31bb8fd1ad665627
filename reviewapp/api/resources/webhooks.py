"""Webhooks, and what was sent to them."""

from typing import Any

from django.http import HttpResponse
from ninja import Status

from reviewapp.api.conditions import require_match
from reviewapp.api.paging import Cursor, Limit, PageOf, listed
from reviewapp.api.service import ApiRequest, Resource
from reviewapp.api.shapes_webhooks import (
    DeliveryShape,
    NewWebhook,
    WebhookChange,
    WebhookSecret,
    WebhookShape,
)
from reviewapp.frame.actor import Scope
from reviewapp.matters.policy import access_matter_by_id
from reviewapp.webhooks import actions
from reviewapp.webhooks.models import Delivery, Endpoint
from reviewapp.webhooks.policy import (
    access_delivery_by_id,
    access_endpoint_by_id,
    may_manage_webhooks,
    visible_endpoints,
)

resource = Resource("Webhooks")


def _webhook(endpoint: Endpoint) -> WebhookShape:
    return WebhookShape(
        id=str(endpoint.pk),
        matter_id=str(endpoint.matter_id),
        url=endpoint.url,
        events=list(endpoint.kinds),
        on=endpoint.closed_at is None,
        off_because=endpoint.closed_because,
        failing_since=endpoint.failing_since,
        created_at=endpoint.created_at,
    )


def _secret(endpoint: Endpoint) -> WebhookSecret:
    return WebhookSecret(
        webhook=_webhook(endpoint), secret=endpoint.secret, previous_until=endpoint.previous_until
    )


def _delivery(sent: Delivery) -> DeliveryShape:
    return DeliveryShape(
        id=str(sent.pk),
        webhook_id=str(sent.endpoint_id),
        sequence=sent.sequence,
        type=sent.kind,
        status=sent.status,  # type: ignore[arg-type]
        attempts=sent.attempts,
        next_at=sent.next_at,
        answered=sent.answered,
        error=sent.error,
        created_at=sent.created_at,
        ended_at=sent.ended_at,
    )


@resource.get("/matters/{matter_id}/webhooks", PageOf[WebhookShape], scope=Scope.MANAGE)
def list_webhooks(
    request: ApiRequest, response: HttpResponse, matter_id: str, cursor: Cursor, limit: Limit
) -> PageOf[WebhookShape]:
    """The webhooks of a matter (admins)."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_manage_webhooks)
    rows = visible_endpoints(request.actor, matter)
    order = ("created_at", "id")
    return listed(request, response, rows, order, cursor, limit, lambda found: [*map(_webhook, found)])


@resource.post("/matters/{matter_id}/webhooks", {201: WebhookSecret}, scope=Scope.MANAGE)
def add_webhook(
    request: ApiRequest, response: HttpResponse, matter_id: str, payload: NewWebhook
) -> Status[Any]:
    """Have an address told of what happens in the matter from now on (admins); the answer has its secret."""
    matter = access_matter_by_id(request.actor, matter_id, may=may_manage_webhooks)
    endpoint = actions.add_endpoint(matter, payload.url, actor=request.actor, kinds=payload.events)
    response.headers["Location"] = f"/v1/webhooks/{endpoint.pk}"
    return Status(201, _secret(endpoint))


@resource.get("/webhooks/{webhook_id}", WebhookShape, scope=Scope.MANAGE)
def get_webhook(request: ApiRequest, webhook_id: str) -> WebhookShape:
    """One webhook (admins)."""
    return _webhook(access_endpoint_by_id(request.actor, webhook_id))


@resource.patch("/webhooks/{webhook_id}", WebhookShape, scope=Scope.MANAGE)
def change_webhook(request: ApiRequest, webhook_id: str, payload: WebhookChange) -> WebhookShape:
    """Switch a webhook on or off, or choose its events anew (admins). Needs If-Match."""
    endpoint = access_endpoint_by_id(request.actor, webhook_id)
    require_match(request, _webhook(endpoint))
    if payload.events is not None:
        endpoint = actions.change_kinds(endpoint, payload.events, actor=request.actor)
    if payload.on is not None:
        switch = actions.switch_on if payload.on else actions.switch_off
        endpoint = switch(endpoint, actor=request.actor)
    return _webhook(endpoint)


@resource.delete("/webhooks/{webhook_id}", scope=Scope.MANAGE)
def remove_webhook(request: ApiRequest, webhook_id: str) -> Status[Any]:
    """Forget a webhook and all that was sent to it (admins). Needs If-Match."""
    endpoint = access_endpoint_by_id(request.actor, webhook_id)
    require_match(request, _webhook(endpoint))
    actions.remove_endpoint(endpoint, actor=request.actor)
    return Status(204, None)


@resource.post("/webhooks/{webhook_id}/secret", WebhookSecret, scope=Scope.MANAGE)
def change_webhook_secret(request: ApiRequest, webhook_id: str) -> WebhookSecret:
    """A new secret (admins); for a day the one before signs as well."""
    return _secret(
        actions.change_secret(access_endpoint_by_id(request.actor, webhook_id), actor=request.actor)
    )


@resource.post("/webhooks/{webhook_id}/test", {201: DeliveryShape}, scope=Scope.MANAGE)
def test_webhook(request: ApiRequest, response: HttpResponse, webhook_id: str) -> Status[Any]:
    """Send a message that says nothing (admins), also while the webhook is off."""
    endpoint = access_endpoint_by_id(request.actor, webhook_id)
    response.headers["Location"] = f"/v1/webhooks/{endpoint.pk}/deliveries"
    return Status(201, _delivery(actions.send_test(endpoint)))


@resource.get("/webhooks/{webhook_id}/deliveries", PageOf[DeliveryShape], scope=Scope.MANAGE)
def list_deliveries(
    request: ApiRequest, response: HttpResponse, webhook_id: str, cursor: Cursor, limit: Limit
) -> PageOf[DeliveryShape]:
    """What was sent to a webhook (admins), the newest first."""
    rows = access_endpoint_by_id(request.actor, webhook_id).deliveries.all()
    order = ("-created_at", "-id")
    return listed(request, response, rows, order, cursor, limit, lambda found: [*map(_delivery, found)])


@resource.post("/deliveries/{delivery_id}/again", DeliveryShape, scope=Scope.MANAGE)
def send_delivery_again(request: ApiRequest, delivery_id: str) -> DeliveryShape:
    """Send a message anew (admins), under the same id."""
    delivery = access_delivery_by_id(request.actor, delivery_id)
    return _delivery(actions.send_again(delivery, actor=request.actor))
