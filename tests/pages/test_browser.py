"""The product in a real browser: from signing in to the marked quote, by mouse, by keyboard, without scripts."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from reviewapp.documents.models import Document
from reviewapp.intake.models import Batch
from reviewapp.jobs.lifecycle import claim
from reviewapp.questions.models import Question
from reviewapp.questions.results import note_stage
from tests.pages.conftest import Open
from tests.pages.full_world import full_world
from tests.pages.world import (
    GOVERNED,
    PASSWORD,
    World,
    add_document,
    ask,
    consolidate,
    finding,
    finish,
    people_and_matter,
    plan,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


def matter_page(world: World) -> str:
    return reverse("matter", args=[world.matter.pk])


def work_on(question: Question, world: World) -> None:
    """What a worker does with the question, as far as the answer's draft."""
    job = question.job
    assert job is not None
    claimed = claim(str(job.pk), "test:3")
    assert claimed is not None
    plan(question, Document.objects.get(matter=world.matter))
    note_stage(claimed, "finding", "Massachu")


def asked(page: Page) -> Question:
    page.wait_for_url("**/questions/*-*/")
    return Question.objects.get(pk=page.url.rstrip("/").rsplit("/", 1)[1])


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
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(world.matter.name)
    page.get_by_label("Ask this matter").fill("Which law governs?")
    page.get_by_role("button", name="Ask", exact=True).click()
    question = asked(page)
    expect(page.locator("[data-part-of=stage]")).to_have_text("Waiting for a worker")
    work_on(question, world)
    expect(page.locator("[data-part-of=stage]")).to_have_text("Finding the passages")
    expect(page.locator("[data-part-of=draft]")).to_have_text("Massachu")
    expect(page.locator("[data-stage=routing]")).to_have_class("past")
    finish(question, finding(lease, GOVERNED))
    expect(page.locator("#answer .said")).to_have_text("Massachusetts")
    expect(page.locator("#announcer")).to_have_text("The answer is ready: Massachusetts")
    page.get_by_role("link", name="Lease.pdf, page 2").click()
    expect(page.locator("[data-beside-title]")).to_be_focused()
    expect(page.locator("#beside mark")).to_have_text(GOVERNED)
    expect(page.locator("#beside mark")).to_be_in_viewport(ratio=1)
    page.get_by_role("link", name="Open the page alone").click()
    expect(page.locator("mark")).to_be_focused()
    expect(page.locator("mark")).to_be_in_viewport(ratio=1)


def test_an_answer_comes_where_streams_are_cut_off(opened: Open) -> None:
    world = people_and_matter()
    lease = add_document(world.matter, "Lease.pdf")
    question = ask(world, "Which law governs?")
    visitor = opened(world.reviewer)
    visitor.page.route("**/events/", lambda route: route.fulfill(status=503))
    page = visitor.go(reverse("question", args=[question.pk]))
    work_on(question, world)
    expect(page.locator("[data-part-of=draft]")).to_have_text("Massachu")
    finish(question, finding(lease, GOVERNED))
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
    finish(question, finding(lease, GOVERNED))
    expect(page.locator("#answer .said")).to_have_text("Massachusetts")


def test_by_keyboard_alone(opened: Open) -> None:
    world = people_and_matter()
    lease = add_document(world.matter, "Lease.pdf")
    page = opened(world.reviewer).go(matter_page(world))
    page.set_viewport_size({"width": 1000, "height": 800})  # too narrow for pages beside answers
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Ask this matter")).to_be_focused()
    page.keyboard.type("Which law/state")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("governs?")
    page.keyboard.press("Enter")
    question = asked(page)
    assert question.text == "Which law/state\ngoverns?"
    work_on(question, world)
    finish(question, finding(lease, GOVERNED))
    link = page.get_by_role("link", name="Lease.pdf, page 2")
    link.wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        said = page.evaluate("document.activeElement.textContent")
        if " ".join(said.split()).startswith("Lease.pdf, page 2"):
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
    expect(page.locator("#announcer")).to_have_text("All read: 0 accepted, 0 duplicates, 2 open problems.")
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


