"""Every page against WCAG 2.2 A and AA as far as axe-core knows it, on narrow screens, on paper, at rest."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Route, expect

from reviewapp.loads.models import Load, LoadProblem
from reviewapp.people.signing_in import way_in
from reviewapp.questions.models import Citation, Question
from reviewapp.reviews.models import Decision
from tests.pages.comparisons import measured
from tests.pages.conftest import Open
from tests.pages.full_world import full_world
from tests.pages.test_grid import grid_of
from tests.pages.world import (
    PASSWORD,
    World,
    add_document,
    ask,
    consolidate,
    people_and_matter,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


def test_an_answer_prints_without_the_frame_and_a_long_question_leaves_room_for_it(opened: Open) -> None:
    world = full_world()
    page = opened(world.reviewer).go(reverse("question", args=[world.questions["answered"].pk]))
    page.emulate_media(media="print")
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.locator("form.ask")).to_be_hidden()
    expect(page.locator("#answer .said")).to_be_visible()
    expect(page.locator(".quote blockquote")).to_be_visible()
    page.emulate_media(media="screen")
    long = ask(world, "In light of all that was said before, " * 45 + "which law governs the lease?")
    page.goto(page.url.replace(str(world.questions["answered"].pk), str(long.pk)))
    box = page.locator("h1").bounding_box()
    assert box and box["height"] < 200


def test_nothing_moves_for_those_who_ask_for_calm(opened: Open) -> None:
    world = full_world()
    where = reverse("question", args=[world.questions["waiting"].pk])
    moving = "getComputedStyle(document.querySelector('.pulse')).animationName"
    assert opened(world.reviewer, reduced_motion="reduce").go(where).evaluate(moving) == "none"
    assert opened(world.reviewer).go(where).evaluate(moving) == "pulse"


def _of_grids(world: World) -> list[str]:
    """The pages of a grid, of a cell that was decided, of a question set and of a sample."""
    assert world.grid is not None and world.grid.made_of is not None
    cell = world.questions["table"].answers.get(document=world.documents["ready"])
    return [
        reverse("grid", args=[world.grid.pk]),
        f"{reverse('grid', args=[world.grid.pk])}?sort=1&group=1&show=check",
        reverse("cell", args=[cell.pk]),
        reverse("question_set", args=[world.matter.pk, world.grid.made_of.set_id]),
        reverse("column", args=[world.grid.columns.get(order=1).pk]),
        reverse("sample", args=[world.matter.samples.get().pk]),
    ]


def _load(world: World) -> Load:
    """A load file that was checked, with something wrong."""
    load = Load.objects.create(
        matter=world.matter,
        table_name="VOL001.dat",
        source="Counsel",
        columns=["BEGBATES", "Native Link"],
        mapping={"BEGBATES": "begin"},
        counts=dict.fromkeys(
            ("rows", "documents", "rejected", "troubled", "natives", "texts", "images", "families"), 2
        ),
        checked_at=timezone.now(),
    )
    said = "The row has no number. Give each document one."
    LoadProblem.objects.create(
        load=load, dry=True, row=2, column="BEGBATES", code="number-missing", sentence=said, rejected=True
    )
    return load


def every_page(world: World) -> list[str]:
    """The addresses of all pages, each in its fullest and some in their emptiest form."""
    assert world.batch
    matter, document = world.matter.pk, world.documents["ready"].pk
    citation = Citation.objects.get(answer__question=world.questions["answered"])
    names: tuple[str, ...] = (
        "matter",
        "members",
        "upload",
        "consolidation",
        "questions",
        "jobs",
        "audit",
        "problems",
    )
    names += ("matter_settings", "delete_matter", "exports", "planner", "failed_briefs")
    names += (
        "clauses",
        "grids",
        "sets",
        "quality",
        "coding",
        "documents",
        "withdrawals",
        "loads",
        "productions",
    )
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
        reverse("reading", args=[matter]),
        *_of_grids(world),
        reverse("lab", args=[matter]),
        reverse("comparison", args=[measured(world, "Lease 14 Harbour Street.pdf").pk]),
        f"{reverse('clauses', args=[matter])}?kind=Governing+Law",
        reverse("load", args=[_load(world).pk]),
        f"{reverse('jobs', args=[matter])}?status=cancelled&kind=answer",
    ]


#: Colours and widths, in which the slow tests see every page.
LOOKS = [("light", 1280), ("dark", 320), ("light", 320), ("dark", 1280)]


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_page_is_accessible_and_fits(opened: Open, scheme: str, width: int) -> None:
    """No WCAG 2.2 A or AA violation that axe-core knows, and nothing to scroll sideways."""
    world = full_world()
    everybody = opened(color_scheme=scheme, reduced_motion="reduce")
    admin = opened(world.admin, color_scheme=scheme, reduced_motion="reduce")
    staff = opened(world.staff, color_scheme=scheme, reduced_motion="reduce")
    pages = [(admin, path) for path in every_page(world)]
    pages += [
        (everybody, reverse("accessibility")),
        (everybody, reverse("login")),
        (staff, reverse("matters")),
        (staff, reverse("new_matter")),
    ]
    own = [
        reverse("notices"),
        reverse("profile"),
        reverse("change_password"),
        reverse("people"),
        reverse("status"),
        reverse("deleted_matters"),
        reverse("arrivals"),
    ]
    pages += [(staff, path) for path in (*own, reverse("person", args=[world.reviewer.pk]))]
    signing_in = ("mfa_index", "own_sessions", "account_reauthenticate", "applications", "directory")
    pages += [(staff, reverse(name)) for name in signing_in]
    pages += [(admin, reverse("matter_groups", args=[world.matter.pk]))]
    pages += [(everybody, way_in(world.outsider))]
    pages += [(staff, "/not/there/"), (admin, reverse("new_matter"))]
    faults = []
    for visitor, path in pages:
        visitor.page.set_viewport_size({"width": width, "height": 800})
        visitor.go(path)
        faults += faults_of(visitor.page, path)
    for visitor in (staff, admin):
        visitor.complaints = [
            c for c in visitor.complaints if "status of 404" not in c and "status of 403" not in c
        ]
    assert faults == []


#: Short numbers with their units that stand on two lines.
BROKEN_NUMBERS = """() => [...document.querySelectorAll("td.number")].filter((cell) => {
  const inside = document.createRange();
  inside.selectNodeContents(cell);
  const lines = [...inside.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top / 12));
  return cell.textContent.trim().length < 12 && new Set(lines).size > 1;
}).map((cell) => cell.textContent.trim())"""


def faults_of(page: Page, where: str) -> list[str]:
    """What axe-core finds wrong with a page, numbers that are broken, and how much too wide it is."""
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    found = [
        f"{where}: {violation['id']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe().run(page, options=RULES).response["violations"]
    ]
    found += [f"{where}: {words!r} on two lines" for words in page.evaluate(BROKEN_NUMBERS)]
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, f"{where}: {wider} px too wide"] if wider > 0 else found


def test_forms_with_errors_and_the_dialog_are_accessible(opened: Open) -> None:
    world = full_world()
    admin = opened(world.admin, reduced_motion="reduce")
    page = admin.go(reverse("members", args=[world.matter.pk]))
    page.get_by_label("User name").fill("nobody at all")
    page.get_by_role("button", name="Add member").click()
    expect(page.get_by_label("User name")).to_have_attribute("aria-invalid", "true")
    faults = faults_of(page, "members with an error")
    page.get_by_role("button", name="Shortcuts").click()
    faults += faults_of(page, "shortcuts")
    admin.complaints = [words for words in admin.complaints if "status of 422" not in words]
    visitor = opened()
    page = visitor.go(reverse("login"))
    page.get_by_label("User name").fill("rhea")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("do not go together")
    assert faults + faults_of(page, "sign-in with an error") == []


def test_the_focus_stays_in_a_list_that_refreshes_itself(opened: Open) -> None:
    world = people_and_matter()
    leases = [add_document(world.matter, f"Lease {number}.pdf") for number in (1, 2, 3)]
    consolidate(leases[0], "waiting")
    page = opened(world.reviewer).go(reverse("documents", args=[world.matter.pk]))
    link = page.get_by_role("link", name="Lease 2.pdf")
    link.focus()
    consolidate(leases[2], "ready")
    expect(page.locator("#documents")).to_contain_text("1 of 3 ready")
    expect(link).to_be_focused()


def test_cells_are_accepted_faster_than_answers_come_and_failures_are_said(opened: Open) -> None:
    world = people_and_matter()
    grid = grid_of(world)
    visitor = opened(world.reviewer)
    page = visitor.go(reverse("grid", args=[grid.pk]))
    page.keyboard.press("a")  # about no cell: none has the focus
    held: list[Route] = []
    page.route("**/decide/", lambda route: held.append(route))
    page.locator("#grid-table td[id] a").first.focus()
    for key in "ajaja":
        page.keyboard.press(key)
    page.wait_for_timeout(500)
    assert len(held) == 3
    for route in held:
        route.continue_()
    expect(page.locator("td.accept")).to_have_count(3)
    assert Decision.objects.count() == 3
    page.unroute("**/decide/")
    page.route("**/decide/", lambda route: route.abort())
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("The server cannot be reached")
    page.keyboard.press("Enter")
    drawer = page.locator("#drawer")
    expect(drawer.locator(".said")).to_have_text("Oregon")
    page.keyboard.press("a")
    expect(drawer.get_by_role("alert")).to_contain_text("The server cannot be reached")
    page.unroute("**/decide/")
    page.keyboard.press("a")
    expect(drawer.locator(".judged")).to_contain_text("Accepted")
    expect(drawer.get_by_role("alert")).to_have_count(0)
    expect(drawer.get_by_role("status")).to_contain_text("Oregon, ")
    expected = ("ERR_FAILED", "htmx:afterRequest", "htmx:sendError")
    visitor.complaints = [words for words in visitor.complaints if not any(e in words for e in expected)]


TWICE = """async () => {
  for (const time of [1, 2]) {
    document.querySelector("form.ask").requestSubmit();
    await new Promise((done) => setTimeout(done, 300));
  }
}"""


def test_what_is_sent_twice_is_done_once_and_arrows_move_what_is_wide(opened: Open) -> None:
    world = people_and_matter()
    grid = grid_of(world)
    page = opened(world.reviewer).go(reverse("grid", args=[grid.pk]))
    page.set_viewport_size({"width": 320, "height": 800})
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<a data-key=next href=#turned>Next</a>')")
    page.locator(".gridbox").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    assert page.locator(".gridbox").evaluate("box => box.scrollLeft") > 0
    assert "turned" not in page.url
    page.locator(".wordmark").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**#turned")
    page.goto(page.url.split("/grids/")[0] + reverse("questions", args=[world.matter.pk]))
    before, held = Question.objects.count(), list[Route]()
    page.route(
        "**/questions/",
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
    )
    page.get_by_label("Ask this matter").fill("Who signs?")
    page.evaluate(TWICE)
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_url("**/questions/*-*/")
    assert Question.objects.count() == before + 1


def test_what_is_written_stays_when_the_session_ends_and_is_sent_after_signing_in(opened: Open) -> None:
    world = people_and_matter()
    consolidate(add_document(world.matter, "Lease.pdf"), "waiting")
    visitor = opened(world.reviewer)
    page = visitor.go(reverse("matter", args=[world.matter.pk]))
    box = page.get_by_label("Ask this matter")
    box.fill("Who signs?")
    Session.objects.all().delete()
    expect(page.get_by_role("alert")).to_contain_text("You are signed out.")
    expect(box).to_have_value("Who signs?")
    other = visitor.context.new_page()
    other.goto(visitor.address + reverse("login"))
    other.get_by_label("User name").fill("rhea")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    expect(other.get_by_role("heading", name="Matters")).to_be_visible()
    box.press("Enter")
    page.wait_for_url("**/questions/*-*/")
    assert Question.objects.get().text == "Who signs?"
