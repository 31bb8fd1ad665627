"""Version 1 of the API: requests made from its schema, repeats, times.

    python -m benchmarks.integration [--parts PART,...] [--documents N] [--examples N] [--repeats N] [--timed N]
                                     [--contracts WORD,...]

The parts are `repeats`, `times`, `answers`, `fuzz` and `quickstart`; all by default. How much was
measured is told in the result, as `scale_of_...` beside the figures that it bears upon, and in the command.

The product is served by uvicorn in this process on a free port, on an empty database: SQLite in a temporary folder,
or the one that DATABASE_URL names (it must be empty, and is left filled). Nobody works on jobs, so that nothing else
runs.

- `schemathesis_cases` requests, good and bad ones, made from the OpenAPI document as nobody, a reader, an admin and
  an integration; `schemathesis_failures` are 5xx, answers that are not declared, bad requests that were taken, and
  bytes of another matter.
- `idempotency_doubled`: effects beyond the first of each kind of POST, repeated at once (`--repeats`) under one key.
- `list_p95_ms_N_documents` (the first page, or by `external_id`), `get_p95_ms`, `changed_p95_ms` (by
  `updated_since`), `known_p95_ms` (100 hashes), `matters_p95_ms` and `usage_p95_ms`: of some requests each
  (`--timed`), over the network of this machine, in a matter with N documents (rows alone); `requests_per_s` by eight
  clients at once for five seconds; `mirror_rows_per_s` reads that matter by its cursor,
  100,000 rows at most.
- `upload_time_vs_plain`: the time of a 32 MiB file through the API over that of the same file to a plain Django view
  that writes it to a file, medians of five.
- `answers_per_s_batch`: claims with their quotes and boxes, as NDJSON of an operation that has ended.
- `quickstart_seconds`: from the moment when `./nightbrief demo --api` says that it is ready to the answer of the
  first question, by the lines of docs/integrators.md as they are written (curl); `ten_lines_seconds`: all ten of them
  after that; `demo_ready_seconds`: from the start of its processes until all is ready, of the contracts whose names
  hold one of the words of `--contracts`, or of all twelve.
"""

import argparse
import logging
import os
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.integration_parts import (
    PARTS,
    Scale,
    crowd,
    million,
    plain_view,
    quickstart,
    upload_against_plain,
    words,
)
from benchmarks.reports import report_more

RESULTS = Path(__file__).resolve().parent / "results" / "integration.json"
AT_ONCE = 8
MOST_MIRRORED = 100_000


def p95(ask: Callable[[int], Any], timed: int) -> float:
    """Milliseconds under which 95 of 100 requests end, of so many."""
    took = []
    for number in range(timed):
        began = time.perf_counter()
        ask(number).raise_for_status()
        took.append(1000 * (time.perf_counter() - began))
    return round(statistics.quantiles(took, n=20)[-1], 1)


def doubled(address: str, secret: str, posts: dict[str, dict[str, Any]], repeats: int) -> int:
    """Different answers beyond the first, over all POSTs, each repeated at once under one key."""
    import requests

    extra = 0
    for path, body in posts.items():
        key = str(uuid.uuid4())

        def ask(number: int, path: str = path, body: dict[str, Any] = body, key: str = key) -> str:
            headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": key}
            response = requests.post(f"{address}{path}", json=body, headers=headers, timeout=120)
            return response.text if response.ok else ""

        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = set(pool.map(ask, range(repeats))) - {""}
        if not answers:
            raise SystemExit(f"POST {path} was never taken")
        extra += len(answers) - 1
    return extra


def fuzzed(programs: dict[str, str], ids: dict[str, list[str]], examples: int) -> dict[str, int]:
    """Cases and failures, over all programs."""
    from tests.api.fuzzing import fuzz, told

    cases = failures = 0
    for number, (who, secret) in enumerate(programs.items()):
        found = fuzz(secret, ids, ["The secret clause"], examples=examples, number=number)
        if found.failures:
            print(who, told(found))
        cases, failures = cases + found.cases, failures + len(found.failures)
    return {"schemathesis_cases": cases, "schemathesis_failures": failures}


def per_second(session: Any, address: str, path: str, seconds: float = 5.0) -> float:
    """Requests a second by several clients at once."""
    import requests

    until = time.monotonic() + seconds

    def ask(number: int) -> int:
        del number
        done = 0
        with requests.Session() as own:
            own.headers.update(session.headers)
            while time.monotonic() < until:
                own.get(f"{address}{path}").raise_for_status()
                done += 1
        return done

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return round(sum(pool.map(ask, range(AT_ONCE))) / seconds, 1)


def mirrored(session: Any, address: str, path: str) -> float:
    """Rows a second, reading a list by its cursor, so far as `MOST_MIRRORED`."""
    began, rows, following = time.perf_counter(), 0, f"{address}{path}?limit=500"
    while following and rows < MOST_MIRRORED:
        response = session.get(following)
        response.raise_for_status()
        rows += len(response.json()["items"])
        following = response.links.get("next", {}).get("url", "")
    return round(rows / (time.perf_counter() - began))


