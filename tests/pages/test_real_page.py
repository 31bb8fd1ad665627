"""The page as it looks, with what is marked on it, in a browser: every box stands where the words are drawn."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pypdf import PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle

from reviewapp.documents.models import Document, PageBoxes
from reviewapp.questions.models import Citation
from reviewapp.questions.quotes import QuoteFacts
from tests.pages.conftest import Open
from tests.pages.test_accessibility import faults_of
from tests.pages.world import World, add_file, ask, finding, people_and_matter
from tests.readers.building import line, pdf

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

#: Turned, cut and of another unit: what is drawn is not what stands in the file.
TURNED = "/Rotate 90 /CropBox [36 36 576 756] /UserUnit 2"
FIRST = line("LEASE AGREEMENT") + line("The parties agree as follows.", y=660) + line("ABC 000017", 480, 40)
FIRST += line("This Agreement is governed by the laws", y=100) + line("of the Commonwealth", y=80)
SECOND = line("of Massachusetts, without regard to conflicts.", y=700) + line("ABC 000018", 450, 60)


def lease(*pages: tuple[str, str]) -> bytes:
    writer = PdfWriter()
    for content, attributes in pages:
        writer.append(PdfReader(io.BytesIO(pdf(content, page=attributes))))
    writer.set_page_label(0, 0, style=PageLabelStyle.LOWERCASE_ROMAN)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def world_with_a_lease() -> tuple[World, Document, Citation]:
    world = people_and_matter()
    document = add_file(world.matter, "Lease.pdf", lease((FIRST, ""), (SECOND, TURNED)))
    text = document.text()
    start, answer = text.index("This Agreement"), text.index("Massachusetts")
    end = text.index("conflicts.") + len("conflicts.")
    marked = [(answer - start, answer - start + len("Massachusetts"))]
    quote = QuoteFacts(
        start, end, text[start:end], "exact", 0.97, [(start + a, start + b) for a, b in marked]
    )
    ask(world, "Which law governs?", finding(document, "LEASE", quotes=[quote]))
    return world, document, Citation.objects.get()


def at(document: Document, number: int, **given: Any) -> str:
    query = "&".join(f"{name}={value}" for name, value in given.items())
    return f"{reverse('page', args=[document.pk, number])}?{query}"


def ink_in(page: Page, selector: str) -> list[dict[str, float]]:
    """For each box the share of dark points within it, and just outside to its left and right, as drawn."""
    boxes: list[dict[str, float]] = page.evaluate(
        """async (selector) => {
          const svg = document.querySelector("svg.drawing");
          const image = svg.querySelector("image");
          const drawn = new Image();
          drawn.src = image.getAttribute("href");
          await drawn.decode();
          const canvas = new OffscreenCanvas(drawn.naturalWidth, drawn.naturalHeight);
          const context = canvas.getContext("2d");
          context.drawImage(drawn, 0, 0);
          const scale = drawn.naturalWidth / 1000;
          const dark = (x, y, width, height) => {
            const whole = [x, y, width, height].map((n) => Math.round(n * scale));
            const points = context.getImageData(...whole).data;
            let count = 0;
            for (let i = 0; i < points.length; i += 4) count += points[i] < 128;
            return (4 * count) / points.length;
          };
          return [...document.querySelectorAll(selector)].map((box) => {
            const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(box.getAttribute(name)));
            return {
              inside: dark(x, y, width, height),
              left: dark(x - 10, y, 9, height),
              right: dark(x + width + 1, y, 9, height),
              shown: box.getBoundingClientRect().width / svg.getBoundingClientRect().width,
              meant: width / 1000,
            };
          });
        }""",
        selector,
    )
    return boxes


def test_a_quote_over_a_page_break_is_drawn_on_both_pages_where_its_words_are(opened: Open) -> None:
    world, document, citation = world_with_a_lease()
    page = opened(world.reviewer).go(at(document, 1, citation=citation.pk))
    expect(page.locator("svg.drawing rect.quote")).to_have_count(2)
    expect(page.locator("[data-mark]")).to_be_focused()
    boxes = ink_in(page, "rect.quote")
    assert all(box["inside"] > 0.05 and box["left"] == box["right"] == 0 for box in boxes)
    assert all(box["shown"] == pytest.approx(box["meant"], abs=0.01) for box in boxes)
    assert page.locator(".textlayer text").all_text_contents()[0].strip() == "LEASE AGREEMENT"
    keep(page, "first")
    page.keyboard.press("n")
    page.wait_for_url("**/pages/2/**")
    boxes = ink_in(page, "rect.quote")
    assert len(boxes) == 1
    assert all(box["inside"] > 0.05 and box["left"] == box["right"] == 0 for box in boxes)
    (quote, answer) = (page.locator(f"rect.{kind}").bounding_box() for kind in ("quote", "answer"))
    assert quote
    assert answer
    assert 0 < answer["height"] < quote["height"]
    expect(page.locator("#pinpoint")).to_contain_text("Lease.pdf, pp. 1-2, ABC 000017: “This Agreement is")
    keep(page, "second")


def test_nothing_is_drawn_where_the_place_is_not_certain(opened: Open) -> None:
    world, document, citation = world_with_a_lease()
    PageBoxes.objects.filter(page__number=1).delete()
    page = opened(world.reviewer).go(at(document, 1, citation=citation.pk))
    expect(page.get_by_text("its place on the page is not certain")).to_be_visible()
    expect(page.locator("svg.drawing rect")).to_have_count(0)
    page.get_by_role("link", name="Show it in the text").click()
    expect(page.locator("mark").first).to_contain_text("This Agreement is governed")


def test_a_page_is_read_without_scripts(opened: Open) -> None:
    world, document, citation = world_with_a_lease()
    page = opened(world.reviewer, java_script_enabled=False, viewport={"width": 390, "height": 800}).go(
        at(document, 1, citation=citation.pk)
    )
    page.get_by_label("Find in this document").fill("massachusetts")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_text("1 time on 1 page, 0 times on this one.")).to_be_visible()
    page.get_by_role("link", name="After: page 2").click()
    expect(page.locator("rect.found")).to_have_count(1)
    page.get_by_role("link", name="Larger: 150 %").click()
    expect(page.locator(".zoom-150 svg.drawing")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Original").click()
    assert saved.value.suggested_filename == "Lease.pdf"
    assert Path(saved.value.path()).read_bytes().startswith(b"%PDF")


def test_a_quote_opens_beside_its_answer_and_is_copied(opened: Open) -> None:
    world, _, citation = world_with_a_lease()
    visitor = opened(
        world.reviewer,
        viewport={"width": 1400, "height": 900},
        permissions=["clipboard-write", "clipboard-read"],
    )
    page = visitor.go(reverse("question", args=[citation.answer.question_id]))
    link = page.get_by_role("link", name="Lease.pdf, pages 1 to 2")
    link.click()
    beside = page.get_by_label("The page of a quote")
    expect(beside.locator("rect.quote")).to_have_count(1)
    expect(beside.locator("rect.answer")).to_have_count(1)
    beside.get_by_role("button", name="Copy").click()
    expect(page.locator("#announcer")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Lease.pdf, pp. 1-2, ABC 000017: “This")
    beside.get_by_role("link", name="Previous").click()
    expect(beside.locator("rect.quote")).to_have_count(2)
    keep(page, "beside")
    page.keyboard.press("Escape")
    expect(beside).to_be_hidden()
    expect(link).to_be_focused()
    page.set_viewport_size({"width": 900, "height": 900})
    link.click()
    page.wait_for_url("**/pages/2/**")


#: Colours and widths; all pairs by the slow tests alone.
LOOKS = [
    ("light", (1400, 320)),
    ("dark", (390,)),
    pytest.param("light", (390,), marks=pytest.mark.slow),
    pytest.param("dark", (1400, 320), marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("scheme", "widths"), LOOKS)
def test_pages_as_they_look_are_accessible_and_fit(
    opened: Open, scheme: str, widths: tuple[int, ...]
) -> None:
    world, document, citation = world_with_a_lease()
    visitor = opened(world.reviewer, color_scheme=scheme, reduced_motion="reduce")
    search = reverse("search", args=[world.matter.pk])
    pages = {
        "page": at(document, 1, citation=citation.pk),
        "found": at(document, 2, find="massachusetts", zoom=150),
        "text": at(document, 1, view="text", citation=citation.pk),
        "search": f"{search}?q=law+NOT+tax",
        "unreadable": f"{search}?q=law+AND",
        "question": reverse("question", args=[citation.answer.question_id]),
    }
    found = []
    for name, path in pages.items():
        for width in widths:
            visitor.page.set_viewport_size({"width": width, "height": 900})
            visitor.go(path)
            if name == "question" and width == 1400:
                visitor.page.get_by_role("link", name="Lease.pdf, pages 1 to 2").click()
                expect(visitor.page.locator("#beside svg.drawing")).to_be_visible()
            found += faults_of(visitor.page, f"{name} at {width}")
            keep(visitor.page, f"{name}-{scheme}-{width}")
    assert found == []


def keep(page: Page, name: str) -> None:
    """Keep a picture of the page where NIGHTBRIEF_SHOTS names a folder."""
    folder = os.environ.get("NIGHTBRIEF_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png")
