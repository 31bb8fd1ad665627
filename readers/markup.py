"""TXT, Markdown and HTML."""

import base64
import binascii
import codecs
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import IO

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.dammit import EncodingDetector
from charset_normalizer.version import __version__ as charset_version
from lxml import etree
from soupsieve import SelectorSyntaxError

from readers.markup_lines import lines_of
from readers.result import (
    ACCEPTED,
    CHANGES,
    DAMAGED,
    HIDDEN,
    READING,
    UNREAD,
    WHOLE,
    Limits,
    Note,
    Parsed,
    Refused,
)
from readers.text import check_pages, clean, decode, paginate
from readers.within import Pictures
from readers.word.numbering import FORMATS

TEXT_TYPE = "text/plain"
MARKDOWN_TYPE = "text/markdown"
HTML_TYPE = "text/html"
TEXT_VERSION = f"text-1 charset-normalizer-{charset_version}"
XML_TYPE = "text/xml"
XML_VERSION = f"xml-1 lxml-{etree.__version__}"
HTML_VERSION = f"html-3 beautifulsoup4-{version('beautifulsoup4')} lxml-{etree.__version__}"

_EMPTY = "The file holds no text. Upload the file that does."
_MADE = "A script makes the page when a browser opens it; the file holds no text. Print it to PDF and upload that."
_HIDDEN = frozenset("script style noscript noframes template head iframe".split())
_PICTURE = re.compile(rb"data:image/[a-z.+-]+;base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_PRINT = re.compile(r"@media\s+print\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_UNSEEN = re.compile(
    r"(?:^|[;\s])(?:max-)?height\s*:\s*0(?:px|em|pt)?\s*(?:;|$).*overflow\s*:\s*hidden|"
    r"overflow\s*:\s*hidden.*;\s*(?:max-)?height\s*:\s*0(?:px|em|pt)?\s*(?:;|$)|"
    r"(?<![-\w])color\s*:\s*transparent|display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d]*[1-9])|"
    r"(?:left|top|right|text-indent|margin-left)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0|"
    r"opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)",
    re.IGNORECASE,
)
_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?\b|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255)", re.IGNORECASE
)
_LISTS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WRITTEN = re.compile(r"content\s*:\s*[\"'][^\"'\\]*\w\w")
_CHANGED = ["ins", "del", "s", "strike"]
_MOST_FRAMES = 3
# NB: a page that lacks the mark of its end is whole by the rules of HTML.
_CUT_OFF = re.compile(rb"</?[a-zA-Z][^<>]*\s*\Z")


def read_text(file: IO[bytes], limits: Limits, media_type: str = TEXT_TYPE) -> Parsed:
    """Text as it is; a form feed starts a page. Raises Refused with no_text, unsupported or too_large."""
    text = decode(file.read())
    parts = [clean(part).strip("\n") for part in text.split("\f")]
    pages = tuple(parts) if len(parts) > 1 else paginate(clean(text).strip("\n"), limits)
    check_pages(pages, limits, least=1, when_empty=_EMPTY)
    return Parsed(ACCEPTED, "", media_type, TEXT_VERSION, pages)


def read_html(file: IO[bytes], limits: Limits) -> Parsed:
    """The text a browser would show. Raises Refused with no_text or too_large."""
    data = file.read()
    text, notes = html_shown(data)
    pictures = Pictures(limits)
    pages = paginate(
        "\n".join([text, *pictures.lines(map(_unpacked, _PICTURE.findall(data)))]).strip("\n"), limits
    )
    made = _MADE if b"<script" in data.lower() else _EMPTY
    lost = next((note.text for note in notes if note.kind == UNREAD), made)
    with pictures.refusing():
        check_pages(pages, limits, least=1, when_empty=lost)
    if _CUT_OFF.search(data):
        notes.append(Note(UNREAD, f"The page ends in the middle of a mark. {WHOLE}"))
    return Parsed(
        ACCEPTED,
        "",
        HTML_TYPE,
        pictures.version(HTML_VERSION),
        pages,
        notes=(*notes, *pictures.notes()),
        wants_ocr=pictures.wants_ocr,
        languages=pictures.languages(pages),
    )


