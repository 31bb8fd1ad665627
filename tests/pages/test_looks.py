"""How pages look where that is what matters: rings of focus, narrow and wide screens, and the pictures of them."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page

from reviewapp.frame.actor import Actor
from reviewapp.grids import actions as grids
from reviewapp.grids.sets import Asked, save_set
from reviewapp.matters.models import Matter
from scripts import pictures
from tests.pages.conftest import Open
from tests.pages.test_real_page import world_with_a_lease
from tests.pages.world import World, add_document, people_and_matter

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]


def made_grid(world: World) -> str:
    actor = Actor(world.reviewer)
    version = save_set(world.matter, "Laws", [Asked("Law", "Which law governs?")], actor=actor)
    grid = grids.create_grid(world.matter, "Laws", version, actor=actor)
    grids.run(grid, actor=actor)
    return reverse("grid", args=[grid.pk])


def edges(page: Page, selector: str) -> dict[str, float]:
    """The box of the first such element, in pixels."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None
    return {
        "left": box["x"],
        "right": box["x"] + box["width"],
        "top": box["y"],
        "bottom": box["y"] + box["height"],
    }


def test_the_ring_of_a_checked_box_stands_off_it(opened: Open) -> None:
    page = opened(people_and_matter().reviewer).go("/profile/")
    page.locator("input[type=checkbox]:checked").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    style = "(e) => [getComputedStyle(e).outlineStyle, parseFloat(getComputedStyle(e).outlineOffset)]"
    assert page.locator("input[type=checkbox]:checked").first.evaluate(style) == ["solid", 2]


def test_round_boxes_are_as_large_as_ticked_ones_beside_the_first_line(opened: Open) -> None:
    page = opened(people_and_matter().reviewer).go(reverse("exports", args=[Matter.objects.get().pk]))
    box, words = edges(page, ".formats input"), edges(page, ".formats strong")
    assert box["right"] - box["left"] == 20
    assert (box["top"] + box["bottom"]) / 2 == pytest.approx((words["top"] + words["bottom"]) / 2, abs=3)


def test_on_a_phone_what_does_not_fit_the_header_stands_at_its_end(opened: Open) -> None:
    visitor = opened(people_and_matter().reviewer, viewport={"width": 360, "height": 800})
    page = visitor.go("/")
    button, frame = edges(page, ".topbar form button"), edges(page, "main .frame > *")
    assert button["right"] == pytest.approx(frame["right"], abs=2)


def test_how_far_a_grid_is_is_told_over_its_whole_width(opened: Open) -> None:
    world = people_and_matter()
    add_document(world.matter, "Lease.pdf")
    page = opened(world.reviewer, viewport={"width": 1600, "height": 900}).go(made_grid(world))
    assert edges(page, "#live progress")["right"] == pytest.approx(edges(page, ".gridbox")["right"], abs=2)


def test_filters_of_a_grid_stand_two_by_two_on_a_phone(opened: Open) -> None:
    world = people_and_matter()
    add_document(world.matter, "Lease.pdf")
    page = opened(world.reviewer, viewport={"width": 390, "height": 800}).go(made_grid(world))
    first, second = (page.locator(".gridtools .field").nth(n).bounding_box() for n in (0, 1))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]


def test_the_search_for_documents_stands_apart_from_those_that_are_chosen(opened: Open) -> None:
    world, _, citation = world_with_a_lease()
    add_document(world.matter, "Other.pdf")
    like = citation.answer.question_id
    page = opened(world.reviewer).go(f"{reverse('questions', args=[world.matter.pk])}?like={like}")
    gap = (
        edges(page, "label[for=id_find]")["top"] - edges(page, "#documents-chosen label:last-child")["bottom"]
    )
    assert gap >= 8


def test_the_pictures_of_the_readme_are_made_of_pages(opened: Open, tmp_path: Path) -> None:
    world, _, _ = world_with_a_lease()
    visitor = opened(world.reviewer, viewport=pictures.SIZE)
    asking, kept = reverse("questions", args=[world.matter.pk]), tmp_path / "answer.png"
    pictures.write(kept, pictures.answer(visitor.page, visitor.address + asking, "Which law governs?"))
    # the header is as wide as what stands below it
    assert edges(visitor.page, ".wordmark")["left"] == edges(visitor.page, "main h1")["left"]
    made_grid(world)
    grid = pictures.grid(visitor.page, visitor.address + reverse("grids", args=[world.matter.pk]), "Laws")
    pictures.write(tmp_path / "grid.png", grid)
    for name in ("answer", "grid"):
        assert Image.open(tmp_path / f"{name}.png").size == (1400, 900)


def test_the_readme_shows_the_pictures_that_are_made(repository: Path) -> None:
    shown = set(re.findall(r"docs/images/(\w+\.png)", (repository / "README.md").read_text()))
    assert shown == {"answer.png", "grid.png"}
    assert pictures.password_in("demo-admin a-b\ndemo-reviewer c-d\n") == "c-d"
