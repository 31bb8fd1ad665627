"""Decoding, cleaning and paging of text."""

import codecs
import re
import unicodedata

from charset_normalizer import from_bytes

from readers.result import (
    MIB,
    NO_TEXT,
    TOO_LARGE,
    UNSUPPORTED,
    Limits,
    Refused,
    too_many_pages,
)

PAGE_CHARACTERS = 3000
UNKNOWN_KIND = (
    "This kind of file cannot be read. Upload a PDF, Word (.docx), Excel, PowerPoint, text, HTML or e-mail (.eml, "
    ".msg) file."
)
SAMPLE_BYTES = 65_536
_MOSTLY, _LEAST_ZEROS = 20, 0.03
_USUAL = "cp1252"
_WRITINGS = (
    (("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic"), frozenset("оеаинтсрвлкмдпуыяьгзбчйх")),
    (("cp1253", "iso8859_7"), frozenset("αοιετσςνηυρπκμλδωόίάέήύώθγφχβ")),
)
_SIGNS = "\xa0€§©®™°·•…–—‘’‚“”„«»‹›£±½¼¾×¶†"  # noqa: RUF001
_DOS = "äöüÄÖÜßéèêëàâçîïôùûñåæøÉÇÅÆØÑ§°«»±½¼"
#: A letter in a word of small letters.
_INSIDE = re.compile(r"(?<=[a-z])[^\W\d_](?=[a-z])")
_LATIN = {
    "cp1252": frozenset(_SIGNS + "äöüÄÖÜßéèêëàâçîïíìôóòõúùûñáãåæøÉÈÀÁÇÅÆØÑÓÚŒœ¿¡ÿšžŠŽ"),
    "cp1250": frozenset(_SIGNS + "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäöüßÄÖÜőűŐŰăâîşţĂÂÎŞŢĺľŕô"),
    "cp850": frozenset(_DOS),
    "mac_roman": frozenset(_SIGNS + "äöüÄÖÜßéèêëàâçîïíôóòõúùûñáãåæøÉÈÀÇÅÆØÑŒœ¿¡"),
}
_LEAST_USUAL = 0.95
_LEAST_FREQUENT = 0.75
_JUDGED = 4000
_LEAST_JUDGED = 40
_LEAST_LETTERS = 60
_MOST_ODD = 0.03
_ASCII = re.compile("[!-~]+")
_LETTER = re.compile("[A-Za-z]")
_VOWEL = re.compile("[AEIOUYaeiouy]")
_LEAST_PROSE = 120
_LITTLE_WORDS = frozenset(
    """the of and to in that is by or for on any shall der die das und von zu mit den dem auf für ist de la le les
    et des du que en un une est el las los por para con del il di che della per non het een van dat te op voor os da
    do em na no se nie jest się på av och att är som til er ikke je že ve az és hogy ja ei ovat este şi
    cu""".split()
)
_ODD = frozenset({"Cc", "Co", "Cn", "Cs"})

