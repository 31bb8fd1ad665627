"""What plots of the memory lab show: where things pay, round scales, and words that lie upon nothing."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Dialog, Page, expect

from reviewapp.lab.axes import Axis, even_ticks, log_ticks
from reviewapp.lab.models import Comparison
from reviewapp.lab.plots import plots_of
from reviewapp.lab.tables import paying_of
from tests.pages.comparisons import GIVES, measured
from tests.pages.conftest import Open
from tests.pages.world import World, add_document, people_and_matter

#: Ways that nearly all stand in one corner: milliseconds of a question, and right answers.
CROWDED = {
    "state_n1": (110, 8.9), "state_n2": (118, 8.9), "state_n4": (171, 2.2), "retrieval": (297, 88.9),
    "compaction": (149, 15.6), "compacted_kv": (104, 6.7), "attention": (608, 88.9), "product": (286, 91.1),
    "no_context": (73, 0.0), "shuffled_state": (112, 0.0),
}  # fmt: skip
#: What lies in the plot as the browser draws it: words, then dots, each as [left, top, right, foot].
DRAWN = """plot => ["text", "circle"].map(kind => [...plot.querySelectorAll(kind)].map(each => {
    const { x, y, width, height } = each.getBBox();
    return [x, y, x + width, y + height, each.textContent];
}))"""

PIERCED = """plot => [...plot.querySelectorAll("path.leader")].flatMap(leader => {
    const length = leader.getTotalLength(), from = leader.getPointAtLength(0);
    const steps = [...Array(101).keys()].map(step => leader.getPointAtLength(length * step / 100));
    const away = (dot, place) => Math.hypot(dot.cx.baseVal.value - place.x, dot.cy.baseVal.value - place.y);
    return [...plot.querySelectorAll("circle")].filter(
        dot => away(dot, from) > 4 && steps.some(place => away(dot, place) < 4));
}).length"""


def crowded(documents: int, **more: Any) -> dict[str, Any]:
    """Figures of ways that stand close together, over so many documents."""
    figures: dict[str, Any] = {"documents": documents, "questions": 88, "by_length": {}}
    for way, (ms, right) in CROWDED.items():
        figures |= {
            f"{way}_question_ms": ms, f"{way}_values_right": right, f"{way}_build_s": GIVES[way][1],
            f"{way}_values_right_interval": [max(0.0, right - 9), min(100.0, right + 12)],
        }  # fmt: skip
    apart = {way: {"right": value, "n": 20} for way, (_, value) in CROWDED.items()}
    return figures | {"by_length": {"short": apart, "middle": apart}} | more


def test_a_plot_shows_where_something_pays_and_tells_the_costs_as_a_table(empty: World) -> None:
    for name in ("One.pdf", "Two.pdf"):
        add_document(empty.matter, name)
    figures = measured(empty, "One", "Two").figures
    plots = plots_of(figures)
    assert [len(plot.lines) for plot in plots] == [0, 5, 5]
    # making it costs 2.8 s more, a question 0.24 s less
    assert round(figures["product_break_even_vs_attention"], 1) == 11.7
    assert plots[1].mark is not None and plots[1].says.endswith(
        "against reading it whole: after 12 questions."
    )
    # both lines, by the means of the table, cross at the mark
    product, whole = (
        [tuple(map(float, end.split(","))) for end in plots[1].lines[n][1].split()] for n in (0, 3)
    )
    (left, y), (right, below) = product
    across = (y - whole[0][1]) / ((whole[1][1] - below) - (whole[0][1] - y))
    assert abs(left + (right - left) * across - plots[1].mark) < 2
    # 2.8 s to make it, and 0.42 s a question
    costs = {line.words: [(head, said) for head, said, _ in line.cells] for line in plots[1].costs}
    assert costs["the product"][:2] == [("0 questions", "2.8 s"), ("10 questions", "7.0 s")]


def test_intervals_are_drawn_over_enough_documents_and_never_is_told_once() -> None:
    few, enough = plots_of(crowded(9)), plots_of(crowded(10))
    assert not few[0].whiskers and "Whiskers" not in few[0].says
    assert len(enough[0].whiskers) == len(CROWDED) and "Whiskers are 95 % intervals" in enough[0].says
    name = "product_break_even_vs_attention"
    for figures, drawn, told in (
        ({name: 7.7, f"{name}_interval": [7.0, 8.6]}, "after 8 questions (95 %: 7 to 9, shaded)", "7.7 (7.0 to 8.6)"),
        ({name: 7.7, f"{name}_interval": [7.0, None]}, "7 or more, shaded)", "7.7 (7.0 or more, perhaps never)"),
        ({name: None, f"{name}_interval": [122.0, None]}, "has not paid", "never (122 or more)"),
        ({name: None, f"{name}_interval": [None, None]}, "has not paid", "never"),
        ({name: 1115.3, f"{name}_interval": None}, "pays against reading it whole only after 1,115", "1,115"),
    ):  # fmt: skip
        assert drawn in plots_of(crowded(10, **figures))[1].says, drawn
        (line,) = paying_of(crowded(10, **figures))
        assert line.cells[0][1] == told
    # of fewer documents there is none, whatever was written down
    (line,) = paying_of(crowded(9, **{name: 7.7, f"{name}_interval": [7.0, 8.6]}))
    assert line.cells[0][1] == "7.7"


def test_scales_have_round_ticks_around_what_they_show() -> None:
    assert log_ticks(73, 608) == [50, 100, 200, 500, 1000]
    assert log_ticks(100, 100) == [100, 200]
    assert even_ticks(14.99, 6) == [0, 5, 10, 15] and even_ticks(500, 6) == [0, 100, 200, 300, 400, 500]
    assert even_ticks(0.07, 6) == [0, 0.02, 0.04, 0.06, 0.08] and even_ticks(0, 6) == [0, 1]
    axis = Axis(log_ticks(10, 1000), 0, 100, is_log=True)
    assert [axis.place(value) for value in (1, 10, 100, 1000)] == [0, 0, 50, 100]
    accuracy, cost, length = plots_of(crowded(10))
    assert [words for _, words in accuracy.up] == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    assert [words for _, words in accuracy.across] == ["50 ms", "100 ms", "200 ms", "500 ms", "1 s"]
    assert (
        "logarithmic" in accuracy.along
        and cost.up[0][1] == "0 s"
        and cost.along == "questions of one document"
    )
    assert [words for _, words in length.across] == ["under 20,000 characters", "20,000 to 60,000 characters"]


def upon_one_another(page: Page) -> list[tuple[str, str]]:
    """Words of the plots that lie upon other words or upon a dot."""
    found = []
    for plot in page.locator("svg.plot.lab").all():
        words, dots = plot.evaluate(DRAWN)
        for at, (left, top, right, foot, said) in enumerate(words):
            for other in (*words[at + 1 :], *dots):
                if left < other[2] and other[0] < right and top < other[3] and other[1] < foot:
                    found.append((said, other[4] or "a dot"))
    return found


def pierced(page: Page) -> int:
    """How many dots of the plot of right answers lie upon a line that leads to the words of another."""
    return int(page.locator("svg.plot.lab").first.evaluate(PIERCED))


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_words_lie_upon_nothing_and_a_phone_has_a_short_page(opened: Open) -> None:
    world = people_and_matter()
    add_document(world.matter, "One.pdf")
    comparison = measured(world, "One")
    visitor = opened(world.admin)
    pays = {"product_break_even_vs_attention": 7.7, "product_break_even_vs_retrieval": 900.0}
    for documents in (9, 10):
        Comparison.objects.filter(pk=comparison.pk).update(figures=crowded(documents, **pays))
        page = visitor.go(reverse("comparison", args=[comparison.pk]))
        assert page.locator("svg.plot.lab").count() == 3 and upon_one_another(page) == []
        assert page.locator("svg.plot.lab").first.locator("path.leader").count() and not pierced(page)
    hint = page.get_by_text("Wider than this screen: move it sideways.")
    expect(hint.first).to_be_hidden()
    page.set_viewport_size({"width": 400, "height": 800})
    expect(hint.first).to_be_visible()
    expect(page.get_by_role("heading", name="Making has paid after so many questions")).to_be_visible()
    expect(page.get_by_text("control: nothing was read").first).to_be_hidden()
    page.get_by_text("Controls: 2").click()
    expect(page.get_by_text("control: nothing was read").first).to_be_visible()
    page.get_by_text("Seconds so far against questions of one document, as a table").click()
    expect(page.get_by_role("cell", name="2.8 s").first).to_be_visible()


@pytest.mark.browser
@pytest.mark.timeout(600)
def test_a_comparison_is_removed_only_by_who_says_so_twice(opened: Open) -> None:
    world = people_and_matter()
    add_document(world.matter, "One.pdf")
    comparison = measured(world, "One")
    visitor = opened(world.admin)
    page = visitor.go(reverse("comparison", args=[comparison.pk]))
    page.remove_listener("dialog", visitor.note_dialog)
    asked: list[str] = []

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", refuse)
    page.get_by_role("button", name="Remove this comparison").click()
    assert asked == ["Remove this comparison with all that it measured?"] and Comparison.objects.exists()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove this comparison").click()
    expect(page.get_by_text("The comparison was removed.")).to_be_visible()
    assert not Comparison.objects.exists()
