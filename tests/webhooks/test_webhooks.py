"""Webhooks against a real receiver: signed, retried, given up, replayed, and never to addresses inside."""

import ipaddress
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from standardwebhooks import Webhook

from reviewapp.events.names import Happened
from reviewapp.events.record import record
from reviewapp.frame.actor import SYSTEM, Actor
from reviewapp.matters.actions import create_matter
from reviewapp.matters.identity import put_matter
from reviewapp.matters.models import Matter
from reviewapp.webhooks import actions, delivering, sending
from reviewapp.webhooks.guard import is_outside
from reviewapp.webhooks.models import Delivery, Endpoint
from tests.webhooks.receiver import Receiver, receiving

#: A name that none can have, which looking it up fails at in a way of its own.
TOO_LONG = f"https://{'a' * 64}.org/"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada() -> Actor:
    return Actor(User.objects.create_user("ada", is_staff=True))


@pytest.fixture
def matter(ada: Actor) -> Matter:
    return put_matter("Ashworth", "CMS-7", actor=ada)[0]


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_NETWORKS = [ipaddress.ip_network("127.0.0.0/8")]
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def endpoint(matter: Matter, ada: Actor, receiver: Receiver) -> Endpoint:
    return actions.add_endpoint(matter, receiver.url, actor=ada, kinds=[Happened.BATCH_COMPLETED])


def happen(matter: Matter, count: int = 1) -> None:
    for number in range(count):
        record(Happened.BATCH_COMPLETED, matter, actor=SYSTEM, matter=matter, files=number)
        record(Happened.MATTER_ARCHIVED, matter, actor=SYSTEM, matter=matter)


def all_due() -> None:
    Delivery.objects.filter(status=Delivery.Status.WAITING).update(next_at=timezone.now())


def test_each_event_of_its_matter_arrives_once_and_verifies(
    matter: Matter, ada: Actor, endpoint: Endpoint, receiver: Receiver
) -> None:
    happen(matter, 3)
    happen(create_matter("Other", actor=ada), 2)
    while delivering.deliver():
        pass
    assert len(receiver.received) == 3
    verified = [Webhook(endpoint.secret).verify(body, headers) for headers, body in receiver.received]
    assert sorted(one["data"]["detail"]["files"] for one in verified) == [0, 1, 2]
    assert {one["type"] for one in verified} == {"batch.completed"}
    assert {one["data"]["matter_external_id"] for one in verified} == {"CMS-7"}
    assert len({headers["webhook-id"] for headers, _ in receiver.received}) == 3
    assert set(endpoint.deliveries.values_list("status", flat=True)) == {"delivered"}


def test_both_secrets_sign_while_one_is_replaced(
    matter: Matter, ada: Actor, endpoint: Endpoint, receiver: Receiver
) -> None:
    changed = actions.change_secret(endpoint, actor=ada)
    happen(matter)
    delivering.deliver()
    headers, body = receiver.received[0]
    for secret in (endpoint.secret, changed.secret):
        assert Webhook(secret).verify(body, headers)
    Endpoint.objects.update(previous_until=timezone.now())
    changed.refresh_from_db()
    assert sending.keys_of(changed) == [changed.secret]


@pytest.mark.parametrize(
    ("answer", "error"),
    [(500, "status"), (302, "redirect"), ("hang", "timeout"), ("drip", "timeout"), ("close", "connection")],
)
def test_what_fails_is_tried_again_with_the_same_id(
    matter: Matter, endpoint: Endpoint, receiver: Receiver, answer: int | str, error: str, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sending, "TIMEOUT_SECONDS", 0.7)
    receiver.answers = [answer, 200]
    happen(matter)
    delivering.deliver()
    waiting = endpoint.deliveries.get()
    assert (waiting.status, waiting.error, waiting.attempts) == ("waiting", error, 1)
    assert waiting.next_at is not None and waiting.next_at > timezone.now()
    assert not delivering.deliver()
    all_due()
    delivering.deliver()
    assert endpoint.deliveries.get().status == "delivered"
    assert len({headers["webhook-id"] for headers, _ in receiver.received}) == 1 < len(receiver.received)


