"""The product in a real browser: from signing in to the marked quote, by mouse, by keyboard, without scripts."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from reviewapp.documents.models import Batch
from reviewapp.jobs.lifecycle import claim
from reviewapp.review.models import Citation, Question
from reviewapp.review.results import note_stage, store_answer
from tests.pages.browsing import FLAGS, Visitor, served, visit
from tests.pages.world import (
    GOVERNED,
    PASSWORD,
    World,
    add_document,
    ask,
    finding,
    full_world,
    people_and_matter,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
Open = Callable[..., Visitor]


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    # NB: Playwright keeps an event loop in this thread; Django would take its queries for ones of a coroutine.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def address(transactional_db: None, browser: Browser) -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Open browsers for people; afterwards none of them may have complained."""
    visitors: list[Visitor] = []

    def open_browser(user: Any = None, **options: Any) -> Visitor:
        visitors.append(visit(browser, address, user, **options))
        return visitors[-1]

    yield open_browser
    for visitor in visitors:
        visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


def matter_page(world: World) -> str:
    return reverse("matter", args=[world.matter.pk])


def work_on(question: Question, world: World) -> None:
    """What a worker does with the question, as far as the answer's draft."""
    job = question.job
    assert job is not None
    claimed = claim(str(job.pk), "test:3")
    assert claimed is not None
    note_stage(claimed, "answering", "Massachu")


def asked(page: Page) -> Question:
    page.wait_for_url("**/questions/*-*/")
    return Question.objects.get(pk=page.url.rstrip("/").rsplit("/", 1)[1])


def in_view(page: Page, selector: str) -> bool:
    return bool(
        page.eval_on_selector(
            selector,
            "e => { const r = e.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }",
        )
    )


def test_from_signing_in_to_the_marked_quote(opened: Open) -> None:
    world = people_and_matter()
    long_page = "\n".join(f"Line {number} of the recitals." for number in range(200))
    lease = add_document(
        world.matter, "Lease.pdf", ["Cover", f"{long_page}\n{GOVERNED}.\n{long_page}", "End"]
    )
    visitor = opened()
    page = visitor.go(matter_page(world))
    page.get_by_label("User name").fill("rhea")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(world.matter.name)
    page.get_by_label("Ask this matter").fill("Which law governs?")
    page.get_by_role("button", name="Ask", exact=True).click()
    question = asked(page)
    expect(page.locator("[data-part-of=stage]")).to_have_text("Waiting for a worker")
    work_on(question, world)
    expect(page.locator("[data-part-of=stage]")).to_have_text("Answering from memory")
    expect(page.locator("[data-part-of=draft]")).to_have_text("Massachu")
    expect(page.locator("[data-stage=routing]")).to_have_class("past")
    store_answer(question, finding(lease, GOVERNED))
    expect(page.locator("#answer .said")).to_have_text("Massachusetts")
    expect(page.locator("#announcer")).to_have_text("The answer is ready: Massachusetts")
    page.get_by_role("link", name="Lease.pdf, page 2").click()
    expect(page.locator("mark")).to_have_text(GOVERNED)
    page.wait_for_function("document.activeElement.tagName === 'MARK'")
    page.wait_for_function("document.querySelector('mark').getBoundingClientRect().bottom < innerHeight")
    assert in_view(page, "mark")


def test_an_answer_comes_where_streams_are_cut_off(opened: Open) -> None:
    world = people_and_matter()
    lease = add_document(world.matter, "Lease.pdf")
    question = ask(world, "Which law governs?")
    visitor = opened(world.reviewer)
    visitor.page.route("**/events/", lambda route: route.fulfill(status=503))
    page = visitor.go(reverse("question", args=[question.pk]))
    work_on(question, world)
    expect(page.locator("[data-part-of=draft]")).to_have_text("Massachu")
    store_answer(question, finding(lease, GOVERNED))
    expect(page.locator("#answer .said")).to_have_text("Massachusetts")
    visitor.complaints = [words for words in visitor.complaints if "503" not in words]


def test_an_answer_comes_without_scripts(opened: Open) -> None:
    world = people_and_matter()
    lease = add_document(world.matter, "Lease.pdf")
    page = opened(world.reviewer, java_script_enabled=False).go(matter_page(world))
    page.get_by_label("Ask this matter").fill("Which law governs?")
    page.get_by_role("button", name="Ask", exact=True).click()
    question = asked(page)
    work_on(question, world)
    store_answer(question, finding(lease, GOVERNED))
    expect(page.locator("#answer .said")).to_have_text("Massachusetts")


