"""What pages say while the server cannot be reached, and what they keep of what was written."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from reviewapp.people.models import Preferences
from reviewapp.questions.models import Answer
from reviewapp.reviews.models import Comment, Decision
from tests.pages.browsing import Visitor
from tests.pages.conftest import Enter, Open
from tests.pages.test_grid import grid_of
from tests.pages.world import (
    GOVERNED,
    World,
    add_document,
    ask,
    consolidate,
    finding,
    finish,
    people_and_matter,
)

BEHIND = re.compile(r"^Not up to date since \d\d:\d\d; trying again\.$")
AGAIN = re.compile(r"^(Up to date again\.)?$")
KEPT = "Object.keys(sessionStorage).filter((name) => name.startsWith('nightbrief.')).length"
#: What browsers and htmx write to the console of requests that come to nothing, as these tests have them do.
EXPECTED = ("ERR_", "htmx:", "status of 503", "Error Code 503", "Failed to load resource")


def forgive(visitor: Visitor) -> None:
    visitor.complaints = [words for words in visitor.complaints if not any(e in words for e in EXPECTED)]


def behind(page: Page) -> Any:
    """The one region that says whether the page is up to date; it is there before it has anything to say."""
    region = page.locator("#behind")
    expect(region).to_have_attribute("role", "status")
    return region


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(900)
def test_a_list_says_since_when_it_is_not_up_to_date_and_recovers(opened: Open) -> None:
    world = people_and_matter()
    leases = [add_document(world.matter, f"Lease {number}.pdf") for number in (1, 2)]
    consolidate(leases[0], "waiting")
    zone = "Asia/Kolkata"
    Preferences.objects.create(user=world.reviewer, time_zone=zone)
    visitor = opened(world.reviewer, timezone_id="America/New_York")
    page = visitor.go(reverse("documents", args=[world.matter.pk]))
    expect(behind(page)).to_have_text("")
    for unreached in (_cut_off, _refused, _hanging):
        recover = unreached(visitor)
        expect(behind(page)).to_have_text(BEHIND)
        expect(behind(page)).to_be_in_viewport(ratio=1)
        (told,) = re.findall(r"\d\d:\d\d", behind(page).text_content())
        now = timezone.now().astimezone(ZoneInfo(zone))
        assert told in {f"{now - timedelta(minutes=ago):%H:%M}" for ago in range(10)}
        assert page.locator("[role=alert]").count() == 0
        recover()
        expect(behind(page)).to_have_text(AGAIN)
    consolidate(leases[1], "ready")
    expect(page.locator("#documents")).to_contain_text("1 of 2 ready")
    expect(behind(page)).to_have_text("")
    forgive(visitor)


def _cut_off(visitor: Visitor) -> Any:
    visitor.context.set_offline(True)
    return lambda: visitor.context.set_offline(False)


def _refused(visitor: Visitor) -> Any:
    return _answered(visitor, lambda route: route.fulfill(status=503))


def _hanging(visitor: Visitor) -> Any:
    return _answered(visitor, lambda route: None)


def _answered(visitor: Visitor, answer: Any) -> Any:
    pattern = "**/documents/list/**"
    visitor.page.route(pattern, answer)
    return lambda: visitor.page.unroute(pattern)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.timeout(900)
def test_an_answer_under_way_says_so_too_and_comes_in_the_end(opened: Open) -> None:
    world = people_and_matter()
    lease = add_document(world.matter, "Lease.pdf")
    question = ask(world, "Which law governs?")
    visitor = opened(world.reviewer)
    page = visitor.go(reverse("question", args=[question.pk]))
    expect(page.locator("[data-part-of=stage]")).to_have_text("Waiting for a worker")
    visitor.context.set_offline(True)
    expect(behind(page)).to_have_text(BEHIND)
    finish(question, finding(lease, GOVERNED))
    visitor.context.set_offline(False)
    expect(page.locator("#answer .said")).to_have_text("Massachusetts")
    expect(behind(page)).to_have_text("")
    forgive(visitor)


def _cell(world: World) -> Answer:
    grid_of(world)
    return Answer.objects.get(question__text="Which law governs?", document__name="Lease 1.pdf")


@pytest.mark.browser
@pytest.mark.timeout(900)
def test_a_comment_stays_until_it_is_sent(opened: Open) -> None:
    world = people_and_matter()
    cell = _cell(world)
    visitor = opened(world.reviewer)
    where = reverse("cell", args=[cell.pk])
    page = visitor.go(where)
    comment, reason = page.get_by_role("textbox", name="Comment"), page.get_by_label("Reason (to reject)")
    correction = page.get_by_label("Correct to")
    comment.fill("The annex says otherwise")
    correction.fill("Delaware")
    reason.fill("Not of this lease")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator(".judged")).to_contain_text("Accepted")
    expect(comment).to_have_value("The annex says otherwise")
    expect(correction).to_have_value("Delaware")
    expect(reason).to_have_value("Not of this lease")
    reason.fill("Of another lease")
    visitor.go(reverse("matters"))
    visitor.go(where)
    expect(comment).to_have_value("The annex says otherwise")
    page.route("**/comment/", lambda route: route.abort())
    page.get_by_role("button", name="Comment").click()
    page.unroute("**/comment/")
    visitor.go(where)
    expect(comment).to_have_value("The annex says otherwise")
    page.get_by_role("button", name="Comment").click()
    expect(page.locator("#comments-title + ul")).to_contain_text("The annex says otherwise")
    expect(comment).to_have_value("")
    expect(reason).to_have_value("Of another lease")
    page.get_by_role("button", name="Reject").click()
    expect(page.locator(".judged")).to_contain_text("Rejected")
    expect(reason).to_have_value("")
    assert [note.text for note in Comment.objects.all()] == ["The annex says otherwise"]
    assert Decision.objects.get(kind="reject").reason == "Of another lease"
    forgive(visitor)


@pytest.mark.browser
@pytest.mark.timeout(900)
def test_a_comment_in_the_drawer_stays_for_its_cell_and_its_person(opened: Open) -> None:
    world = people_and_matter()
    cell = _cell(world)
    visitor = opened(world.reviewer)
    page = visitor.go(reverse("grid", args=[cell.question.columns.get().grid_id]))
    drawer = page.locator("#drawer")
    comment = drawer.get_by_role("textbox", name="Comment")

    def open_cell(name: str) -> None:
        page.get_by_role("row").filter(has_text=name).locator("td a").first.click()
        expect(drawer.locator("article.card")).to_have_attribute("aria-label", name)

    open_cell("Lease 1.pdf")
    comment.fill("See the annex")
    drawer.get_by_role("button", name="Accept").click()
    expect(drawer.locator(".judged")).to_contain_text("Accepted")
    expect(comment).to_have_value("See the annex")
    page.keyboard.press("Escape")
    open_cell("Lease 2.pdf")
    expect(comment).to_have_value("")
    page.keyboard.press("Escape")
    open_cell("Lease 1.pdf")
    expect(comment).to_have_value("See the annex")
    drawer.get_by_role("button", name="Comment").click()
    expect(drawer.locator("#comments-title + ul")).to_contain_text("See the annex")
    expect(comment).to_have_value("")
    comment.fill("And another thing")
    page.keyboard.press("Escape")
    assert page.evaluate(KEPT) == 1
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate(KEPT) == 0


@pytest.mark.django_db
def test_a_comment_that_is_refused_is_shown_again(empty: World, enter: Enter) -> None:
    client: Client = enter(empty.reviewer)
    long = "x" * 2001
    refused = client.post(reverse("comment", args=[_cell(empty).pk]), {"comment": long})
    assert refused.status_code == 422 and f'value="{long}"' in refused.content.decode()