def test_a_name_that_nobody_looks_up_in_time_is_let_go(
    matter: Matter, endpoint: Endpoint, receiver: Receiver, monkeypatch: Any
) -> None:
    over, look_up = threading.Event(), socket.getaddrinfo

    def slow(host: Any, *rest: Any, **named: Any) -> Any:
        return look_up(host, *rest, **named) if host != "slow.example" or over.wait(20) else []

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setattr(sending, "TIMEOUT_SECONDS", 0.7)
    Endpoint.objects.update(url=receiver.url.replace("127.0.0.1", "slow.example"))
    happen(matter)
    delivering._make_messages(endpoint.pk)
    delivering.deliver()
    over.set()
    assert (endpoint.deliveries.get().error, receiver.received) == ("timeout", [])


def test_a_day_of_failures_ends_in_a_dead_letter_and_an_endpoint_that_is_switched_off(
    matter: Matter, ada: Actor, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.answers = [503]
    happen(matter)
    assert 86_400 <= sum(delivering.PAUSES) <= 100_000
    for _ in range(len(delivering.PAUSES) + 1):
        delivering.deliver()
        Endpoint.objects.filter(failing_since__isnull=False).update(
            failing_since=timezone.now() - timedelta(days=2)
        )
        all_due()
    dead = endpoint.deliveries.get()
    assert (dead.status, dead.answered) == ("dead", 503)
    endpoint.refresh_from_db()
    assert endpoint.closed_because == "failing"
    happen(matter)
    assert not delivering.deliver()
    receiver.answers = [200]
    actions.switch_on(endpoint, actor=ada)
    delivering.deliver()
    actions.send_again(dead, actor=ada)
    delivering.deliver()
    assert set(endpoint.deliveries.values_list("status", flat=True)) == {"delivered"}
    assert endpoint.deliveries.count() == 2


def test_an_address_that_is_gone_is_told_nothing_more(
    matter: Matter, endpoint: Endpoint, receiver: Receiver
) -> None:
    receiver.answers = [410]
    happen(matter)
    delivering.deliver()
    endpoint.refresh_from_db()
    assert endpoint.closed_because == "gone"
    happen(matter)
    all_due()
    assert not delivering.deliver()
    actions.send_test(endpoint)
    delivering.deliver()
    assert json.loads(receiver.received[-1][1])["type"] == "webhook.test"


def test_what_a_killed_process_held_is_sent_by_another(
    matter: Matter, endpoint: Endpoint, receiver: Receiver
) -> None:
    happen(matter, 5)
    while delivering._make_messages(endpoint.pk):
        pass
    assert len({delivering.claim() for _ in range(5)}) == 5 and delivering.claim() is None
    assert not delivering.deliver(), "another process must not send what is held"
    all_due()
    while delivering.deliver():
        pass
    assert len(receiver.received) == 5


def test_of_two_processes_that_want_a_message_one_holds_it(matter: Matter, endpoint: Endpoint) -> None:
    happen(matter)
    delivering._make_messages(endpoint.pk)

    def hold() -> Any:
        try:
            return delivering.claim()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert delivering.claim()
            other = pool.submit(hold)
            time.sleep(0.5)
        assert other.result() is None


def test_a_receiver_that_hangs_leaves_room_for_others(
    matter: Matter, endpoint: Endpoint, receiver: Receiver, ada: Actor, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sending, "TIMEOUT_SECONDS", 0.7)
    monkeypatch.setattr(delivering, "ROUND_SECONDS", 0.5)
    other = create_matter("Other", actor=ada)
    with receiving() as hanging:
        hanging.answers = ["hang"]
        Endpoint.objects.filter(pk=endpoint.pk).update(url=hanging.url)
        happen(matter, 30)
        delivering._make_messages(endpoint.pk)
        quick = actions.add_endpoint(other, receiver.url, actor=ada, kinds=[Happened.BATCH_COMPLETED])
        happen(other, 5)
        while delivering.deliver() and quick.deliveries.filter(status="waiting").exists():
            assert len(hanging.received) < 30
        assert delivering.MOST_OF_ONE <= len(hanging.received) < 30
    assert set(quick.deliveries.values_list("status", flat=True)) == {"delivered"}
    assert quick.deliveries.count() == 5


def test_what_cannot_be_sent_holds_up_nobody(
    matter: Matter, endpoint: Endpoint, receiver: Receiver, ada: Actor, monkeypatch: Any
) -> None:
    monkeypatch.setattr(sending, "TIMEOUT_SECONDS", 0.7)
    happen(matter)
    delivering._make_messages(endpoint.pk)
    unfit, removed = (
        actions.add_endpoint(matter, f"{receiver.url}/{name}", actor=ada) for name in ("unfit", "removed")
    )
    Endpoint.objects.filter(pk=unfit.pk).update(url=TOO_LONG)
    with receiving() as hanging, ThreadPoolExecutor(1) as pool:
        hanging.answers = ["hang"]
        Endpoint.objects.filter(pk=removed.pk).update(url=hanging.url)
        for other in (unfit, removed):
            actions.send_test(other)
        delivered = pool.submit(delivering.deliver)
        while not hanging.received:
            time.sleep(0.01)
        actions.remove_endpoint(removed, actor=ada)
        delivered.result()
    assert set(endpoint.deliveries.values_list("status", flat=True)) == {"delivered"}
    assert unfit.deliveries.get(sequence=None).error == "connection"
    assert set(Delivery.objects.values_list("endpoint", flat=True)) == {endpoint.pk, unfit.pk}


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "192.168.1.1", "100.64.0.1", "0.0.0.0", "224.0.0.1", "::1",
     "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b:1::1", "fec0::1", "::127.0.0.1", "::ffff:0:127.0.0.1",
     "168.63.129.16", "::ffff:168.63.129.16"],
)  # fmt: skip
def test_addresses_inside_are_told_apart(address: str) -> None:
    assert not is_outside(ipaddress.ip_address(address), [])
    assert is_outside(ipaddress.ip_address("1.1.1.1"), [])
    assert is_outside(ipaddress.ip_address("10.2.3.4"), [ipaddress.ip_network("10.2.0.0/16")])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433"])