def test_by_keyboard_alone(opened: Open) -> None:
    world = people_and_matter()
    lease = add_document(world.matter, "Lease.pdf")
    page = opened(world.reviewer).go(matter_page(world))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Ask this matter")).to_be_focused()
    page.keyboard.type("Which law/state governs?")
    page.keyboard.press("Control+Enter")
    question = asked(page)
    assert question.text == "Which law/state governs?"
    work_on(question, world)
    store_answer(question, finding(lease, GOVERNED))
    link = page.get_by_role("link", name="Lease.pdf, page 2")
    link.wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        if page.evaluate("document.activeElement.textContent").startswith("Lease.pdf, page 2"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/2/**")
    for key, where in [("n", "3"), ("p", "2"), ("ArrowLeft", "1"), ("ArrowRight", "2")]:
        page.keyboard.press(key)
        page.wait_for_url(f"**/pages/{where}/?citation=*")
    page.keyboard.press("b")
    page.wait_for_url(f"**{reverse('question', args=[question.pk])}")


def test_shortcuts_are_listed_and_can_be_turned_off(opened: Open) -> None:
    world = people_and_matter()
    add_document(world.matter, "Lease.pdf")
    page = opened(world.reviewer).go(matter_page(world))
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Use single-key shortcuts").uncheck()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_label("Ask this matter")).not_to_be_focused()
    page.reload()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Shortcuts").click()
    dialog.get_by_label("Use single-key shortcuts").check()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    expect(page.get_by_label("Ask this matter")).to_be_focused()


def test_uploading_and_watching_what_becomes_of_each_file(opened: Open) -> None:
    world = people_and_matter()
    page = opened(world.admin).go(reverse("upload", args=[world.matter.pk]))
    files: list[Any] = [
        {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": name.encode()} for name in ("one", "two")
    ]
    page.get_by_label("Drop files here, or choose them").set_input_files(files)
    expect(page.locator("#chosen-count")).to_have_text("2 files chosen, 6 bytes")
    page.get_by_role("button", name="Upload 2 files").click()
    page.wait_for_url("**/batches/**")
    expect(page.get_by_role("heading", level=2)).to_have_text("0 of 2 files read")
    batch = Batch.objects.get()
    batch.items.filter(name="one.txt").update(disposition="damaged", reason="The file is cut short.")
    expect(page.get_by_text("The file is cut short.")).to_be_visible()
    batch.items.filter(name="two.txt").update(disposition="no_text", reason="Only images.")
    expect(page.get_by_role("heading", level=2)).to_have_text("2 files, all read")
    expect(page.locator("#announcer")).to_have_text("All read: 0 accepted, 0 duplicate, 2 not usable.")
    assert "hx-trigger" not in page.locator("#files").evaluate("e => e.outerHTML.split('>')[0]")


def test_files_can_be_dropped(opened: Open) -> None:
    world = people_and_matter()
    page = opened(world.admin).go(reverse("upload", args=[world.matter.pk]))
    transfer = page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['text'], 'dropped.txt')); return t }"
    )
    page.dispatch_event(".drop", "drop", {"dataTransfer": transfer})
    expect(page.locator("#chosen")).to_contain_text("dropped.txt")
    page.get_by_role("button", name="Upload 1 file").click()
    page.wait_for_url("**/batches/**")
    assert Batch.objects.get().items.get().name == "dropped.txt"


def test_a_transfer_that_fails_says_so(opened: Open) -> None:
    world = people_and_matter()
    visitor = opened(world.admin)
    page = visitor.go(reverse("upload", args=[world.matter.pk]))
    page.route("**/upload/", lambda route: route.abort())
    page.locator("#id_chosen").set_input_files([{"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"}])
    page.get_by_role("button", name="Upload 1 file").click()
    expect(page.get_by_text("The connection broke.")).to_be_visible()
    expect(page.get_by_role("button", name="Upload 1 file")).to_be_enabled()
    assert not Batch.objects.exists()
    visitor.complaints = [words for words in visitor.complaints if "ERR_FAILED" not in words]


