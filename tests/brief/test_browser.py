"""Promise (T10): in a real browser the page runs its own script, no word from outside, and asks for nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tallystick.brief.html import render
from tests.brief import poison

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MARK = "data-ran"
RUN = f"document.documentElement.setAttribute('{MARK}','1')"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--dump-dom", "--virtual-time-budget=4000"),
    "--host-resolver-rules=MAP * ~NOTFOUND",  # the browser's own errands find nobody
]

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium: apt-get install chromium")


@dataclass(frozen=True)
class Visit:
    """What became of a page: its elements after its scripts ran, and the addresses it asked for."""

    dom: str
    asked: list[str]

    @property
    def ran_foreign_words(self) -> bool:
        start = self.dom.index("<html")
        return f'{MARK}="1"' in self.dom[start : self.dom.index(">", start)]


def visit(page: str, folder: Path) -> Visit:
    """Open the page from a file, with a profile of its own."""
    file, log = folder / "page.html", folder / "net.json"
    file.write_text(page, encoding="utf-8")
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", file.as_uri()]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return Visit(run.stdout, _asked(log.read_text(encoding="utf-8")))


def _asked(log: str) -> list[str]:
    """Addresses that a file asked for; the browser's own errands have another initiator. A log may end unclosed."""
    try:
        events = json.loads(log)["events"]
    except json.JSONDecodeError:
        events = json.loads(log.rstrip().rstrip(",") + "]}")["events"]
    params = [event["params"] for event in events if "params" in event]
    return [each["url"] for each in params if "file:" in each.get("network_isolation_key", "") and "url" in each]


def hostile() -> str:
    """The hostile document, its attacks leaving a mark instead of an alert."""
    attack = poison.ATTACK
    for number in range(1, 5):
        attack = attack.replace(f"alert({number})", RUN)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(poison, "ATTACK", attack)
        return render(poison.poisoned())


def test_without_escaping_and_policy_this_browser_would_run_and_ask(tmp_path: Path) -> None:
    seen = visit(f'<!DOCTYPE html><img src="http://canary.invalid/x.png" onerror="{RUN}">', tmp_path)
    assert seen.ran_foreign_words
    assert "http://canary.invalid/x.png" in seen.asked


def test_a_hostile_document_runs_nothing_and_asks_for_nothing(tmp_path: Path) -> None:
    page = hostile()
    assert page.count("setAttribute(&#39;data-ran&#39;") > 100
    seen = visit(page, tmp_path)
    assert not seen.ran_foreign_words
    assert seen.asked == []


def test_our_own_script_runs_under_the_policy(tmp_path: Path) -> None:
    page = hostile()
    assert '<p class="filter" hidden>' in page
    assert '<p class="filter">' in visit(page, tmp_path).dom


def test_the_policy_alone_would_stop_words_that_escaped_escaping(tmp_path: Path) -> None:
    page = hostile().replace(
        "<main>", f"<main><script>{RUN}</script><img src='http://canary.invalid/' onerror={RUN!r}>"
    )
    seen = visit(page, tmp_path)
    assert not seen.ran_foreign_words
    assert seen.asked == []
