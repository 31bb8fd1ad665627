"""What is best done with a matter's documents, and its nights, as pages tell it."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from reviewapp.frame.actor import Actor
from reviewapp.grids.actions import create_grid
from reviewapp.grids.nights import go_on
from reviewapp.grids.sets import Asked, save_set
from reviewapp.jobs.models import Job
from reviewapp.states.models import State
from reviewapp.states.nights import allow_nights
from tests.pages.conftest import Enter, Open, text_of
from tests.pages.world import GOVERNED, World, add_document, ask, consolidate, finding, people_and_matter


def told(client: Any, name: str, key: object) -> str:
    return " ".join(text_of(client, name, key).split())


def by_day(monkeypatch: pytest.MonkeyPatch, hour: int = 12) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 2, hour, 30, tzinfo=UTC))


def test_allowing_and_ending_come_back_to_the_planner_and_say_what_was_done(
    empty: World, enter: Enter, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NIGHT = (22, 6)
    matter, admin = empty.matter, enter(empty.admin)
    planner = reverse("planner", args=[matter.pk])
    for name in ("One", "Two"):
        add_document(matter, f"{name}.pdf")

    def posted(name: str) -> str:
        response = admin.post(reverse(name, args=[matter.pk]), follow=True)
        assert response.redirect_chain == [(planner, 302)]
        return " ".join(response.content.decode().split())

    by_day(monkeypatch)
    assert "</span>2 not requested" in text_of(admin, "matter", matter.pk)
    said = posted("allow_nights")
    assert "</span>2 waiting for the night" in text_of(admin, "matter", matter.pk)
    assert "Allowed: what arrives is consolidated from 22:00 to 06:00 UTC." in said
    assert "If you end this, 2 documents that wait for the night are consolidated at once." in said
    assert "; at night, consolidating them, which makes" in said and "better read or searched" not in said
    assert "Ended: what arrives is consolidated at once again, and 2 documents that waited are" in posted(
        "end_nights"
    )
    assert set(Job.objects.values_list("trigger", "acting_user__username")) == {("user", "ada")}
    posted("allow_nights")
    assert "Ended: what arrives is consolidated at once again." in posted("end_nights")
    assert enter(empty.reviewer).post(reverse("end_nights", args=[matter.pk])).status_code == 404


def test_what_is_ready_is_not_counted_again_and_what_failed_is_told(
    empty: World, enter: Enter, settings: LazySettings
) -> None:
    settings.NIGHT = (22, 6)
    allow_nights(empty.matter, actor=Actor(empty.admin))
    client = enter(empty.reviewer)
    for name in ("One", "Two", "Three"):
        add_document(empty.matter, f"{name}.pdf")
    assert "the briefs will hold all of these answers; at night, consolidating them, which" in told(
        client, "planner", empty.matter.pk
    )
    first, second, third = empty.matter.documents.all()
    State.objects.create(document=first, status="ready", name="a", memory=settings.MEMORY)
    State.objects.create(document=second, status="ready", name="b", memory=settings.MEMORY)
    said = told(client, "planner", empty.matter.pk)
    assert "at night, consolidating the 1 that is not ready, which makes the briefs, takes 0." in said
    # what briefs hold is not weighed against other ways
    assert "How long consolidating takes is reckoned by" in said and "Best is what costs least" not in said
    assert "the questions are those about commercial contracts that come with Nightbrief" in said
    State.objects.create(document=third, status="failed", memory=settings.MEMORY)
    said = told(client, "planner", empty.matter.pk)
    assert (
        "Nothing is planned: no document waits" in said and "1 document could not be prepared and is" in said
    )


def test_what_the_last_nights_did_is_told_to_admins_and_who_wanted_their_jobs(
    empty: World, enter: Enter, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.NIGHT = (22, 6)
    allow_nights(empty.matter, actor=Actor(empty.admin))
    add_document(empty.matter, "One.pdf")
    by_day(monkeypatch, 23)
    assert go_on() == 1
    said = told(enter(empty.admin), "planner", empty.matter.pk)
    assert (
        "What the last nights did" in said
        and "2 Mar 2026, 22:00 UTC</time>: 0 documents consolidated, 1 wait" in said
    )
    assert "1 document is being consolidated now or next." in said and "Nothing is planned" not in said
    assert "What the last nights did" not in told(enter(empty.reviewer), "planner", empty.matter.pk)
    assert 'data-label="Wanted by"> the night&#x27;s schedule </td>' in told(
        enter(empty.admin), "jobs", empty.matter.pk
    )


def test_every_page_tells_the_plan_of_the_newest_grid_alike(empty: World, enter: Enter) -> None:
    for name in ("One", "Two"):
        add_document(empty.matter, f"{name}.pdf")
    actor, client = Actor(empty.reviewer), enter(empty.reviewer)
    asked = [Asked("Law", "Which law governs?"), Asked("End", "When does it end?", "date")]
    version = save_set(empty.matter, "Laws", asked, actor=actor)
    made = create_grid(empty.matter, "Laws & ends", version, actor=actor)
    pages = (
        ("planner", empty.matter.pk),
        ("matter_costs", empty.matter.pk),
        ("grid", made.pk),
        ("grid_costs", made.pk),
    )
    advice = {
        re.sub(r"<a .*?</a>", "", found[1]).strip()
        for name, key in pages
        if (found := re.search(r'id="(?:advice|plan)">(.*?)</p>', told(client, name, key)))
    }
    assert len(advice) == 1 and next(iter(advice)).startswith(
        "2 questions to each of 2 documents: consolidating"
    )
    # the plan of a whole matter says whose questions it counts
    link = f'The questions are those of the grid <a href="{reverse("grid", args=[made.pk])}">Laws &amp; ends</a>.'
    assert [link in told(client, name, key) for name, key in pages] == [True, True, False, False]
    # a grid without questions forecasts nothing
    create_grid(empty.matter, "Empty", version, actor=actor).columns.all().delete()
    assert link in told(client, "planner", empty.matter.pk)


def test_costs_have_one_set_of_figures(empty: World, enter: Enter) -> None:
    document = add_document(empty.matter, "One.pdf")
    consolidate(document, "ready", actor=Actor(empty.admin))
    client = enter(empty.reviewer)
    ask(empty, "Which law?", finding(document, GOVERNED))
    said = told(client, "matter_costs", empty.matter.pk)
    assert 'id="plan"' not in said and "so that the forecast's figures differ" in said


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_focus_stays_where_the_planner_comes(opened: Open, settings: LazySettings, tmp_path: Path) -> None:
    settings.NIGHT = (22, 6)
    world = people_and_matter()
    for number in range(3):
        add_document(world.matter, f"Document {number}.pdf")
    page = opened(world.admin, viewport={"width": 1280, "height": 300}).go(
        reverse("matter", args=[world.matter.pk])
    )
    page.locator("#to-planner").focus()
    expect(page.locator("#planner-title")).to_be_visible()
    expect(page.locator("#to-planner")).to_be_focused()
    expect(page.locator("#to-planner")).to_have_text("What is best done")
    page.get_by_text("Consolidate at night instead").click()
    page.screenshot(path=str(tmp_path / "open.png"), full_page=True)
    text, button = page.locator("#night details p").last, page.get_by_role("button", name="Allow it")
    above, below = text.bounding_box(), button.bounding_box()
    assert above and below and below["y"] - (above["y"] + above["height"]) >= 6
    button.click()
    page.wait_for_url("**/planner/")
    expect(page.get_by_role("status").get_by_text("Allowed: what arrives")).to_be_visible()
    page.screenshot(path=str(tmp_path / "allowed.png"), full_page=True)
    assert page.locator("h2#planner-title").inner_text() == "What is best done"
    page.get_by_role("button", name="Consolidate at once again").click()
    expect(page.get_by_role("status").get_by_text("and 3 documents that waited are")).to_be_visible()