def read_xml(file: IO[bytes], limits: Limits) -> Parsed:
    """The text between the marks of XML of any kind. Raises Refused with damaged, no_text or too_large."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
    root = etree.fromstring(file.read(), parser)
    if root is None:
        raise Refused(DAMAGED, "The XML file is broken. Save it again and upload that.")
    lines = (" ".join(str(text).split()) for text in root.itertext())
    pages = paginate(clean("\n".join(filter(None, lines))), limits)
    check_pages(pages, limits, least=1, when_empty=_EMPTY)
    notes = [Note(READING, "This is XML: the text between its marks is read, in their order.")]
    if parser.error_log.filter_from_fatals():
        notes.append(Note(UNREAD, f"The XML is broken, or its end is missing. {WHOLE}"))
    return Parsed(ACCEPTED, "", XML_TYPE, XML_VERSION, pages, notes=tuple(notes))


def _unpacked(packed: bytes) -> bytes | None:
    """The bytes of a picture that is written into the page."""
    try:
        return base64.b64decode(packed)
    except binascii.Error:
        return None


def html_shown(data: bytes | str, depth: int = 0) -> tuple[str, list[Note]]:
    """The visible text of HTML, blocks on lines of their own and table cells apart by a tab; and what people have to
    know beside it.
    """
    soup = BeautifulSoup(_readable(data), "lxml")
    notes = list(_beside(soup, _remove_hidden(soup)))
    for frame in soup.find_all("iframe", srcdoc=True) if depth < _MOST_FRAMES else ():
        frame.replace_with(NavigableString(f" {html_shown(str(frame['srcdoc']), depth + 1)[0]} "))
    _number(soup)
    for tag in soup.find_all(_HIDDEN):
        tag.decompose()
    _fill_in(soup)
    return clean("\n".join(lines_of(soup))).strip("\n"), notes


def _readable(data: bytes | str) -> bytes | str:
    """HTML as it is, or as text where its bytes are not in the encoding that it names."""
    declared = None if isinstance(data, str) else EncodingDetector.find_declared_encoding(data, is_html=True)
    if declared is None or isinstance(data, str):
        return data
    try:
        data.decode(declared)
    except (LookupError, ValueError):
        return data if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else decode(data)
    return data


def _beside(soup: BeautifulSoup, hidden: int) -> Iterator[Note]:
    if hidden:
        places = "in one place" if hidden == 1 else f"in {hidden} places"
        yield Note(HIDDEN, f"The page has hidden text {places}, which no browser shows. It is left out.")
    _show_instead(soup)
    if soup.find(["frame", "iframe", "embed"], src=True) or soup.find("div", data=True):
        yield Note(
            UNREAD, "The page shows other pages in frames, which are not in the file. Print it to PDF."
        )
    outside = sum(
        not str(tag.get("src") or "data:").startswith(("data:", "cid:")) for tag in soup.find_all("img")
    )
    if outside:
        what = (
            "1 picture that the page shows is"
            if outside == 1
            else f"{outside} pictures that the page shows are"
        )
        yield Note(READING, f"{what} not in the file and not read.")
    if any(_WRITTEN.search(style.get_text()) for style in soup.find_all("style")):
        yield Note(
            UNREAD, "The page shows words that only its styles write. They are left out. Print it to PDF."
        )
    changed = [tag for tag in soup.find_all(_CHANGED) if tag.get_text().strip()]
    if changed:
        for tag in changed:
            tag.insert_after(NavigableString(" "))
        yield Note(CHANGES, "The page has text struck out or put in as changes. All of it is in the text.")


def _show_instead(soup: BeautifulSoup) -> None:
    """Put in what a browser shows in the place of pictures and objects that are not in the file."""
    for tag in soup.find_all("img", alt=True):
        if not str(tag.get("src") or "").startswith(("data:", "cid:")) and str(tag["alt"]).strip():
            tag.insert_after(NavigableString(f" {tag['alt']} "))
    for tag in soup.find_all("object"):
        tag.name = "div"


def _number(soup: BeautifulSoup) -> None:
    """Put the numbers before the items of lists that a browser shows there."""
    for listed in soup.find_all("ol"):
        if "none" in str(listed.get("style") or ""):
            continue
        shown = FORMATS[_LISTS.get(str(listed.get("type") or "1"), "decimal")]
        number = _integer(listed.get("start"), 1)
        for item in listed.find_all("li", recursive=False):
            number = _integer(item.get("value"), number)
            item.insert(0, NavigableString(f"{shown(number)}. "))
            number += 1


def _integer(value: object, usual: int) -> int:
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and len(text) < 7 else usual


def _remove_hidden(soup: BeautifulSoup) -> int:
    """Take out what styles and attributes hide; how many places had text."""
    unseen = {id(tag) for selector in _selectors(soup) for tag in _chosen_by(soup, selector)}
    count = 0
    for tag in soup.find_all(True):
        if tag.decomposed or not (id(tag) in unseen or _is_hidden(tag)):
            continue
        count += bool(tag.get_text().strip())
        tag.decompose()
    return count


def _selectors(soup: BeautifulSoup) -> Iterator[str]:
    """The selectors of styles that hide what they choose on a screen."""
    for style in soup.find_all("style"):
        rules = _COMMENT.sub("", _PRINT.sub("", style.get_text()))
        yield from (selectors.strip() for selectors, rule in _RULE.findall(rules) if _UNSEEN.search(rule))


def _chosen_by(soup: BeautifulSoup, selector: str) -> list[Tag]:
    # NB: what comes before a rule in a broken style, or is newer than the library, chooses nothing.
    try:
        return list(soup.select(selector))
    except (SelectorSyntaxError, NotImplementedError, ValueError):
        return []


def _is_hidden(tag: Tag) -> bool:
    style = str(tag.get("style") or "")
    if tag.name == "font":
        style += f";color:{tag.get('color') or ''}"
    if tag.has_attr("hidden") or (tag.name == "dialog" and not tag.has_attr("open")):
        return True
    return bool(_UNSEEN.search(style) or (_WHITE.search(style) and not _has_ground(tag)))


def _has_ground(tag: Tag) -> bool:
    """Whether something may colour the ground that text stands on."""
    return any(
        one.has_attr("bgcolor") or one.has_attr("background") or "background" in str(one.get("style") or "")
        for one in (tag, *tag.parents)
    ) or any(
        "background" in style.get_text()
        for style in (tag.find_parents("html") or [tag])[-1].find_all("style")
    )


def _fill_in(soup: BeautifulSoup) -> None:
    """Put what is typed and ticked in a form in its place, as a browser shows it."""
    for field in soup.find_all(["input", "select"]):
        text = _chosen(field) if field.name == "select" else _typed(field)
        field.replace_with(NavigableString(f" {text} " if text else " "))


def _typed(field: Tag) -> str:
    kind = str(field.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☒" if field.has_attr("checked") else "☐"
    return "" if kind in ("hidden", "password", "image", "file") else str(field.get("value") or "")


def _chosen(field: Tag) -> str:
    options = field.find_all("option")
    chosen = [option for option in options if option.has_attr("selected")] or options[:1]
    return ", ".join(" ".join(option.get_text().split()) for option in chosen)