# NB: with the marks that only say where a line may end; they would part a word that people search for.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\xad\u200b\u2060\ufeff\ufffe\uffff]")
#: Spaces of other widths, and those at which no line may end; some programs write every space so.
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f]")
#: Signs that Unicode holds to be others (canonical singletons); fonts of PDFs write every semicolon as the Greek one.
_SAME = str.maketrans({"\u037e": ";", "\u0387": "\xb7", "\u2126": "\u03a9", "\u212a": "K", "\u212b": "\xc5"})
_CONTROL = re.compile("[\x00-\x07\x0e-\x19\x1c-\x1f]")
_MOST_CONTROL = 0.02
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def clean(text: str) -> str:
    """Text that every database stores: lines end in a newline, one kind of space between words, no control
    characters, no lone surrogates, no marks inside words that show nothing, no second codes of one sign.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _SPACES.sub(" ", _UNWANTED.sub("", text)).translate(_SAME)


def decode(data: bytes) -> str:
    """Text of bytes in an unnamed encoding. Raises Refused when they are no text."""
    text = _decoded(data.rstrip(b"\0") if data.endswith(b"\0\0") and data[:1] != b"\0" else data)
    judged = text[:SAMPLE_BYTES]
    if len(_CONTROL.findall(judged)) > _MOST_CONTROL * len(judged):
        raise Refused(UNSUPPORTED, UNKNOWN_KIND)
    return text


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    if "\x00" in text[:SAMPLE_BYTES]:
        return _guess(data)
    return text


def _wide(data: bytes) -> str | None:
    """Text in UTF-16 that does not say so, told by the zeros in it; None where it is none.

    Raises Refused for zeros that no text has.
    """
    sample = data[: SAMPLE_BYTES & ~1]
    if b"\0" not in sample:
        return None
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if min(first, second) * _MOSTLY < max(first, second) and _LEAST_ZEROS * len(sample) < max(first, second):
        return data.decode("utf-16-le" if second > first else "utf-16-be", "replace")
    raise Refused(UNSUPPORTED, UNKNOWN_KIND)


def _guess(data: bytes) -> str:
    text = _wide(data)
    if text is not None:
        return text
    encoding = _by_letters(data[:SAMPLE_BYTES]) or _by_signs(data[:SAMPLE_BYTES])
    if encoding:
        return data.decode(encoding, "replace")
    found = from_bytes(data[:SAMPLE_BYTES])
    best = found.best()
    if best is None:
        raise Refused(
            UNSUPPORTED,
            UNKNOWN_KIND,
        )
    # NB: short texts fit many of the old 8-bit encodings equally well; of those Windows' is the usual one.
    fits = {name for match in found if match.chaos <= best.chaos for name in match.could_be_from_charset}
    return data.decode(_USUAL if _USUAL in fits else best.encoding, "replace")


def _by_letters(sample: bytes) -> str:
    """The encoding of a text that is Russian or Greek in one of them, by its frequent letters; else empty."""
    usual = sample.decode(_USUAL, "replace")
    foreign = sum(character.isalpha() and not character.isascii() for character in usual)
    if foreign <= 0.5 * sum(map(str.isalpha, usual)):
        return ""
    shares = {}
    for encodings, frequent in _WRITINGS:
        for encoding in encodings:
            letters = [character for character in sample.decode(encoding, "replace") if character > "\x7f"]
            shares[encoding] = sum(character in frequent for character in letters) / max(1, len(letters))
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _LEAST_FREQUENT else ""


def _by_signs(sample: bytes) -> str:
    """The encoding in which the letters and signs beside ASCII are those of Latin writing; else empty."""
    shares = {}
    # NB: lines end so on old Macs alone.
    old_mac = b"\r" in sample and b"\n" not in sample
    for encoding, usual in sorted(_LATIN.items(), key=lambda one: old_mac and one[0] != "mac_roman"):
        text = sample.decode(encoding, "replace")
        signs = [character for character in text if character > "\x7f"]
        odd = sum(letter.isupper() and letter > "\x7f" for letter in _INSIDE.findall(text))
        shares[encoding] = (sum(character in usual for character in signs) - odd) / max(1, len(signs))
    best = max(shares, key=lambda encoding: shares[encoding])
    return best if shares[best] >= _LEAST_USUAL else ""


def is_garbled(text: str) -> bool:
    """Whether text says nothing: characters that no writing has, Latin letters almost without vowels, or
    prose of rare letters without a single one of the words that hold sentences together.

    Fonts that do not say which letters they show give such text.
    """
    seen = "".join(text[:_JUDGED].split())
    if len(seen) < _LEAST_JUDGED:
        return False
    if sum(map(_is_odd, _ASCII.sub("", seen))) > _MOST_ODD * len(seen):
        return True
    letters = len(_LETTER.findall(seen))
    vowels = len(_VOWEL.findall(seen))
    if letters < max(_LEAST_LETTERS, 0.5 * len(seen)):
        return False
    if not 0.18 <= vowels / letters <= 0.75:
        return True
    return (
        not 0.3 <= vowels / letters <= 0.6
        and letters >= _LEAST_PROSE
        and not _has_little_words(text[:_JUDGED])
    )


def readable(text: str) -> str:
    """The words of a text without those that hold characters that no writing has."""
    lines = (
        " ".join(word for word in line.split() if not any(map(_is_odd, word))) for line in text.split("\n")
    )
    return "\n".join(filter(None, lines))


def _is_odd(character: str) -> bool:
    return character == "\ufffd" or (not character.isascii() and unicodedata.category(character) in _ODD)


def _has_little_words(text: str) -> bool:
    """Whether the words are there that hold sentences together, in one of the languages of Europe."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return sum(word in _LITTLE_WORDS for word in words) >= max(2, 0.03 * len(words))


def paginate(text: str, limits: Limits) -> tuple[str, ...]:
    """Pages of cleaned text without pages of its own: at most 3,000 characters, cut where a paragraph ends.

    Where no paragraph or line ends, the page ends at a space, and without one in the middle of a word. Except
    for that last case the pages joined by a newline are the text again, with a newline for that one space.
    Raises Refused for too many pages.
    """
    pages: list[str] = []
    start = 0
    while len(text) - start > PAGE_CHARACTERS:
        if len(pages) >= limits.max_pages:
            raise too_many_pages(len(pages) + (len(text) - start) // PAGE_CHARACTERS + 1, limits)
        end, following = _page_end(text, start)
        pages.append(text[start:end])
        start = following
    pages.append(text[start:])
    return tuple(pages)


def _page_end(text: str, start: int) -> tuple[int, int]:
    """Where the page that begins at `start` ends, and where the next one begins."""
    least, most = start + PAGE_CHARACTERS // 2, start + PAGE_CHARACTERS
    blank = text.rfind("\n\n", least, most)
    if blank >= 0:
        return blank + 1, blank + 2
    for separator in ("\n", " "):
        found = text.rfind(separator, least, most)
        if found >= 0:
            return found, found + 1
    return most, most


def check_pages(pages: tuple[str, ...], limits: Limits, *, least: int, when_empty: str) -> None:
    """Raises Refused for too many pages, too much text, or fewer than `least` characters that show."""
    if len(pages) > limits.max_pages:
        raise too_many_pages(len(pages), limits)
    if sum(map(len, pages)) > limits.text_mib * MIB:
        raise Refused(
            TOO_LARGE,
            f"The file holds more than {limits.text_mib} million characters. Split it and upload the parts.",
        )
    seen = 0
    for page in pages:
        seen += len(" ".join(page.split()))
        if seen >= least:
            return
    raise Refused(NO_TEXT, when_empty)
