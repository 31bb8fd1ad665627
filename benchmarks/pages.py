"""Server time of the pages of a matter with 5,000 documents.

    python -m benchmarks.pages

A matter with 5,000 documents of every status, each with a page, a state and its jobs, and the batch that they came in
with, is written to an empty database: SQLite in a temporary folder, or the one that DATABASE_URL names (it must be
empty, and is left filled). Each page is asked for by a signed-in admin through Django's test client in this process,
so that the time is the server's: middleware, queries and rendering, without network and browser. Medians over rounds,
after one that is not counted. `live_part_ms_5000` is that of the refreshing part of the home when something has
changed, `live_part_same_ms_5000` when nothing has.
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
ROUNDS = 15
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
    part = client.get(reverse("overview", args=[matter.pk])).content.decode()
    live = re.search(r'hx-get="([^"]+)"', part)
    if live is None:
        raise SystemExit("The part of the matter's home does not refresh itself.")
    pages = {
        "matter_page": reverse("matter", args=[matter.pk]),
        "live_part": reverse("overview", args=[matter.pk]),
        "live_part_same": live[1].replace("&amp;", "&"),
        "consolidation_page": reverse("consolidation", args=[matter.pk]),
        "batch_page": reverse("batch", args=[batch.pk]),
    }
    figures = dict[str, float]()
    for name, address in pages.items():
        times = []
        for _ in range(ROUNDS + 1):
            began = time.perf_counter()
            response = client.get(address)
            times.append(1000 * (time.perf_counter() - began))
        if response.status_code != (204 if name == "live_part_same" else 200):
            raise SystemExit(f"{name}: status {response.status_code}.")
        figures[f"{name}_ms_{DOCUMENTS}"] = round(statistics.median(times[1:]), 1)
        figures[f"{name}_bytes_{DOCUMENTS}"] = len(response.content)
    return figures


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
