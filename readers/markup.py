"""TXT, Markdown and HTML."""

import re
from importlib.metadata import version
from typing import IO

from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from charset_normalizer.version import __version__ as charset_version
from lxml import etree

from readers.result import ACCEPTED, Limits, Parsed
from readers.text import check_pages, clean, decode, paginate

TEXT_TYPE = "text/plain"
MARKDOWN_TYPE = "text/markdown"
HTML_TYPE = "text/html"
TEXT_VERSION = f"text-1 charset-normalizer-{charset_version}"
HTML_VERSION = f"html-1 beautifulsoup4-{version('beautifulsoup4')} lxml-{etree.__version__}"

_EMPTY = "The file holds no text. Upload the file that does."
_HIDDEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object"})
_BLOCKS = frozenset(
    """address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hr html legend li main nav ol p pre section table tbody td tfoot th thead title tr
    ul""".split()
)
_CELLS = frozenset({"td", "th"})
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")


def read_text(file: IO[bytes], limits: Limits, media_type: str = TEXT_TYPE) -> Parsed:
    """Text as it is; a form feed starts a page. Raises Refused with no_text, unsupported or too_large."""
    text = decode(file.read())
    parts = [clean(part).strip("\n") for part in text.split("\f")]
    pages = tuple(parts) if len(parts) > 1 else paginate(clean(text).strip("\n"), limits)
    check_pages(pages, limits, least=1, when_empty=_EMPTY)
    return Parsed(ACCEPTED, "", media_type, TEXT_VERSION, pages)


def read_html(file: IO[bytes], limits: Limits) -> Parsed:
    """The text a browser would show. Raises Refused with no_text or too_large."""
    pages = paginate(html_text(file.read()), limits)
    check_pages(pages, limits, least=1, when_empty=_EMPTY)
    return Parsed(ACCEPTED, "", HTML_TYPE, HTML_VERSION, pages)


def html_text(data: bytes | str) -> str:
    """Visible text of HTML; blocks on lines of their own, table cells apart by a tab."""
    soup = BeautifulSoup(data, "lxml")
    for tag in soup.find_all(_HIDDEN):
        tag.decompose()
    lines: list[str] = []
    line: list[str] = []
    for node in soup.descendants:
        if isinstance(node, Tag):
            _start(node, lines, line)
        elif isinstance(node, Comment) or type(node) is not NavigableString:
            continue
        else:
            _add(node, lines, line)
    _break(lines, line)
    return clean("\n".join(lines)).strip("\n")


def _start(tag: Tag, lines: list[str], line: list[str]) -> None:
    if tag.name in _CELLS and tag.find_previous_sibling(list(_CELLS)):
        line.append("\t")
    elif tag.name == "br" or (tag.name in _BLOCKS and tag.name not in _CELLS and not _in_cell(tag)):
        _break(lines, line)


def _in_cell(tag: Tag) -> bool:
    return tag.name not in {"tr", "table"} and tag.find_parent(list(_CELLS)) is not None


def _add(text: NavigableString, lines: list[str], line: list[str]) -> None:
    # NB: text after a block's end tag starts a new line too; its previous sibling tells.
    previous = text.previous_sibling
    if isinstance(previous, Tag) and previous.name in _BLOCKS and previous.name not in _CELLS:
        _break(lines, line)
    if text.find_parent("pre"):
        first, *rest = str(text).split("\n")
        line.append(first)
        for part in rest:
            _break(lines, line)
            line.append(part)
        return
    line.append(_SPACES.sub(" ", str(text)))


def _break(lines: list[str], line: list[str]) -> None:
    joined = "".join(line).rstrip().removeprefix(" ")
    if joined:
        lines.append(joined)
    line.clear()
