"""Take the README's picture: start the application, open the map in Chromium, save it.

Run with ``.venv/bin/python docs/screenshot.py`` after ``python3 dev.py test`` has made the environment.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "carte.png"
ADDRESS = "/carte?commune=13055&q=QN01332M"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DEADLINE_S = 30


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str) -> None:
    """Wait until the application answers, for half a minute at most."""
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=1):  # noqa: S310  # our own server on the loopback
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(url)


def main() -> None:
    """Start, photograph, stop."""
    port = free_port()
    base = f"http://localhost:{port}"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603  # written above
    try:
        wait_for(f"{base}/_stcore/health")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("QPVERTS_CHROMIUM") or shutil.which("chromium"), args=FLAGS
            )
            page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="fr-FR")
            page.goto(base + ADDRESS)
            frame = page.frame_locator('iframe[src*="streamlit_folium.st_folium"]')
            frame.locator('[data-quartiers="66"]').wait_for()
            frame.locator(".nom").first.wait_for()
            page.screenshot(path=PICTURE)
            browser.close()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