def test_hundreds_of_files_of_a_folder_arrive_once_over_a_lost_connection_and_a_reload(
    opened: Open, tmp_path: Path
) -> None:
    world = people_and_matter()
    folder = tmp_path / "Harbour"
    for number in range(220):
        path = folder / f"part {number % 4}" / f"file {number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"This is the text of file {number}.")
    visitor = opened(world.admin)
    page = visitor.go(reverse("upload", args=[world.matter.pk]))
    tried: list[int] = []

    def lossy(route: Route) -> None:
        tried.append(1)
        if len(tried) == 2:
            route.fetch()  # NB: the server has it, the browser does not learn of it
        route.abort() if len(tried) in (2, 3) or len(tried) > 4 else route.continue_()

    page.route("**/add/", lossy)
    page.locator("#id_folder").set_input_files(folder)
    expect(page.locator("#chosen-count")).to_contain_text("220 files chosen")
    page.get_by_role("button", name="Upload 220 files").click()
    expect(page.locator("#sent")).to_contain_text("The connection broke. 200 of 220 files sent.")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("#sent")).to_have_text("Paused. 200 of 220 files sent.")
    expect(page.locator("#transfer [role=status]")).to_have_text("Paused. 200 of 220 files sent.")
    page.unroute("**/add/")
    page.reload()
    expect(page.get_by_text("200 of 220 files have arrived")).to_be_visible()
    page.locator("#id_folder").set_input_files(folder)
    page.get_by_role("button", name="Upload 220 files").click()
    page.wait_for_url("**/batches/**")
    batch = Batch.objects.get()
    names = sorted(str(path.relative_to(tmp_path)) for path in folder.rglob("*.txt"))
    assert [item.name for item in batch.items.order_by("place")] == names
    assert (batch.label, batch.receiving) == ("Harbour", False)
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
    note_stage(claimed, "finding", hostile)
    expect(page.locator("[data-part-of=draft]")).to_have_text(hostile)
    finish(question, finding(document, hostile, text=hostile))
    expect(page.locator("#answer .said")).to_have_text(hostile)
    page.locator(".quote .from a").click()
    expect(page.locator("mark")).to_have_text(hostile)
    assert page.evaluate("window.hacked") is None
    assert page.locator('main img, main script:not([src^="/static/"]), main [href^=javascript]').count() == 0


def test_typing_goes_on_while_the_page_refreshes_itself(opened: Open) -> None:
    world = people_and_matter()
    first, second = (add_document(world.matter, f"Lease {number}.pdf") for number in (1, 2))
    consolidate(second, "waiting")
    page = opened(world.reviewer).go(matter_page(world))
    box = page.get_by_label("Search the text of the documents")
    box.click()
    page.keyboard.type("govern")
    consolidate(first, "ready")
    expect(page.get_by_role("heading", name="1 of 2 documents ready")).to_be_visible()
    page.keyboard.type("ing")
    expect(box).to_have_value("governing")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=governing")


def test_documents_to_ask_are_chosen_while_typing(opened: Open) -> None:
    world = full_world()
    page = opened(world.reviewer).go(reverse("matter", args=[world.matter.pk]))
    page.get_by_text("Ask only some of the 9 documents").click()
    for typed, name in [("sublease", "Draft sublease.docx"), ("mail", "E-mail of 4 May 2021.eml")]:
        page.get_by_label("Find documents by name").fill(typed)
        page.get_by_label("Find documents by name").press("Enter")
        expect(page.locator("#documents-offered label")).to_have_text([name])
        page.get_by_label(name).check()
    expect(page.locator("#documents-chosen label")).to_have_count(2)
    page.get_by_label("Find documents by name").fill("docx")
    expect(page.locator("#documents-offered label")).to_have_text(["Amendment No. 1 to Lease.docx"])
    page.get_by_label("Ask this matter").fill("Who signs?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("of 2 chosen documents")).to_be_visible()


def test_documents_are_chosen_without_scripts(opened: Open) -> None:
    world = full_world()
    page = opened(world.reviewer, java_script_enabled=False).go(reverse("matter", args=[world.matter.pk]))
    page.get_by_text("Ask only some of the 9 documents").click()
    page.get_by_label("Find documents by name").fill("sublease")
    page.get_by_label("Find documents by name").press("Enter")
    page.get_by_label("Draft sublease.docx").check()
    page.get_by_label("Ask this matter").fill("Who signs?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("of 1 chosen document")).to_be_visible()
