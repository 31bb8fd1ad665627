"""Template tags and filters of all pages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from reviewapp.frame import words, words_answers, words_documents, words_languages, words_numbers
from reviewapp.frame.icons import PATHS
from reviewapp.frame.marking import LEFT_OUT, Piece, Range
from reviewapp.frame.wrapping import quoted

register = template.Library()
register.filter("about", words_numbers.duration_about)
register.filter("time_left", words_numbers.time_left_words)
register.filter("duration", words_numbers.duration_words)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon; always beside words, so readers of the page's text are not told of it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        PATHS[name],
    )


def _tag(label: words.Label | None, value: object) -> SafeString:
    if label is None:
        return format_html('<span class="tag">{}</span>', value)
    return format_html('<span class="tag {}">{} {}</span>', label.tone, icon(label.icon), label.words)


@register.simple_tag
def state_tag(status: str) -> SafeString:
    """How far a document is, in words with an icon."""
    return _tag(words.STATES.get(status), status)


@register.simple_tag
def disposition_tag(disposition: str) -> SafeString:
    """What became of a file, in words with an icon."""
    return _tag(words.DISPOSITIONS.get(disposition), disposition)


@register.simple_tag
def note_tag(kind: str) -> SafeString:
    """What a note on a document is about, in words with an icon."""
    return _tag(words.NOTES.get(kind), kind)


@register.simple_tag
def verification_tag(verification: str) -> SafeString:
    """How a quote was verified, in words with an icon."""
    return _tag(words_answers.VERIFICATIONS.get(verification), verification)


@register.simple_tag
def cell_tag(state: str) -> SafeString:
    """What is said of a cell, in words with an icon."""
    return _tag(words_answers.CELLS.get(state), state)


@register.filter
def cell_words(state: str) -> str:
    """What is said of a cell, in words alone."""
    label = words_answers.CELLS.get(state)
    return label.words if label else state


@register.filter
def quote_words(verification: str) -> str:
    """How a quote was found in the text, in few words."""
    return words_answers.QUOTES.get(verification, "not verified")


@register.filter
def found_by_words(found_by: str) -> str:
    """What made an answer."""
    return words_answers.found_by_words(found_by)


@register.filter
def condition_words(condition: str) -> str:
    """The condition of a Yes or No."""
    return words_answers.condition_words(condition)


@register.filter
def others_told(cell: Any) -> list[tuple[str, str]]:
    """The answers that differ from the one that is given, each once, with what made them."""
    return words_answers.others_told(cell.text, cell.others)


@register.filter
def trust_words(state: str) -> str:
    """Which of several answers to trust."""
    return words_answers.OTHERS_TRUST.get(state, "")


@register.simple_tag
def marked(quote: str, ranges: Iterable[Range], left_out: Iterable[Range] = ()) -> SafeString:
    """A quote with what the ranges say marked and running lines left out; its lines break where there is room."""
    return format_html_join("", "{}", ((_shown(piece),) for piece in quoted(quote, ranges, left_out or ())))


@register.simple_tag
def excerpt(quote: str, left_out: Iterable[Range], most: int) -> str:
    """The beginning of a passage, of at most so many characters, with running lines left out."""
    pieces = quoted(quote, (), left_out or ())
    words = "".join(f"{LEFT_OUT} " if piece.left_out else piece.text for piece in pieces)
    return Truncator(breakable(words)).chars(most)


def _shown(piece: Piece) -> str:
    if piece.left_out:
        return format_html(
            '<span class="muted" title="A running header or footer is left out.">{}</span> ', LEFT_OUT
        )
    words = breakable(piece.text)
    return format_html("<mark>{}</mark>", words) if piece.marked else words


@register.filter
def breakable(text: str) -> str:
    """Text of a document whose hard spaces are plain ones: programs that make PDFs put them between all words."""
    return text.replace("\xa0", " ")


@register.filter
def brief_words(value: str) -> str:
    """A value of a brief as people write it: 3 years, USD 5,000,000."""
    return words_numbers.brief_words(value)


@register.filter
def one_line(text: str) -> str:
    """Words that a template has on several lines, on one."""
    return " ".join(text.split())


@register.filter
def field_words(type_: str) -> str:
    """What a field of a brief is called."""
    return words.FIELDS.get(type_, type_)


@register.simple_tag
def job_tag(status: str) -> SafeString:
    """The status of a job, in words with an icon."""
    return _tag(words.JOB_STATUSES.get(status), status)


@register.simple_tag
def matter_tag(matter: Any) -> SafeString:
    """How far a matter of the list is, in words with an icon."""
    closed = matter.archived_at is not None
    return _tag(words.matter_label(matter.document_count, matter.ready_count, closed=closed), "")


@register.filter
def documents_words(matter: Any) -> str:
    """How many documents a matter of the list has, and how many of them are ready."""
    return words.documents_words(matter.document_count, matter.ready_count)


@register.filter
def message_tone(level: str) -> str:
    """The tone of a message of this level."""
    return words.MESSAGES[level].tone


@register.filter
def message_icon(level: str) -> str:
    """The icon of a message of this level."""
    return words.MESSAGES[level].icon


@register.filter
def advice(disposition: str) -> str:
    """What to do about a file; empty when nothing needs doing."""
    return words.ADVICE.get(disposition, "")


@register.filter
def disposition_words(disposition: str) -> str:
    """What became of a file, in a word or two."""
    return words.DISPOSITIONS[disposition].words


@register.filter
def file_kind(media_type: str) -> str:
    """The kind of file, as people call it; the media type where it has no such name."""
    return words_documents.file_kind_words(media_type)


@register.filter
def share_words(share: float) -> str:
    """How much of two texts is the same."""
    return words.share_words(share)


@register.filter
def place_words(quote: dict[str, Any]) -> str:
    """Where a quote of a brief stands."""
    return words_documents.place_words(quote.get("heading", "")[:80], quote["page"])


@register.filter
def stage_words(status: str) -> str:
    """What an answer is at."""
    return words_answers.STAGES.get(status, status)


@register.filter
def examined_words(how: str) -> str:
    """How a document was examined."""
    return words_answers.EXAMINED.get(how, how)


@register.filter
def role_words(role: str) -> str:
    """The role, as people call it."""
    return words.ROLES.get(role, role)


@register.filter
def percent(share: float) -> int:
    """A share from 0 to 1 in whole percent."""
    return round(100 * share)


@register.filter
def grouped(number: int) -> str:
    """A number alone, its thousands apart as in all others."""
    return f"{number:,}"


@register.filter
def counted(number: int, noun: str) -> str:
    """A number and its noun; an irregular plural follows a comma."""
    return words_numbers.count_words(number, noun)


@register.filter
def ready_words(progress: Any) -> str:
    """How many documents of a matter are ready, by its `MatterProgress`."""
    return words.ready_words(progress.ready, progress.documents)


@register.filter
def rest_words(progress: Any) -> str:
    """How long a matter's consolidation will take still, by its `MatterProgress`."""
    return words.rest_words(progress.is_under_way, progress.seconds_left)


@register.filter
def read_words(counts: Any) -> str:
    """How many files of an upload have been read, by its `ItemCounts`."""
    return words.read_words(counts.done, counts.total)


@register.filter
def files_told(counts: Any) -> str:
    """What is read out about the files of an upload, by its `ItemCounts`."""
    return words.files_told(
        done=counts.done,
        total=counts.total,
        accepted=counts.accepted,
        duplicates=counts.duplicates,
        problems=counts.problems,
    )


@register.filter
def state_words(state: Any) -> str:
    """What a ready state was made of and takes."""
    return words.state_words(state.windows, state.seconds, state.bytes)


@register.filter
def windows_words(job: Any) -> str:
    """How many windows of a document a consolidation job has read."""
    return words.windows_words(job.progress_done, job.progress_total)


@register.filter
def start_words(status: str) -> str:
    """What a button says that has a document consolidated."""
    return words.start_words(status)


@register.filter
def languages(names: str) -> str:
    """Languages that are joined by `+`, in words."""
    return words_languages.languages_words(names)