def test_nothing_is_sent_to_this_machine(
    matter: Matter, endpoint: Endpoint, receiver: Receiver, settings: Any, host: str
) -> None:
    settings.WEBHOOK_NETWORKS = []
    Endpoint.objects.update(url=f"http://{host}:{receiver.port}/hooks")
    happen(matter)
    delivering.deliver()
    assert endpoint.deliveries.get().error == "address"
    assert not receiver.received


@pytest.mark.parametrize(
    "url",
    ["", "example.org", "ftp://example.org", "https://", "https://a:b@example.org/", "http://example.org/",
     "https://127.0.0.1/", "https://localhost:8443/", "https://[::1]/", "https://2130706433/", "https://10.0.0.1/",
     "https://[::1/", "https://example.org:99999/", "https://exämple.org/", "https://example.org/a b", TOO_LONG],
)  # fmt: skip
def test_addresses_that_nothing_is_sent_to_are_not_taken(
    matter: Matter, ada: Actor, url: str, settings: Any
) -> None:
    with pytest.raises(actions.WebhookError) as caught:
        actions.add_endpoint(matter, url, actor=ada)
    assert caught.value.code == "webhook-address"
    settings.WEBHOOK_NETWORKS = [ipaddress.ip_network("10.0.0.0/16")]
    assert actions.add_endpoint(matter, "https://10.0.0.1/", actor=ada).url == "https://10.0.0.1/"


def test_the_pages(matter: Matter, ada: Actor, receiver: Receiver, client: Client) -> None:
    client.force_login(ada.signed_in())
    page = client.post(reverse("webhooks", args=[matter.pk]), {"url": receiver.url}, follow=True)
    endpoint = Endpoint.objects.get()
    assert endpoint.secret in page.content.decode()
    assert endpoint.secret not in client.get(reverse("webhook", args=[endpoint.pk])).content.decode()
    client.post(reverse("test_webhook", args=[endpoint.pk]))
    happen(matter)
    while delivering.deliver():
        pass
    listed = client.get(reverse("webhook", args=[endpoint.pk])).content.decode()
    assert "Upload completed" in listed and "Test" in listed and "200 in" in listed
    sent = endpoint.deliveries.exclude(sequence=None).first()
    assert sent is not None
    client.post(reverse("send_webhook_again", args=[sent.pk]))
    assert sent.kind in client.get(reverse("delivery", args=[sent.pk])).content.decode()
    client.post(reverse("switch_webhook", args=[endpoint.pk]))
    assert "switched off by an admin" in client.get(reverse("webhooks", args=[matter.pk])).content.decode()
    assert client.post(reverse("webhooks", args=[matter.pk]), {"url": "nowhere"}).status_code == 422
    client.post(reverse("remove_webhook", args=[endpoint.pk]))
    assert not Endpoint.objects.exists()
