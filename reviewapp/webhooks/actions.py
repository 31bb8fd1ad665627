"""Changes to endpoints and their messages."""

from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reviewapp.events.models import Event
from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import Actor
from reviewapp.frame.errors import ActionError
from reviewapp.frame.holding import Held, hold
from reviewapp.matters.models import Matter
from reviewapp.webhooks.guard import is_address, is_inside
from reviewapp.webhooks.models import Delivery, Endpoint
from reviewapp.webhooks.signing import new_secret

#: How long both secrets sign after a change.
OVERLAP = timedelta(days=1)
URL_CHARACTERS = 500
TEST = "webhook.test"


class WebhookError(ActionError):
    """A change to a webhook that cannot be made."""


def add_endpoint(matter: Matter, url: str, *, actor: Actor, kinds: Sequence[str] = ()) -> Endpoint:
    """Have an address told of what happens in the matter from now on. Raises WebhookError."""
    url, kinds = _checked(url.strip()), _known(kinds)
    with transaction.atomic():
        endpoint = Endpoint.objects.create(
            matter=matter,
            created_by=actor.signed_in(),
            url=url,
            kinds=kinds,
            secret=new_secret(),
            reached=_last_sequence(),
        )
        record(Happened.WEBHOOK_ADDED, endpoint, actor=actor, matter=matter, host=urlsplit(url).hostname)
    return endpoint


def change_kinds(endpoint: Endpoint, kinds: Sequence[str], *, actor: Actor) -> Endpoint:
    """Tell the address of these events from now on, of all where none is named. Raises WebhookError."""
    kinds = _known(kinds)
    with transaction.atomic():
        hold(Held.WEBHOOKS, endpoint.pk)
        endpoint = _locked(endpoint)
        if endpoint.kinds != kinds:
            endpoint.kinds = kinds
            endpoint.save()
            record(Happened.WEBHOOK_CHANGED, endpoint, actor=actor, matter=endpoint.matter)
    return endpoint


def change_secret(endpoint: Endpoint, *, actor: Actor) -> Endpoint:
    """A new secret; for a day the one before signs as well, so that the receiver can change at leisure."""
    with transaction.atomic():
        hold(Held.WEBHOOKS, endpoint.pk)
        endpoint = _locked(endpoint)
        endpoint.previous_secret, endpoint.previous_until = endpoint.secret, timezone.now() + OVERLAP
        endpoint.secret = new_secret()
        endpoint.save()
        record(Happened.WEBHOOK_SECRET_CHANGED, endpoint, actor=actor, matter=endpoint.matter)
    return endpoint


def switch_off(endpoint: Endpoint, *, actor: Actor) -> Endpoint:
    """Send nothing more. What happens meanwhile is sent when the endpoint is switched on again."""
    with transaction.atomic():
        hold(Held.WEBHOOKS, endpoint.pk)
        endpoint = _locked(endpoint)
        if endpoint.closed_at is None:
            endpoint.closed_at, endpoint.closed_because = timezone.now(), Endpoint.Closed.BY_HAND
            endpoint.save()
            because = endpoint.closed_because
            record(
                Happened.WEBHOOK_CLOSED, endpoint, actor=actor, matter=endpoint.matter, because=str(because)
            )
    return endpoint


def switch_on(endpoint: Endpoint, *, actor: Actor) -> Endpoint:
    """Send again, from the first event that was not sent on."""
    with transaction.atomic():
        hold(Held.WEBHOOKS, endpoint.pk)
        endpoint = _locked(endpoint)
        if endpoint.closed_at is not None:
            endpoint.closed_at, endpoint.closed_because, endpoint.failing_since = None, "", None
            endpoint.save()
            record(Happened.WEBHOOK_OPENED, endpoint, actor=actor, matter=endpoint.matter)
    return endpoint


def remove_endpoint(endpoint: Endpoint, *, actor: Actor) -> None:
    """Forget the endpoint and all that was sent to it."""
    with transaction.atomic():
        hold(Held.WEBHOOKS, endpoint.pk)
        record(Happened.WEBHOOK_REMOVED, endpoint, actor=actor, matter=endpoint.matter)
        endpoint.delete()


def send_test(endpoint: Endpoint) -> Delivery:
    """A message that says nothing, sent once, also to an endpoint that is switched off."""
    body = f'{{"type": "{TEST}", "timestamp": "{timezone.now().isoformat()}", "data": {{}}}}'
    return Delivery.objects.create(endpoint=endpoint, kind=TEST, body=body, next_at=timezone.now())


def send_again(delivery: Delivery, *, actor: Actor) -> Delivery:
    """Send a message anew, under the same id. Raises WebhookError for one that is still on its way."""
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(of=("self",))
            .select_related("endpoint__matter")
            .get(pk=delivery.pk)
        )
        if delivery.status == Delivery.Status.WAITING:
            raise WebhookError("webhook-under-way", "The message is still being sent.", 409)
        delivery.status, delivery.attempts, delivery.ended_at = Delivery.Status.WAITING, 0, None
        delivery.next_at = timezone.now()
        delivery.save()
        record(
            Happened.WEBHOOK_REPLAYED, delivery.endpoint, actor=actor, matter=delivery.endpoint.matter,
            sequence=delivery.sequence,
        )  # fmt: skip
    return delivery


def _known(kinds: Sequence[str]) -> list[str]:
    unknown = sorted(set(kinds) - set(Happened.values))
    if unknown:
        raise WebhookError("webhook-kind-unknown", f"There is no event {unknown[0]!r}.")
    return sorted(set(kinds))


def _checked(url: str) -> str:
    if not is_address(url) or len(url) > URL_CHARACTERS:
        raise WebhookError(
            "webhook-address",
            "Give the whole address, beginning with https://, without spaces; what is not plain letters, as xn--… in "
            "the name and as %… behind it.",
        )
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"}:
        raise WebhookError("webhook-address", "The address must begin with https://.")
    if parts.username or parts.password or parts.fragment:
        raise WebhookError("webhook-address", "The address may hold no user name, password or fragment.")
    if parts.scheme != "https" and not settings.WEBHOOK_NETWORKS:
        raise WebhookError("webhook-address", "The address must begin with https://.")
    if is_inside(parts.hostname or "", settings.WEBHOOK_NETWORKS):
        raise WebhookError("webhook-address", "The address is inside this network, where nothing is sent to.")
    return url


def _locked(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.select_for_update(of=("self",)).select_related("matter").get(pk=endpoint.pk)


def _last_sequence() -> int:
    Event.objects.number()
    return (
        Event.objects.order_by("-sequence").values_list("sequence", flat=True).exclude(sequence=None).first()
        or 0
    )
