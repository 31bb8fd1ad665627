"""Makes the pictures of the README from a running demo: `python -m scripts.pictures http://127.0.0.1:8000 var`.

Start `./nightbrief demo` anew, wait until it says that the documents are ready, and give its address and data folder.
Chromium is the system's.
"""

import argparse
import io
import re
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

from scripts.chromium import chromium

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SIZE: ViewportSize = {"width": 1400, "height": 900}
REVIEWER = "demo-reviewer"
MATTER = "Demo: twelve commercial contracts"
QUESTION = "What is the governing law of the Integrity agreement?"
GRID = "Commercial terms"
PATIENCE_MS = 60_000
#: Colours of a picture: pages have few, and a picture of these is half as large.
COLOURS = 256


def main() -> None:
    """Sign in as the demo's reviewer and write `answer.png` and `grid.png`."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("address", help="where the demo is")
    arguments.add_argument("data", type=Path, help="its data folder, which has demo-logins.txt")
    given = arguments.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, color_scheme="light")
        page.set_default_timeout(PATIENCE_MS)
        sign_in(page, given.address, password_in((given.data / "demo-logins.txt").read_text()))
        page.get_by_role("link", name=MATTER).first.click()
        expect(page.get_by_role("heading", name=MATTER)).to_be_visible(timeout=PATIENCE_MS)
        matter = page.url
        write(IMAGES / "answer.png", answer(page, f"{matter}questions/", QUESTION))
        write(IMAGES / "grid.png", grid(page, f"{matter}grids/", GRID))
        browser.close()


def password_in(logins: str) -> str:
    """The reviewer's password in the demo's file of logins."""
    found = re.search(rf"^{REVIEWER}\s+(\S+)", logins, re.MULTILINE)
    if found is None:
        raise SystemExit(f"The file has no password of {REVIEWER}.")
    return found[1]


def sign_in(page: Page, address: str, password: str) -> None:
    """Sign in as the reviewer."""
    page.goto(address)
    page.get_by_label("User name").fill(REVIEWER)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_label("Password", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible(timeout=PATIENCE_MS)


def answer(page: Page, questions: str, text: str) -> bytes:
    """The page of a question with its first quote opened beside the answer, as PNG."""
    page.goto(questions)
    # Without the page's script, which comes last, a quote opens in the place of the answer.
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("link", name=text).first.click()
    page.locator("a[data-beside]").first.click()
    expect(page.locator("#beside").get_by_role("link", name="Show the text")).to_be_visible(
        timeout=PATIENCE_MS
    )
    page.wait_for_load_state("networkidle")
    return page.screenshot()


def grid(page: Page, grids: str, name: str) -> bytes:
    """The page of a grid, as PNG."""
    page.goto(grids)
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible(timeout=PATIENCE_MS)
    return page.screenshot()


def write(path: Path, picture: bytes) -> None:
    """Write a picture with few colours, without what would tell when it was made."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
