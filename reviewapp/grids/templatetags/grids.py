"""Cells of grids, written in Python: a page has thousands, each too small for a template of its own."""

from django import template
from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from reviewapp.frame import words_grids
from reviewapp.frame.words import Label
from reviewapp.frame.words_answers import condition_words
from reviewapp.frame.words_numbers import count_words
from reviewapp.grids.table import Cell, Row
from reviewapp.reviews.codes import FIXED
from reviewapp.reviews.models import Code

register = template.Library()
#: The address of a cell, cut where its id stands.
_NOWHERE = "00000000-0000-0000-0000-000000000000"


@register.simple_tag
def row_cells(row: Row) -> SafeString:
    """The cells of a row."""
    before, after = reverse("cell", args=[_NOWHERE]).split(_NOWHERE)
    return mark_safe("".join(_cell(cell, before, after) for cell in row.cells))  # noqa: S308  escaped below


@register.simple_tag
def changed_cell(cell: Cell) -> SafeString:
    """A cell that takes the place of the one that the page shows."""
    before, after = reverse("cell", args=[_NOWHERE]).split(_NOWHERE)
    return mark_safe(_cell(cell, before, after, ' hx-swap-oob="true"'))  # noqa: S308  escaped below


def _cell(cell: Cell, before: str, after: str, swap: str = "") -> str:
    """The cell's markup. What comes from documents and people is escaped here and nowhere else."""
    shown = escape(cell.text) or words_grids.EMPTY.get(cell.state, "")
    if cell.condition:
        shown = f'{shown}<small class="condition">, {escape(condition_words(cell.condition))}</small>'
    kind = " ".join(filter(None, [cell.decided or cell.state or "idle", "outside" if cell.outside else ""]))
    where = f'<td id="c{cell.column}-{cell.document}" class="{kind}"{swap}>'
    if cell.answer is None or cell.state == "waiting":
        return f"{where}{shown}</td>"
    sign, said = words_grids.DECIDED.get(cell.decided) or words_grids.SIGNS[cell.state]
    more = [said]
    more += ["confirmed"] if cell.confirmed else []
    more += ["other answers differ"] if cell.differs else []
    more += [count_words(cell.comments, "comment")] if cell.comments else []
    spoken = ", ".join(filter(None, more))
    sign += "●" if cell.confirmed else ""
    sign += "≠" if cell.differs else ""
    sign += "✉" if cell.comments else ""
    signs = f'<b aria-hidden="true">{sign}</b>' if sign else ""
    hidden = f'<span class="visually-hidden">, {spoken}</span>' if spoken else ""
    link = f'<a href="{before}{cell.answer}{after}" data-seen="{cell.seen}">{shown}{hidden}</a>'
    return f"{where}{signs}{link}</td>"


@register.simple_tag
def decision_tag(kind: str) -> SafeString:
    """What was decided about a cell, in words with an icon."""
    from reviewapp.frame.templatetags.nightbrief import icon

    label: Label | None = words_grids.DECISIONS.get(kind)
    if label is None:
        return format_html('<span class="tag">{}</span>', kind)
    return format_html('<span class="tag {}">{} {}</span>', label.tone, icon(label.icon), label.words)


@register.filter
def column_state(done: int, total: int) -> str:
    """How many of a column's cells are answered, where not all are."""
    return "" if not total or done >= total else f"{done:,} of {total:,}"


@register.filter
def short(text: str) -> str:
    """The beginning of a text."""
    return truncatechars(text, 60)


@register.filter
def code_words(code: Code) -> str:
    """What a code of a document is called."""
    if code.issue is not None:
        return code.issue.name
    return next((option.words for option in FIXED if option.name == f"{code.field}:{code.value}"), code.value)
