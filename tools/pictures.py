"""Take the pictures of the README from a running demonstration: `python tools/pictures.py http://127.0.0.1:8000`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VILLAGE = "640425103211"


def phone(browser: Browser) -> Page:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        locale="zh-CN",
    )
    return context.new_page()


def shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(900)
    page.screenshot(path=PICTURES / f"{name}.png")


def sign_in(page: Page, site: str, code: str) -> None:
    page.goto(f"{site}/app")
    page.locator("input[name=code]").fill(code)
    page.locator("input[name=code]").press("Enter")
    page.wait_for_timeout(1500)


def main(site: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        page = phone(browser)
        page.goto(f"{site}/v/{VILLAGE}")
        shoot(page, "village")
        page.goto(f"{site}/v/{VILLAGE}/past?category=finance_quarterly")
        page.locator("a[href^='/d/']").first.click()
        shoot(page, "disclosure")
        page = phone(browser)
        sign_in(page, site, "DEMO-ACCT-0001")
        shoot(page, "tasks")
        desk = browser.new_context(
            viewport={"width": 1366, "height": 768}, locale="zh-CN"
        ).new_page()
        sign_in(desk, site, "DEMO-ADTR-0001")
        shoot(desk, "matrix")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