def test_hostile_text_stays_text(opened: Open) -> None:
    world = people_and_matter()
    hostile = (
        "<img src=x onerror='window.hacked=1'><script>window.hacked=1</script><a href='javascript:1'>x</a>"
    )
    document = add_document(world.matter, hostile, [hostile])
    question = ask(world, hostile)
    job = question.job
    page = opened(world.reviewer).go(reverse("question", args=[question.pk]))
    claimed = claim(str(job.pk), "test:4") if job else None
    assert claimed
    note_stage(claimed, "answering", hostile)
    expect(page.locator("[data-part-of=draft]")).to_have_text(hostile)
    store_answer(question, finding(document, hostile, text=hostile))
    expect(page.locator("#answer .said")).to_have_text(hostile)
    page.locator(".quote .from a").click()
    expect(page.locator("mark")).to_have_text(hostile)
    assert page.evaluate("window.hacked") is None
    assert page.locator("main img, main script, main [href^=javascript]").count() == 0


def test_an_answer_prints_without_the_frame(opened: Open) -> None:
    world = full_world()
    page = opened(world.reviewer).go(reverse("question", args=[world.questions["answered"].pk]))
    page.emulate_media(media="print")
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.locator("form.ask")).to_be_hidden()
    expect(page.locator("#answer .said")).to_be_visible()
    expect(page.locator(".quote blockquote")).to_be_visible()


def test_nothing_moves_for_those_who_ask_for_calm(opened: Open) -> None:
    world = full_world()
    where = reverse("question", args=[world.questions["waiting"].pk])
    moving = "getComputedStyle(document.querySelector('.pulse')).animationName"
    assert opened(world.reviewer, reduced_motion="reduce").go(where).evaluate(moving) == "none"
    assert opened(world.reviewer).go(where).evaluate(moving) == "pulse"


def every_page(world: World) -> list[str]:
    """The addresses of all pages, each in its fullest and some in their emptiest form."""
    assert world.batch
    matter, document = world.matter.pk, world.documents["ready"].pk
    citation = Citation.objects.get(answer__question=world.questions["answered"])
    names = ("matter", "members", "upload", "consolidation", "questions", "jobs", "audit")
    search = reverse("search", args=[matter])
    return [
        reverse("matters"),
        *(reverse(name, args=[matter]) for name in names),
        *(reverse("question", args=[question.pk]) for question in world.questions.values()),
        reverse("batch", args=[world.batch.pk]),
        search,
        f"{search}?q=governing+law",
        f"{search}?q=nowhere",
        f"{reverse('page', args=[document, 2])}?citation={citation.pk}",
        reverse("page", args=[document, 1]),
        f"{reverse('jobs', args=[matter])}?status=cancelled&kind=answer",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(opened: Open, scheme: str) -> None:
    """No WCAG 2.2 A or AA violation that axe-core knows, at 1280 px and at 320 px, and nothing to scroll sideways."""
    world = full_world()
    everybody = opened(color_scheme=scheme, reduced_motion="reduce")
    admin = opened(world.admin, color_scheme=scheme, reduced_motion="reduce")
    staff = opened(world.staff, color_scheme=scheme, reduced_motion="reduce")
    pages = [(admin, path) for path in every_page(world)]
    pages += [(everybody, reverse("login")), (staff, reverse("matters")), (staff, reverse("new_matter"))]
    pages += [(staff, "/not/there/"), (admin, reverse("new_matter"))]
    faults = []
    for visitor, path in pages:
        for width in (1280, 320):
            visitor.page.set_viewport_size({"width": width, "height": 800})
            visitor.go(path)
            faults += _faults(visitor.page, f"{path} at {width}")
    for visitor in (staff, admin):
        visitor.complaints = [
            c for c in visitor.complaints if "status of 404" not in c and "status of 403" not in c
        ]
    assert faults == []


def _faults(page: Page, where: str) -> list[str]:
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    found = [
        f"{where}: {violation['id']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe().run(page, options=RULES).response["violations"]
    ]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, f"{where}: {wider} px too wide"] if wider > 0 else found


def test_forms_with_errors_and_the_dialog_are_accessible(opened: Open) -> None:
    world = full_world()
    page = opened(world.admin, reduced_motion="reduce").go(reverse("members", args=[world.matter.pk]))
    page.get_by_label("User name").fill("nobody at all")
    page.get_by_role("button", name="Add member").click()
    expect(page.get_by_label("User name")).to_have_attribute("aria-invalid", "true")
    faults = _faults(page, "members with an error")
    page.get_by_role("button", name="Shortcuts").click()
    faults += _faults(page, "shortcuts")
    visitor = opened()
    page = visitor.go(reverse("login"))
    page.get_by_label("User name").fill("rhea")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("do not go together")
    assert faults + _faults(page, "sign-in with an error") == []
