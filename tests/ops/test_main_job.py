"""The main job as a person meets it: start, sign in, ask, read the answer and its quote."""

import html
import os
import re
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.ops.ports import free_port

QUESTION = "Which law governs the agreement?"
DOCUMENT = "Holiday RV - Endorsement Agreement.pdf"


class Browser:
    """A person's session: cookies are kept and forms are sent with their token."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        """The page at the path."""
        return str(self._opener.open(urllib.parse.urljoin(self.address, path), timeout=30).read().decode())

    def post(self, path: str, **fields: str) -> str:
        """The page shown after the form, with its address as `self.last`."""
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        with self._opener.open(urllib.parse.urljoin(self.address, path), body, timeout=30) as response:
            self.last = response.url
            return str(response.read().decode())


@dataclass(frozen=True)
class Installation:
    """An installation that `manage.py demo --watch` calls ready, with what that showed in the terminal."""

    address: str
    shown: str
    documents: int


@pytest.fixture(
    scope="module",
    params=[
        pytest.param((["Holiday RV", "Zond"], 2), id="two"),
        pytest.param(([], 12), id="all", marks=pytest.mark.slow),
    ],
)
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """With some of the demo's contracts, or with all of them."""
    words, documents = request.param
    only = [part for word in words for part in ("--only", word)]
    data = tmp_path_factory.mktemp("data")
    port, redis_port = free_port(), free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NIGHTBRIEF_")}
    environment.pop("DATABASE_URL", None)
    environment |= {
        "DJANGO_SETTINGS_MODULE": "reviewapp.site.settings",
        "NIGHTBRIEF_DATA": str(data),
        "NIGHTBRIEF_PORT": str(port),
        "NIGHTBRIEF_REDIS_PORT": str(redis_port),
    }
    manage = [sys.executable, str(REPOSITORY / "manage.py")]
    subprocess.run([*manage, "prepare"], env=environment, check=True, capture_output=True)
    with (data / "log").open("wb") as log:
        supervisor = subprocess.Popen([*manage, "run"], env=environment, stdout=log, stderr=log)
    try:
        watch = subprocess.run(
            [*manage, "demo", "--watch", "--supervisor", str(supervisor.pid), *only],
            env=environment,
            capture_output=True,
            text=True,
            timeout=400,
        )
        assert watch.returncode == 0, watch.stderr + (data / "log").read_text()[-3000:]
        yield Installation(f"http://127.0.0.1:{port}/", watch.stdout, documents)
    finally:
        supervisor.send_signal(signal.SIGINT)
        assert supervisor.wait(60) == 0
        assert not left_behind(data)


def left_behind(data: Path) -> list[str]:
    """Command lines of processes that still work on the data folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"NIGHTBRIEF_DATA={data}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:  # it ended meanwhile
            continue
    return found


def signed_in(installation: Installation, name: str) -> Browser:
    password = re.search(rf"{name} +(\S+)", installation.shown)
    assert password
    browser = Browser(installation.address)
    browser.get("sign-in/")
    browser.post("sign-in/", username=name, password=password.group(1))
    return browser


@pytest.mark.timeout(600)
def test_a_reviewer_asks_and_gets_an_answer_with_its_quote(installation: Installation) -> None:
    assert f"All {installation.documents} documents are ready." in installation.shown
    browser = signed_in(installation, "demo-reviewer")
    matter = re.search(r'href="(/matters/[0-9a-f-]{36}/)"', browser.get(""))
    assert matter
    questions = f"{matter.group(1)}questions/"
    scope = re.search(
        rf'value="([0-9a-f-]{{36}})"[^>]*>\s*(?:<[^>]*>\s*)*{re.escape(DOCUMENT)}', browser.get(questions)
    )
    assert scope, "the form offers the document"
    browser.post(questions, text=QUESTION, scope=scope.group(1))
    answer = wait_for_answer(browser)
    assert re.search(r'class="said">[^<]*California', answer)
    assert "from memory (saved states)" in answer
    citation = re.search(r'href="(/documents/[^"]+\?citation=[^"]+)"', answer)
    quote = re.search(r"<blockquote>(.*?)</blockquote>", answer, re.DOTALL)
    assert citation and quote
    page = browser.get(html.unescape(citation.group(1)))
    marked = " ".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL))
    assert "California" in marked


def wait_for_answer(browser: Browser) -> str:
    deadline = time.monotonic() + 120
    while "data-stream=" in (page := browser.get(f"{browser.last}answer/")):
        assert time.monotonic() < deadline, "the answer did not come"
        time.sleep(0.3)
    return page


@pytest.mark.timeout(600)
def test_the_admin_sees_what_became_of_each_file(installation: Installation) -> None:
    browser = signed_in(installation, "demo-admin")
    matter = re.search(r'href="(/matters/[0-9a-f-]{36}/)"', browser.get(""))
    assert matter
    batch = re.search(r'href="(/batches/[0-9a-f-]{36}/)"', browser.get(f"{matter.group(1)}upload/"))
    assert batch
    manifest = browser.get(f"{batch.group(1)}manifest.csv")
    assert manifest.count("accepted") == installation.documents
