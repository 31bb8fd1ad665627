"""Names of files that were sent percent-encoded: shown as they read, kept as they came."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.frame.naming import shown_name
from reviewapp.frame.templatetags.nightbrief import register
from tests.pages.conftest import Enter, text_of
from tests.pages.world import World, add_document


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Acme%20Corporation%20NDA%20template.txt", "Acme Corporation NDA template.txt"),
        ("caf%C3%A9%209.txt", "café 9.txt"),
        ("box/Acme%20NDA.txt", "box/Acme NDA.txt"),
        ("50%25%20off.pdf", "50% off.pdf"),
        ("%2520.txt", "%20.txt"),
    ],
)
def test_an_encoded_name_is_shown_as_it_reads(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize(
    "name",
    [
        "100%.pdf",
        "100% sure%20.pdf",
        "%E4.txt",
        "..%2F..%2Fetc%2Fpasswd",
        "a%5Cb.txt",
        "%2e%2e/x.txt",
        "a%00.txt",
        "a%0Ab.txt",
        "invoice%E2%80%AEfdp.exe",
        "a%E2%81%A6b.txt",
        "a%E2%80%8Bb.txt",
        "a%E2%88%95b.txt",
        "%20",
        "%20/a.txt",
        "plain.txt",
        "",
    ],
)
def test_what_could_deceive_is_shown_as_it_came(name: str) -> None:
    assert shown_name(name) == name


@given(st.text(alphabet="a%2fF0E8./\\ \u202e", max_size=30))
def test_a_shown_name_stays_in_its_folder(name: str) -> None:
    shown = shown_name(name)
    assert shown.count("/") == name.count("/") and shown.count("\\") == name.count("\\")
    assert shown == name or not {"..", ".", ""} & ({*shown.split("/")} - {*name.split("/")})


def test_pages_show_it_and_the_name_stays(empty: World, enter: Enter) -> None:
    document = add_document(empty.matter, "Acme%20NDA%3Cb%3E.txt")
    client = enter(empty.reviewer)
    for page, args in (("documents", [empty.matter.pk]), ("page", [document.pk, 1])):
        body = text_of(client, page, *args)
        assert "Acme NDA&lt;b&gt;.txt" in body and "Acme%20NDA" not in body
    document.refresh_from_db()
    assert document.name == "Acme%20NDA%3Cb%3E.txt"
    assert "file_name" in register.filters
