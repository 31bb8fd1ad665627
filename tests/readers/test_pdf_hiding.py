"""PDF: what hides text, in as many ways as there are; and what stands beside the text of pages."""

import zlib

import pytest

from readers.result import Limits, Parsed
from tests.readers import building
from tests.readers.building import line, stream
from tests.readers.test_ingest_cases import read

SHOWN = line("The Buyer pays 100 euros on the first day", y=740)
SECRET = line("Secret Party Holdings")
GROUP = "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>"
OFF = b"<< /Type /OCG /Name (draft) >>"
BOX = stream("/Type /XObject /Subtype /Form /BBox [0 0 300 30]", "0 g 0 0 300 30 re f")
FILE = stream("/Type /EmbeddedFile", "Inner text of the guarantee")
NAMED = b"<< /Type /Filespec /F (g.txt) /UF (g.txt) /EF << /F 8 0 R >> >>"
WIDGET = "/Type /Annot /Subtype /Widget /Rect [72 600 300 620] /F 4 /T (law)"


def pdf(content: str = SHOWN, **more: object) -> Parsed:
    return read(building.pdf(content, **more), "a.pdf", Limits()).parsed  # type: ignore[arg-type]


def kinds(parsed: Parsed) -> set[str]:
    return {note.kind for note in parsed.notes}


@pytest.mark.parametrize(
    ("content", "more"),
    [
        ("0 0 0 0 k " + SECRET, {}),
        ("1 Tr 1 G " + SECRET, {}),
        (line("Secret Party Holdings", more="1 Tz"), {}),
        ("q 0 0 10 10 re W n " + SECRET + " Q", {}),
        ("0 0 1 rg 60 690 300 30 re f " + SECRET, {}),
        ("0 g 70 696 200 14 re f " + SECRET, {}),
        (SECRET + "1 g 70 696 200 4 re f 70 700 200 4 re f 70 704 200 7 re f 0 g ", {}),
        (SECRET + "0 G 24 w 60 705 m 360 705 l S", {}),
        (
            "/OC /MC0 BDC " + SECRET + " EMC",
            {"resources": "/Properties << /MC0 6 0 R >>", "catalog": GROUP, "objects": [OFF]},
        ),
        (
            SECRET,
            {
                "page": "/Annots [6 0 R]",
                "objects": [
                    b"<< /Type /Annot /Subtype /Highlight /F 4 /Rect [60 690 360 720] /AP << /N 7 0 R >> >>",
                    BOX,
                ],
            },
        ),
    ],
    ids=[
        "no ink",
        "white outline",
        "squeezed",
        "clipped",
        "on its colour",
        "in a tight box",
        "strips",
        "under a line",
        "layer",
        "mark",
    ],
)
def test_text_that_no_picture_of_the_page_shows_is_left_out(content: str, more: dict[str, object]) -> None:
    parsed = pdf(SHOWN + content, **more)
    assert "The Buyer pays" in parsed.pages[0]
    assert "Holdings" not in parsed.pages[0]
    assert kinds(parsed) & {"covered", "invisible"}


@pytest.mark.parametrize("before", ["0.8 g 60 690 300 30 re f 0 g ", "0 g 60 690 300 30 re f 1 g "])
def test_text_on_a_coloured_ground_is_shown(before: str) -> None:
    parsed = pdf(SHOWN + before + SECRET)
    assert "Secret Party Holdings" in parsed.pages[0]
    assert parsed.notes == ()


def test_a_file_that_no_list_of_files_names_comes_out() -> None:
    for more in ({"catalog": "/AF [7 0 R]"}, {"page": "/AF [7 0 R]"}):
        parsed = pdf(objects=[b"<<>>", NAMED, FILE], **more)
        assert [member.name for member in parsed.members] == ["g.txt"]
        assert "inside" in kinds(parsed)


def test_what_a_stamp_draws_and_rich_text_says_is_in_the_text() -> None:
    drawn = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 228 20] /Resources << /Font << /F1 3 0 R >> >>",
        "BT /F1 12 Tf 2 4 Td (APPROVED by Roth) Tj ET",
    )
    stamp = b"<< /Type /Annot /Subtype /Stamp /Rect [72 600 300 620] /AP << /N 7 0 R >> >>"
    assert "APPROVED by Roth" in pdf(page="/Annots [6 0 R]", objects=[stamp, drawn]).pages[0]
    rich = (
        b"<< /Type /Annot /Subtype /FreeText /Rect [72 600 300 620] /RC (<body><p>Price agreed</p></body>) >>"
    )
    assert "Price agreed" in pdf(page="/Annots [6 0 R]", objects=[rich]).pages[0]


def test_choices_are_read_by_their_labels_and_values_that_no_page_shows_are_told() -> None:
    form = {"page": "/Annots [6 0 R]", "catalog": "/AcroForm << /Fields [6 0 R] >>"}
    options = "/Opt [[(a)(Austria)][(b)(Bavaria)]]"
    choice = f"<< {WIDGET} /FT /Ch /Ff 131072 {options} /V (b) >>".encode()
    assert "law: Bavaria" in pdf(objects=[choice], **form).pages[0]
    several = f"<< {WIDGET} /FT /Ch /Ff 2097152 /Opt [(One)(Two)(Three)] /V [(One)(Three)] >>".encode()
    assert "law: One, Three" in pdf(objects=[several], **form).pages[0]
    unshown = pdf(objects=[b"<< /FT /Tx /T (x) /V (Ravens) >>"], catalog="/AcroForm << /Fields [6 0 R] >>")
    assert "Ravens" not in unshown.pages[0]
    assert "hidden" in kinds(unshown)


def test_text_of_letters_that_mean_others_is_no_text() -> None:
    moved = (
        line("Wkh Vhoohu vkdoo gholyhu wkh jrrgv wr wkh Exbhu zlwklq wkluwb gdbv ri wkh rughu dqg"),
        line("wkh Exbhu vkdoo sdb wkh sulfh lq ixoo rq gholyhub ri wkh jrrgv eb wkh Vhoohu", y=680),
    )
    assert pdf("".join(moved)).disposition == "no_text"
    kept = pdf(SHOWN + line("\x81\x8d\x8f\x90\x9d" * 20))
    assert kept.pages[0].startswith("The Buyer pays")


def test_a_page_cut_off_in_the_middle_is_told() -> None:
    packed = zlib.compress("".join(line(f"Clause {n}", y=730 - 7 * n) for n in range(100)).encode())
    fonts = "/Resources << /Font << /F1 3 0 R >> >>"
    form = f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Filter /FlateDecode {fonts}"
    for data, told in ((packed, False), (packed[: len(packed) // 3], True)):
        parsed = pdf(SHOWN + "/X1 Do", resources="/XObject << /X1 6 0 R >>", objects=[stream(form, data)])
        assert "Clause 1" in parsed.pages[0]
        assert ("unread" in kinds(parsed)) is told


def test_files_come_out_of_scanned_pages_and_these_stay_a_problem() -> None:
    picture = stream(
        "/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray",
        b"\x00\xf0\xff\x20",
    )
    parsed = pdf(
        "q 600 0 0 760 0 0 cm /I1 Do Q",
        resources="/XObject << /I1 9 0 R >>",
        catalog="/Names << /EmbeddedFiles << /Names [(a) 7 0 R] >> >>",
        objects=[b"<<>>", NAMED, FILE, picture],
    )
    assert (parsed.disposition, [member.name for member in parsed.members]) == ("no_text", ["g.txt"])
    assert "OCR" in parsed.reason
