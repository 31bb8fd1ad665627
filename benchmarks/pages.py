"""Server time of the pages of a matter with 5,000 documents.

    python -m benchmarks.pages

A matter with 5,000 documents of every status, each with a page, a state and its jobs, and the batch that they came in
with, is written to an empty database: SQLite in a temporary folder, or the one that DATABASE_URL names (it must be
empty, and is left filled). Each page is asked for by a signed-in admin through Django's test client in this process,
so that the time is the server's: middleware, queries and rendering, without network and browser. Medians over rounds,
after one that is not counted. `live_part_ms_5000` is that of the refreshing part of the home when something has
changed, `live_part_same_ms_5000` when nothing has. On cores that are busy with something else the clock says little;
`_cpu_ms_` is the processor's time, which on SQLite is all of the server's.
"""

import logging
import os
import re
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.reports import report_more

DOCUMENTS = 5000
ROUNDS = 7
RESULTS = Path(__file__).resolve().parent / "results" / "house.json"


def measure() -> dict[str, float]:
    """The figures: times in milliseconds, sizes in bytes."""
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client
    from django.urls import reverse

    from benchmarks.crowd import crowded_matter

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    admin = User.objects.create_user("ada")
    matter, batch = crowded_matter("Everything", DOCUMENTS, acting_user=admin)
    client = Client(headers={"host": "localhost"})
    client.force_login(admin)
    pages = {
        "matter_page": reverse("matter", args=[matter.pk]),
        "live_part": reverse("overview", args=[matter.pk]),
        "live_part_same": "",
        "consolidation_page": reverse("consolidation", args=[matter.pk]),
        "batch_page": reverse("batch", args=[batch.pk]),
    }
    figures = dict[str, float]()
    for name, address in pages.items():
        clock, processor = [], []
        for _ in range(ROUNDS + 1):
            asked = address or _refreshing(client.get(pages["live_part"]).content.decode())
            began, worked = time.perf_counter(), time.process_time()
            response = client.get(asked)
            clock.append(1000 * (time.perf_counter() - began))
            processor.append(1000 * (time.process_time() - worked))
        if response.status_code != (204 if name == "live_part_same" else 200):
            raise SystemExit(f"{name}: status {response.status_code}.")
        figures[f"{name}_ms_{DOCUMENTS}"] = round(statistics.median(clock[1:]), 1)
        figures[f"{name}_cpu_ms_{DOCUMENTS}"] = round(statistics.median(processor[1:]), 1)
        figures[f"{name}_bytes_{DOCUMENTS}"] = len(response.content)
    return figures


def _refreshing(part: str) -> str:
    """The address that a part of a page asks for what changed since."""
    found = re.search(r'hx-get="([^"]+)"', part)
    if found is None:
        raise SystemExit("The part of the matter's home does not refresh itself.")
    return found[1].replace("&amp;", "&")


def main() -> None:
    """Measure and write the figures."""
    with tempfile.TemporaryDirectory(prefix="nightbrief-benchmark-") as folder:
        os.environ |= {
            "NIGHTBRIEF_DATA": folder,
            "NIGHTBRIEF_SECRET_KEY": "only-for-this-run-" + "x" * 40,
            "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
        }
        figures = measure()
    report_more(RESULTS, "python -m benchmarks.pages", figures)


if __name__ == "__main__":
    main()
