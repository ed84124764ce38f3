"""Chromium for the tests, and what every page must be in it: accessible, and fit for a phone."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

# The one without a window is the same Chromium and half the work.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser")
PHONE, DESK = 320, 1280
HEIGHT = 900
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # A microphone that hums, and nobody who asks whether it may be used.
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is right is not told: on a large page that takes longer than looking.
AXE = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
SCRIPT = Axe().axe_script
# The narrow page is looked at each run; the wide one in `make soak`, and in the gallery each run.
LOOKED_AT = (PHONE, DESK) if os.environ.get("SMARTSTART_WIDE") == "yes" else (PHONE,)
# How long a page may take says how busy the machine is.
expect.set_options(timeout=20_000)


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser; without Chromium the test fails in one sentence, or is skipped when asked to."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None and os.environ.get("BROWSER") == "no":
        pytest.skip("BROWSER=no")
    assert path, "Chromium is missing. Install it with: sudo apt-get install --yes chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def faults(page: Page) -> list[str]:
    """What axe finds on this page, one line per place."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    found = page.evaluate("how => axe.run(how).then(found => found.violations)", AXE)
    return [
        f"{page.url} {fault['id']}: {fault['help']}: {node['html'][:160]}"
        for fault in found
        for node in fault["nodes"]
    ]


def sideways(page: Page) -> int:
    """How many pixels of this page lie outside the window."""
    page.wait_for_load_state()
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def unfit(page: Page, *, looked_at: tuple[int, ...] = LOOKED_AT) -> list[str]:
    """What is wrong with this page on a phone and on a desk; it is left as on a desk."""
    wrong = []
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if width in looked_at:
            wrong += [f"{width} px: {fault}" for fault in faults(page)]
        if (over := sideways(page)) > 0:
            wrong.append(f"{width} px: {page.url} is {over} pixels too wide")
    return wrong
