"""Who may see and change webhooks: the admins of their matter."""

# ruff: noqa: D103  the names are the rules

from uuid import UUID

from django.db import models

from reviewapp.frame.actor import Actor, Scope
from reviewapp.matters.models import Matter
from reviewapp.matters.policy import allowed, find, is_admin, rule
from reviewapp.webhooks.models import Delivery, Endpoint


@rule(Scope.MANAGE)
def may_manage_webhooks(actor: Actor, matter: Matter) -> bool:
    return is_admin(actor, matter)


def visible_endpoints(actor: Actor, matter: Matter) -> models.QuerySet[Endpoint]:
    endpoints = Endpoint.objects.filter(matter=matter)
    return endpoints if may_manage_webhooks(actor, matter) else endpoints.none()


def access_endpoint_by_id(actor: Actor, endpoint_id: UUID | str) -> Endpoint:
    endpoint = find(Endpoint.objects.select_related("matter"), endpoint_id)
    return allowed(endpoint, may_manage_webhooks(actor, endpoint.matter))


def access_delivery_by_id(actor: Actor, delivery_id: UUID | str) -> Delivery:
    delivery = find(Delivery.objects.select_related("endpoint__matter"), delivery_id)
    return allowed(delivery, may_manage_webhooks(actor, delivery.endpoint.matter))
