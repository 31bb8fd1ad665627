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

import re
import statistics
import time
from pathlib import Path

from benchmarks.installation import own_installation, pages_ready
from benchmarks.reports import report_more

DOCUMENTS = 5000
ROUNDS = 7
RESULTS = Path(__file__).resolve().parent / "results" / "house.json"


def measure() -> dict[str, float]:
    """The figures: times in milliseconds, sizes in bytes."""
    admin, client = pages_ready()
    from django.urls import reverse

    from benchmarks.crowd import crowded_matter

    matter, batch = crowded_matter("Everything", DOCUMENTS, acting_user=admin)
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
    with own_installation("redis://127.0.0.1:1/0"):
        figures = measure()
    report_more(RESULTS, "python -m benchmarks.pages", figures)


if __name__ == "__main__":
    main()
