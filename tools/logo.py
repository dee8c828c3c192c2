"""Draw ``book/_static/logo.png`` from ``logo.svg``: the cards of shared pages cannot hold an SVG."""

import sys
from pathlib import Path

from browser import HELP, start
from playwright.sync_api import sync_playwright

STATIC = Path(__file__).resolve().parents[1] / "book" / "_static"
SIZE = 256


def draw(browser) -> bytes:
    """Return the logo as PNG bytes, ``SIZE`` pixels square, on a transparent ground."""
    page = browser.new_page(viewport={"width": SIZE, "height": SIZE})
    svg = (STATIC / "logo.svg").read_text(encoding="utf-8")
    page.set_content(f"<style>body {{ margin: 0 }} svg {{ width: {SIZE}px; height: {SIZE}px }}</style>{svg}")
    picture = page.screenshot(omit_background=True)
    page.close()
    return picture


if __name__ == "__main__":
    with sync_playwright() as playwright:
        chromium = start(playwright)
        if chromium is None:
            sys.exit(HELP)
        (STATIC / "logo.png").write_bytes(draw(chromium))
        chromium.close()