def answers_per_second(session: Any, address: str, world: Any, documents: int) -> float:
    """Claims a second, of a question that so many documents answered."""
    from reviewapp.jobs.models import Job, Status
    from reviewapp.questions.models import Question
    from tests.pages.world import GOVERNED, add_document, finding, finish, plan

    asked = [add_document(world.matter, f"Asked {n}.pdf") for n in range(documents)]
    body = {"text": "Which law governs?", "document_ids": [str(document.pk) for document in asked]}
    begun = session.post(f"{address}/v1/matters/{world.matter.pk}/questions", json=body).json()
    question = Question.objects.get(pk=begun["question"]["id"])
    plan(question, *asked)
    finish(question, *(finding(document, GOVERNED) for document in asked))
    Job.objects.filter(subject_id=question.pk).update(status=Status.SUCCEEDED)
    began = time.perf_counter()
    with session.get(f"{address}/v1/operations/{begun['operation']['id']}/claims", stream=True) as stream:
        lines = sum(1 for _ in stream.iter_lines())
    if lines != documents:
        raise SystemExit(f"{lines} of {documents} claims came")
    return round(lines / (time.perf_counter() - began), 1)


def measure(scale: Scale, folder: Path) -> dict[str, float]:
    """The figures of the parts."""
    figures = scale.told()
    if set(scale.parts) - {"quickstart"}:
        figures |= served_figures(scale, folder)
    return figures | (quickstart(folder, scale.contracts) if "quickstart" in scale.parts else {})


def served_figures(scale: Scale, folder: Path) -> dict[str, float]:
    """The figures that are of requests to an installation without workers."""
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    import requests
    from django.core.management import call_command
    from django.urls import path

    from reviewapp.api import urls
    from reviewapp.frame.actor import Actor
    from reviewapp.jobs import lifecycle
    from reviewapp.matters.actions import create_matter
    from tests.api.conftest import program_of
    from tests.api.worlds import ids_of, posts_of, secret_matter
    from tests.pages.browsing import served
    from tests.pages.full_world import full_world

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    lifecycle.send_all = lambda jobs: 0  # nobody works, and nobody waits for a broker
    urls.urlpatterns.insert(0, path("plain", plain_view(folder)))
    world = full_world()
    admin, reader = program_of(world.admin), program_of(world.reviewer, "read", "ask")
    ids = ids_of(world, admin, secret_matter(world))
    programs = {
        "nobody": "",
        "reader": reader.secret,
        "admin": admin.secret,
        "integration": program_of(world.staff, "read", "upload", "manage").secret,
    }
    figures: dict[str, float] = {}
    big = create_matter("Everything", actor=Actor(world.admin))
    crowd(big, scale.documents)
    with served() as address, requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {admin.secret}"
        if "repeats" in scale.parts:
            posts = posts_of(str(big.pk), ids)
            figures["idempotency_doubled"] = doubled(address, admin.secret, posts, scale.repeats)
        if "times" in scale.parts:
            figures |= timed(session, address, str(big.pk), scale)
        if "answers" in scale.parts:
            asked = replace(world, matter=big)
            figures["answers_per_s_batch"] = answers_per_second(session, address, asked, 500)
    # NB: last, for whoever asks anything may also take something away.
    return figures | (fuzzed(programs, ids, scale.examples) if "fuzz" in scale.parts else {})


def timed(session: Any, address: str, matter: str, scale: Scale) -> dict[str, float]:
    """Times of common requests in a matter with so many documents."""
    path = f"/v1/matters/{matter}/documents"
    listed = f"{address}{path}"
    first = session.get(f"{listed}?limit=500").json()["items"]
    keys, hashes, since = (
        [row["id"] for row in first],
        [row["sha256"] for row in first],
        first[-1]["updated_at"],
    )
    return {
        f"list_p95_ms_{million(scale.documents)}_documents": p95(
            lambda n: session.get(f"{listed}?external_id=DMS-{n}" if n % 2 else listed), scale.timed
        ),
        "get_p95_ms": p95(
            lambda n: session.get(f"{address}/v1/documents/{keys[n % len(keys)]}"), scale.timed
        ),
        "changed_p95_ms": p95(lambda n: session.get(listed, params={"updated_since": since}), scale.timed),
        "known_p95_ms": p95(
            lambda n: session.post(f"{listed}/known", json={"sha256": hashes[n % 5 :: 5]}), scale.timed
        ),
        "matters_p95_ms": p95(lambda n: session.get(f"{address}/v1/matters"), scale.timed),
        "usage_p95_ms": p95(lambda n: session.get(f"{address}/v1/matters/{matter}/usage"), scale.timed),
        "requests_per_s": per_second(session, address, f"/v1/documents/{keys[0]}"),
        "mirror_rows_per_s": mirrored(session, address, path),
        "upload_time_vs_plain": upload_against_plain(session, address, matter),
    }


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--parts", type=words, default=PARTS)
    parser.add_argument("--documents", type=int, default=Scale.documents)
    parser.add_argument("--examples", type=int, default=Scale.examples)
    parser.add_argument("--repeats", type=int, default=Scale.repeats)
    parser.add_argument("--timed", type=int, default=Scale.timed)
    parser.add_argument("--contracts", type=words, default=())
    scale = Scale(**vars(parser.parse_args()))
    if unknown := set(scale.parts) - set(PARTS):
        parser.error(f"There is no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reviewapp.site.settings")
    with tempfile.TemporaryDirectory(prefix="nightbrief-benchmark-") as folder:
        os.environ.update(
            NIGHTBRIEF_DATA=folder,
            NIGHTBRIEF_API_REQUESTS_PER_MINUTE="100000000",
            NIGHTBRIEF_ALLOWED_HOSTS="127.0.0.1,localhost,testserver",
            NIGHTBRIEF_REDIS_URL=os.environ.get("NIGHTBRIEF_REDIS_URL", "redis://127.0.0.1:1/0"),
        )
        figures = measure(scale, Path(folder))
    database = os.environ.get("DATABASE_URL", "sqlite").partition(":")[0]
    report_more(RESULTS, scale.command(database), figures)


if __name__ == "__main__":
    main()
