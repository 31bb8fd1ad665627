"""Tables with more columns than a screen has room for: they move in their own box, and the page never does."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from reviewapp.catalogue.columns import CHOICES
from reviewapp.frame.actor import Actor
from reviewapp.grids import actions as grids
from reviewapp.grids.sets import Asked, save_set
from tests.pages.browsing import Visitor
from tests.pages.conftest import Open
from tests.pages.full_world import full_world
from tests.pages.test_briefs import FIRST, stored
from tests.pages.world import GOVERNED, World, add_document, finding, finish

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

WIDTHS = (1280, 768, 320)
#: What of a table cannot be reached: it stands outside a box that does not move.
CUT = """() => [...document.querySelectorAll("main table")].filter((table) => {
  const inner = table.getBoundingClientRect();
  for (let box = table.parentElement; box; box = box.parentElement) {
    const across = getComputedStyle(box).overflowX;
    const outer = box.getBoundingClientRect();
    if (["auto", "scroll"].includes(across)) return false;
    if (across !== "visible" && (inner.right > outer.right + 2 || inner.left < outer.left - 2)) return true;
  }
  return inner.right > innerWidth;
}).length"""
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"


def _documents(world: World, visitor: Visitor) -> str:
    """The list of documents with every column, chosen on the page; what the brief of one says is long."""
    name = "Agreement of a strategic alliance, with all of its exhibits.txt"
    stored(add_document(world.matter, name, [FIRST]))
    address = reverse("documents", args=[world.matter.pk])
    page = visitor.go(address)
    page.get_by_text("Choose columns").click()
    for box in page.locator("input[name=columns]").all():
        box.check()
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("columnheader")).to_have_count(1 + len(CHOICES))
    return address


def _grid(world: World) -> str:
    """A grid of eleven questions beside the name of each document, grouped by the first."""
    actor = Actor(world.reviewer)
    asked = [Asked(f"Question {number}", f"Which law governs part {number}?") for number in range(11)]
    version = save_set(world.matter, "Laws", asked, actor=actor)
    grid = grids.create_grid(world.matter, "Laws", version, actor=actor)
    grids.run(grid, actor=actor)
    ready = world.documents["ready"]
    for column in grid.columns.select_related("question"):
        assert column.question is not None
        finish(column.question, finding(ready, GOVERNED, text="The Commonwealth of Massachusetts"))
    return f"{reverse('grid', args=[grid.pk])}?sort=1&group=1"


def _first_stays(page: Page, region: str, head: str) -> None:
    """To the right end by the keyboard: the first column and the heads are where they were, all else moved."""
    box = page.get_by_role("region", name=region)
    box.focus()
    expect(box).to_be_focused()
    name, last = box.locator("tbody th[scope=row]").first, box.locator("thead th").last
    before = name.bounding_box()
    assert before
    page.keyboard.press("ArrowRight")
    page.wait_for_function("box => box.scrollLeft > 0", arg=box.element_handle())
    box.evaluate("box => box.scrollTo(box.scrollWidth, 0)")
    after, edge, whole = name.bounding_box(), last.bounding_box(), box.bounding_box()
    assert after and edge and whole
    assert abs(after["x"] - before["x"]) < 1, head
    assert edge["x"] + edge["width"] <= whole["x"] + whole["width"] + 1, head
    assert after["width"] <= whole["width"] * 0.55, head
    on_top = (
        "cell => document.elementFromPoint(...(({x, y}) => [x + 4, y + 4])(cell.getBoundingClientRect()))"
    )
    assert name.evaluate(f"cell => cell.contains(({on_top})(cell))"), head
    box.evaluate("box => box.scrollTo(0, 0)")


def _picture(page: Page, name: str) -> None:
    if folder := os.environ.get("NIGHTBRIEF_PICTURES"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_wide_tables_move_in_their_own_box_and_keep_their_first_column(opened: Open) -> None:
    world = full_world()
    visitor = opened(world.reviewer)
    tables = (("The documents", _documents(world, visitor)), ("The grid; j k h l move", _grid(world)))
    for region, address in tables:
        for width in WIDTHS:
            where = f"{region} at {width}"
            visitor.page.set_viewport_size({"width": width, "height": 800})
            page = visitor.go(address)
            assert page.evaluate(TOO_WIDE) <= 0, where
            assert page.evaluate(CUT) == 0, where
            page.get_by_role("region", name=region).scroll_into_view_if_needed()
            _picture(page, f"{region.split()[1].strip(';')}-{width}-left")
            if width >= 768 or region != "The documents":
                _first_stays(page, region, where)
                page.get_by_role("region", name=region).evaluate("box => box.scrollTo(box.scrollWidth, 40)")
                _picture(page, f"{region.split()[1].strip(';')}-{width}-right")
            assert page.evaluate(TOO_WIDE) <= 0, where


def test_a_row_opens_its_document_wherever_it_is_clicked(opened: Open) -> None:
    world = full_world()
    visitor = opened(world.reviewer)
    page = visitor.go(_documents(world, visitor))
    row = page.get_by_role("row").filter(has_text="Amendment No. 1 to Lease.docx")
    row.get_by_role("cell").nth(2).click(force=True)
    page.wait_for_url(f"**{reverse('document', args=[world.documents['waiting'].pk])}**")
