"""Names of files that were sent percent-encoded: they are called as they read, everywhere."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.documents.models import Document
from reviewapp.frame.actor import Actor
from reviewapp.frame.naming import read_name
from reviewapp.intake.actions import Incoming, create_batch
from reviewapp.intake.manifest import manifest_rows
from reviewapp.intake.models import Source
from reviewapp.jobs import lifecycle, work
from tests.intake.conftest import run_jobs
from tests.pages.conftest import Enter, text_of
from tests.pages.world import World


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
def test_an_encoded_name_is_as_it_reads(name: str, shown: str) -> None:
    assert read_name(name) == shown


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
def test_what_could_deceive_is_as_it_came(name: str) -> None:
    assert read_name(name) == name


@given(st.text(alphabet="a%2fF0E8./\\ \u202e", max_size=30))
def test_a_read_name_stays_in_its_folder(name: str) -> None:
    shown = read_name(name)
    assert shown.count("/") == name.count("/") and shown.count("\\") == name.count("\\")
    assert shown == name or not {"..", ".", ""} & ({*shown.split("/")} - {*name.split("/")})


def test_a_file_is_called_as_its_name_reads_everywhere(
    empty: World, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lifecycle, "send_all", lambda jobs: 0)
    monkeypatch.setattr(work.Run, "_beat", lambda run: None)
    sent = "Vertrag%20f%C3%BCr%20M%C3%BCller%3Cb%3E.txt"
    files = [Incoming(sent, [b"The rent is due."]), Incoming("50%2520.txt", [b"Half the rent is due."])]
    batch = create_batch(actor=Actor(empty.admin), matter=empty.matter, files=files, source=Source.BROWSER)
    run_jobs(batch)
    document = Document.objects.get(name__startswith="Vertrag")
    assert document.name == "Vertrag für Müller<b>.txt"
    assert batch.items.get(document=document).sent_as == sent
    client = enter(empty.admin)
    for page, args in (
        ("documents", [empty.matter.pk]), ("page", [document.pk, 1]), ("rename_document", [document.pk]),
        ("batch", [batch.pk]),
    ):  # fmt: skip
        body = text_of(client, page, *args)
        assert "Vertrag für Müller&lt;b&gt;.txt" in body and "Vertrag%20" not in body, page
    found = client.get(reverse("documents", args=[empty.matter.pk]), {"find": "für müller"}).content.decode()
    assert "Müller&lt;b&gt;.txt" in found and "50%20.txt" not in found
    # Decoded once: what then still looks encoded is the name.
    assert "50%20.txt" in text_of(client, "documents", empty.matter.pk)
    rows = list(manifest_rows(batch))
    assert dict(zip(*rows[:2], strict=True))["sent_as"] == sent
