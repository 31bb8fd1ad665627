"""The main job as a person meets it: start, sign in, ask, read the answer and its quote."""

import html
import re
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.ops.running import Installation, demo_running, ten_lines

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


@pytest.fixture(
    params=[
        pytest.param(["Holiday RV", "Zond"], id="two"),
        pytest.param([], id="all", marks=pytest.mark.slow),
    ],
)
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    """With some of the demo's contracts, or with all of them."""
    (data := tmp_path / "data").mkdir()
    with demo_running(data, request.param) as found:
        yield found


def signed_in(installation: Installation, name: str) -> Browser:
    password = re.search(rf"{name} +(\S+)", installation.shown)
    assert password
    browser = Browser(installation.address)
    browser.get("sign-in/")
    browser.post("sign-in/", username=name, password=password.group(1))
    return browser


@pytest.mark.timeout(600)
def test_an_installation_does_its_job(installation: Installation, tmp_path: Path) -> None:
    """One test, for processes that share tests among them would each start an installation."""
    a_reviewer_asks_and_gets_an_answer_with_its_quote(installation)
    the_admin_sees_what_became_of_each_file(installation)
    ten_lines_try_the_api(installation, tmp_path)


def a_reviewer_asks_and_gets_an_answer_with_its_quote(installation: Installation) -> None:
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


def the_admin_sees_what_became_of_each_file(installation: Installation) -> None:
    browser = signed_in(installation, "demo-admin")
    matter = re.search(r'href="(/matters/[0-9a-f-]{36}/)"', browser.get(""))
    assert matter
    batch = re.search(r'href="(/batches/[0-9a-f-]{36}/)"', browser.get(f"{matter.group(1)}upload/"))
    assert batch
    manifest = browser.get(f"{batch.group(1)}manifest.csv")
    assert manifest.count("accepted") == installation.documents


def ten_lines_try_the_api(installation: Installation, tmp_path: Path) -> None:
    """Those of docs/integrators.md, as they are written."""
    assert "nb_demo-key-of-this-machine" in installation.shown
    said = ten_lines(installation.address, tmp_path)
    assert '"external_id":"DEMO-05"' in said and said.count("California") >= 2
    assert (tmp_path / "answers.csv").read_text(encoding="utf-8-sig").count("\n") > installation.documents
