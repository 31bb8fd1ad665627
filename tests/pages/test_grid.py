"""The grid: what of it is shown and in which order, how it refreshes itself, and reviewing it by keyboard alone."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import Page, expect

from reviewapp.frame.actor import Actor
from reviewapp.grids import actions as grids
from reviewapp.grids.models import Grid
from reviewapp.grids.sets import Asked, save_set
from reviewapp.questions.models import Answer
from reviewapp.reviews.actions import Said, decide
from reviewapp.reviews.coding import code_document
from reviewapp.reviews.models import Decision
from tests.pages.conftest import Enter, Open
from tests.pages.world import GOVERNED, World, add_document, finding, finish, nothing, people_and_matter

LAWS = ("Delaware", "Maine", "Delaware", "Oregon")
#: Cells that do not stand below the head of their column, whatever the class of their state means elsewhere.
LEFT_EDGES = """() => {
  const edge = (cell) => Math.round(cell.getBoundingClientRect().left);
  const heads = [...document.querySelectorAll("#grid-table thead th")].map(edge);
  return [...document.querySelectorAll("#grid-table tbody tr")].flatMap((row) =>
    [...row.children].filter((cell, index) => edge(cell) !== heads[index]).map((cell) => cell.className));
}"""
ENDS = ("2026-02-28", "2031-12-31", "2024-06-30", "")


def grid_of(world: World) -> Grid:
    """Four leases, two questions; the last lease does not say when it ends."""
    actor = Actor(world.reviewer)
    documents = [add_document(world.matter, f"Lease {number}.pdf") for number in range(1, 5)]
    asked = [Asked("Law", "Which law governs?"), Asked("End", "When does it end?", "date")]
    grid = grids.create_grid(
        world.matter, "Leases", save_set(world.matter, "Leases", asked, actor=actor), actor=actor
    )
    grids.run(grid, actor=actor)
    law, end = [column.question for column in grid.columns.select_related("question").order_by("order")]
    assert law is not None and end is not None
    finish(
        law, *(finding(document, GOVERNED, text=text) for document, text in zip(documents, LAWS, strict=True))
    )
    found = [
        finding(
            document,
            "February 28, 2026",
            text=text,
            supported=text != ENDS[0],
            value_type="date",
            value_normalised=day(text),
        )
        for document, text in zip(documents, ENDS, strict=True)
        if text
    ]
    finish(end, *found, nothing(documents[3]))
    return grid


def day(text: str) -> dict[str, object]:
    return {
        "kind": "date",
        "text": text,
        "comparable": text,
        "order": float(text.replace("-", "")),
        "unit": "day",
    }


def leases(client: Client, grid: Grid, query: str = "") -> list[str]:
    body = client.get(reverse("grid", args=[grid.pk]) + query).content.decode()
    return re.findall(r'<th scope="row"><a [^>]+>Lease (\d)\.pdf', body)


def test_rows_are_sorted_narrowed_and_grouped_by_what_counts(empty: World, enter: Enter) -> None:
    grid, client = grid_of(empty), enter(empty.reviewer)
    assert leases(client, grid) == ["1", "2", "3", "4"]
    assert leases(client, grid, "?sort=2") == ["3", "1", "2", "4"]
    assert leases(client, grid, "?sort=-2") == ["2", "1", "3", "4"]
    assert leases(client, grid, "?show=not_found") == ["4"]
    assert leases(client, grid, "?show=check&in=2") == ["1"]
    assert leases(client, grid, "?find=lease+3") == ["3"]
    assert leases(client, grid, "?sort=1&group=1") == ["1", "3", "2", "4"]
    cell = Answer.objects.get(question__text="When does it end?", document__name="Lease 2.pdf")
    value = Said("correct", 0, "2020-01-01", value_type="date")
    decide(cell, value, actor=Actor(empty.reviewer))
    assert leases(client, grid, "?sort=2") == ["2", "3", "1", "4"]
    assert leases(client, grid, "?show=corrected") == ["2"]
    assert leases(client, grid, "?show=unreviewed&in=2") == ["1", "3", "4"]
    assert leases(client, grid, "?show=second&in=2") == ["2"]
    body = client.get(reverse("grid", args=[grid.pk]) + "?sort=1&group=1").content.decode()
    groups = re.findall(r'colspan="3">\s*<span class="told">(\w+)\s+<span class="muted number">(\d+)', body)
    assert groups == [("Delaware", "2"), ("Maine", "1"), ("Oregon", "1")]
    body = client.get(reverse("grid", args=[grid.pk]) + "?sort=2&group=1").content.decode()
    ends = ["January 1, 2020", "June 30, 2024", "February 28, 2026"]
    assert re.findall(r'colspan="3">\s*<span class="told">([^<]+?)\s+<span', body) == [*ends, "no value"]
    assert re.findall(r'data-seen="\d">([A-Z]\w+ \d[^<]+)<', body) == ends
    assert ", , " not in body and re.search(r"\.\s+Supported: \d+(,\s+[A-Z][a-z ]+: \d+)*\.\s*<", body)
    for show in ("disagreement", "ocr", "changed", "stale", "rejected", "failed"):
        assert leases(client, grid, f"?show={show}") == []
    grids.assign(grid, empty.reviewer, actor=Actor(empty.admin), document=cell.document)
    assert leases(client, grid, "?mine=1") == ["2"]
    assert leases(enter(empty.admin), grid, "?mine=1") == []
    law = grid.columns.get(order=1)
    grids.assign(grid, empty.reviewer, actor=Actor(empty.admin), column=law)
    body = client.get(reverse("grid", args=[grid.pk]) + "?mine=1").content.decode()
    assert leases(client, grid, "?mine=1") == ["1", "2", "3", "4"]
    outside = re.findall(r'<td id="c(\d)-([^"]+)" class="[^"]*outside', body)
    others = {
        str(key) for key in empty.matter.documents.exclude(pk=cell.document_id).values_list("pk", flat=True)
    }
    assert {number for number, _ in outside} == {"2"} and {key for _, key in outside} == others
    assert ">Coding <" not in client.get(reverse("grid", args=[grid.pk])).content.decode()
    code_document(cell.document, "privileged:yes", actor=Actor(empty.reviewer))
    assert leases(client, grid, "?coded=privileged:yes") == ["2"]
    assert leases(client, grid, "?coded=none&sort=2") == ["3", "1", "4"]
    assert leases(client, grid, "?coded=nonsense") == ["1", "2", "3", "4"]
    coded = client.get(reverse("grid", args=[grid.pk])).content.decode()
    assert ">Coding <" in coded
    assert re.findall(r'<td class="codes"><span class="tag">([^<]+)', coded) == ["Privileged"]
    kept = {"name": "Privileged", "coded": "privileged:yes", "find": "lease", "sort": "-2"}
    client.post(reverse("save_view", args=[grid.pk]), kept)
    assert leases(client, grid, f"?{grid.views.get().query}") == ["2"]
    assert leases(client, grid, "?sort=-2&find=lease")[:1] != ["2"]


def test_a_column_of_choices_offers_them_where_it_is_corrected(empty: World, enter: Enter) -> None:
    document, actor = add_document(empty.matter, "Lease.pdf"), Actor(empty.reviewer)
    asked = [Asked("Side", "Whose paper is it?", "choice", choices=("Ours", "Theirs"))]
    version = save_set(empty.matter, "Sides", asked, actor=actor)
    grid = grids.create_grid(empty.matter, "Sides", version, actor=actor)
    grids.run(grid, actor=actor)
    question = grid.columns.get().question
    assert question is not None
    finish(question, finding(document, GOVERNED, text="Ashworth"))
    cell, client = question.answers.get(), enter(empty.reviewer)
    form = client.get(reverse("cell", args=[cell.pk])).content.decode()
    assert re.findall(r"<option[^>]*>([^<]+)", form[form.index('id="id_correct"') :]) == [
        "Choose",
        "Ours",
        "Theirs",
    ]
    where, sent = reverse("decide", args=[cell.pk]), {"kind": "correct", "seen": "0"}
    refused = client.post(where, sent | {"text": "Nobody's"})
    assert refused.status_code == 422 and "Choose one of the values" in refused.content.decode()
    assert client.post(where, sent | {"text": "Theirs"}).status_code == 302


def test_what_is_done_in_a_grid_leads_back_to_what_was_looked_at(empty: World, enter: Enter) -> None:
    grid, client = grid_of(empty), enter(empty.reviewer)
    where, look = reverse("grid", args=[grid.pk]), "sort=1&find=lease&part=1"
    body = client.get(f"{where}?find=lease&sort=1").content.decode()
    assert body.count(f'name="look" value="{look.replace("&", "&amp;")}"') == 4
    cell = Answer.objects.get(question__text="When does it end?", document__name="Lease 2.pdf")
    decide(cell, Said("accept", 0), actor=Actor(empty.admin))
    rest = reverse("verify_row", args=[grid.pk, cell.document_id])
    done = client.post(rest, {"look": look}, follow=True)
    assert done.redirect_chain == [(f"{where}?{look}", 302)]
    assert "1 answer accepted in this row." in done.content.decode()
    for name, sent in (
        ("run_grid", {"do": "run"}),
        ("assign", {}),
        ("add_column", {"wording": "Who signs?"}),
    ):
        leads = client.post(reverse(name, args=[grid.pk]), sent | {"look": look}).headers["Location"]
        assert leads == f"{where}?{look}"
    leads = client.post(rest, {"look": "//elsewhere\n"}).headers["Location"]
    assert leads.startswith(f"{where}?%2F%2Felsewhere")
    client.post(reverse("save_view", args=[grid.pk]), {"name": "Open", "show": "unreviewed", "coded": "none"})
    view = grid.views.get()
    assert view.query == "show=unreviewed&coded=none"
    gone = client.post(reverse("delete_view", args=[view.pk]), {"look": look})
    assert gone.headers["Location"] == f"{where}?{look}" and not grid.views.exists()


def test_only_cells_that_changed_are_sent(empty: World, enter: Enter) -> None:
    grid, client = grid_of(empty), enter(empty.reviewer)
    Answer.objects.update(created_at="2020-01-01T00:00:00Z", finished_at="2020-01-01T00:00:00Z")

    def live() -> str:
        body = client.get(reverse("grid", args=[grid.pk])).content.decode()
        found = re.search(r'hx-get="([^"]+/live/[^"]+)"', body)
        assert found
        return found[1].replace("&amp;", "&")

    address = live()
    assert client.get(address).status_code == 204
    cell = Answer.objects.get(question__text="When does it end?", document__name="Lease 2.pdf")
    decide(cell, Said("accept", 0), actor=Actor(empty.admin))
    changed = client.get(address)
    assert re.findall(r'<td id="c(\d)-([^"]+)"', changed.content.decode()) == [("2", str(cell.document_id))]
    rest = reverse("verify_row", args=[grid.pk, cell.document_id])
    assert rest in changed.content.decode()
    assert client.get(live()).status_code == 204
    address = live()
    client.post(rest)
    changed = client.get(address)
    assert (
        f'id="rest-{cell.document_id}"' in changed.content.decode() and rest not in changed.content.decode()
    )
    body = client.get(reverse("grid", args=[grid.pk])).content.decode()
    assert rest not in body and body.count("/verify/") == len(LAWS) - 1
    asked = [Asked("Rent", "What is the rent?")]
    later = grids.create_grid(
        empty.matter,
        "Rents",
        save_set(empty.matter, "Rents", asked, actor=Actor(empty.admin)),
        actor=Actor(empty.admin),
    )
    assert "/verify/" not in client.get(reverse("grid", args=[later.pk])).content.decode()


def test_a_page_asks_the_database_as_often_for_many_cells_as_for_few(empty: World, enter: Enter) -> None:
    grid, client = grid_of(empty), enter(empty.reviewer)

    def queries(query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("grid", args=[grid.pk]) + query).status_code == 200
        return len(captured)

    every = ("", "?sort=1&group=1&show=unreviewed")
    before = [queries(query) for query in every]
    for number in range(5, 25):
        document = add_document(empty.matter, f"Lease {number}.pdf")
        for column in grid.columns.select_related("question"):
            assert column.question is not None
            Answer.objects.create(
                question=column.question, document=document, order=number, state="check", text="x"
            )
    assert [queries(query) for query in every] == before
    assert max(before) <= 30


def test_a_conflict_shows_both_decisions_and_keeps_what_was_written(empty: World, enter: Enter) -> None:
    grid_of(empty)
    cell = Answer.objects.get(question__text="When does it end?", document__name="Lease 2.pdf")
    decide(cell, Said("reject", 0, reason="Another lease."), actor=Actor(empty.admin))
    where = reverse("decide", args=[cell.pk])
    sent = {"kind": "correct", "text": "2027-01-01", "seen": "0"}
    response = enter(empty.reviewer).post(where, sent)
    body = response.content.decode()
    assert response.status_code == 409
    assert "Rejected" in body and "by Ada Okafor" in body
    assert 'value="2027-01-01"' in body and 'name="seen" value="1"' in body
    assert enter(empty.reviewer).post(where, sent | {"seen": "1"}).status_code == 302
    wrong = enter(empty.reviewer).post(where, {"kind": "correct", "text": "soon", "seen": "2"})
    assert wrong.status_code == 422 and "2026-03-31" in wrong.content.decode()


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_grid_is_reviewed_by_keyboard_alone(opened: Open) -> None:
    world = people_and_matter()
    grid = grid_of(world)
    page = opened(world.reviewer).go(reverse("grid", args=[grid.pk]))
    assert page.locator("td.check").count() and page.locator("td.supported").count()
    assert page.evaluate(LEFT_EDGES) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
    page.set_viewport_size({"width": 1280, "height": 800})
    focused = page.locator("*:focus")
    page.locator("#grid-table td[id] a").first.focus()
    page.keyboard.press("j")
    page.keyboard.press("l")
    expect(focused).to_contain_text("December 31, 2031")
    page.keyboard.press("a")
    expect(page.locator("td.accept")).to_have_count(1)
    expect(focused).to_contain_text("December 31, 2031, accepted")
    page.keyboard.press("h")
    page.keyboard.press("k")
    expect(focused).to_contain_text("Delaware")
    page.keyboard.press("Enter")
    drawer = page.locator("#drawer")
    expect(drawer.locator(".said")).to_have_text("Delaware")
    page.keyboard.press("]")
    expect(drawer.locator(".quote.now")).to_contain_text("Commonwealth")
    page.keyboard.press("c")
    page.keyboard.type("Massachusetts")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(drawer.locator(".said")).to_have_text("Massachusetts")
    page.keyboard.press("j")
    expect(drawer.locator(".said")).to_have_text("Maine")
    page.keyboard.press("r")
    page.keyboard.type("Of another lease")
    page.keyboard.press("Enter")
    expect(drawer.locator(".judged")).to_contain_text("Rejected")
    expect(focused).to_have_id("drawer-close")
    page.keyboard.press("u")
    expect(drawer.locator(".judged")).not_to_contain_text("Rejected")
    expect(focused).to_have_id("drawer-close")
    page.keyboard.press("c")
    page.keyboard.type("Vermont")
    page.keyboard.press("Enter")
    expect(drawer.locator(".said")).to_have_text("Vermont")
    expect(focused).to_have_id("drawer-close")
    page.keyboard.press("r")
    page.keyboard.type("Of another lease")
    page.keyboard.press("Enter")
    expect(drawer.locator(".judged")).to_contain_text("Rejected")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(focused).to_contain_text("Maine, rejected")
    kinds = sorted(Decision.objects.values_list("kind", flat=True))
    assert kinds == ["accept", "correct", "correct", "reject", "reject", "undo"]
    _conflict(page, world)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(page.url.split("/grids/")[0] + reverse("quality", args=[world.matter.pk]))
    words = page.locator(".plotframe > span")
    assert words.count() >= 3 and not page.locator(".plotframe text").count()
    assert min(words.evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")) >= 14
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0


def _conflict(page: Page, world: World) -> None:
    """Somebody else decides about the cell that is looked at: the key opens both decisions."""
    cell = Answer.objects.get(question__text="Which law governs?", document__name="Lease 3.pdf")
    page.keyboard.press("j")
    expect(page.locator("*:focus")).to_contain_text("Delaware")
    decide(cell, Said("correct", 0, text="Vermont"), actor=Actor(world.admin))
    page.keyboard.press("a")
    expect(page.locator("[data-refused='decision-conflict']")).to_contain_text("Vermont")
    expect(page.locator("#drawer")).to_be_visible()
