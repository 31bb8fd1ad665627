"""What axe-core finds serious or critical on the pages of an installation: every page that links lead to.

    python -m benchmarks.axe

A matter with documents of every status, questions of every outcome, a grid and files is served from an empty SQLite
database. From the list of matters on, every link is followed that leads to an address of a kind that was not seen
`EACH` times yet; each page is looked at in light and dark, at 1280 and at 320 pixels, by the rules for WCAG 2.2 A and
AA. `axe_serious_findings` counts violations whose impact is serious or critical, `axe_pages` the pages.
"""

import logging
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from benchmarks.reports import report_more

if TYPE_CHECKING:
    from django.contrib.auth.models import User

EACH = 2
WIDTHS, SCHEMES = (1280, 320), ("light", "dark")
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
RESULTS = Path(__file__).resolve().parent / "results" / "workspace.json"
COMMAND = "python -m benchmarks.axe"
#: Addresses that are files, or end the session.
LEFT_OUT = {
    "logout",
    "audit_csv",
    "manifest",
    "protocol",
    "load_report",
    "original",
    "export_file",
    "openapi",
    "picture",
}


def measure(user: "User") -> dict[str, Any]:
    """The figures, as this person sees the pages."""
    from django.urls import Resolver404, resolve
    from playwright.sync_api import sync_playwright

    from scripts.chromium import chromium
    from tests.pages.browsing import FLAGS, served, visit

    seen: Counter[str] = Counter()
    found: Counter[str] = Counter()
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        visitors = [visit(browser, address, user, color_scheme=scheme) for scheme in SCHEMES]
        waiting, known = ["/"], {"/"}
        while waiting:
            path = waiting.pop(0)
            try:
                name = resolve(urlsplit(path).path).url_name or path
            except Resolver404:
                continue
            if seen[name] >= EACH or name in LEFT_OUT:
                continue
            seen[name] += 1
            for visitor in visitors:
                links = _look(visitor, path, found)
                waiting += [link for link in links if link not in known]
                known |= set(links)
        browser.close()
    for words, number in found.most_common():
        sys.stderr.write(f"{number} times {words}\n")
    return {"axe_serious_findings": sum(found.values()), "axe_pages": sum(seen.values())}


def _look(visitor: Any, path: str, found: Counter[str]) -> list[str]:
    """Count what is serious on the page at each width; the addresses of this installation that it links to."""
    from axe_playwright_python.sync_playwright import Axe

    page = visitor.go(path)
    page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        for violation in Axe().run(page, options=RULES).response["violations"]:
            if violation["impact"] in {"serious", "critical"}:
                found[f"{violation['id']} on {path} at {width}"] += 1
    own = "e => e.filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"
    links: list[str] = page.eval_on_selector_all("a[href]", own)
    return links


def main() -> None:
    """Measure and write the figures."""
    with tempfile.TemporaryDirectory(prefix="nightbrief-benchmark-") as folder:
        os.environ |= {
            "NIGHTBRIEF_DATA": folder,
            "NIGHTBRIEF_DEBUG": "1",
            "NIGHTBRIEF_SECRET_KEY": "only-for-this-run-" + "x" * 40,
            "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
            "NIGHTBRIEF_REDIS_URL": "redis://127.0.0.1:1/0",
        }
        os.environ.pop("DATABASE_URL", None)
        figures = measure(_installation())
    report_more(RESULTS, COMMAND, figures)


def _installation() -> "User":
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.core.management import call_command

    from reviewapp.jobs import lifecycle
    from tests.pages.full_world import full_world

    call_command("migrate", verbosity=0)
    lifecycle.send_all = lambda jobs: 0
    admin = full_world().admin
    admin.is_staff = True
    admin.save()
    return admin


if __name__ == "__main__":
    main()
