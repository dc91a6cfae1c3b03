"""Promise (T10): in a real browser the page runs its own script, no word from outside, and asks for nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tallystick.brief.html import render
from tests.brief import poison
from tests.brief.demo import demo
from tests.brief.driver import Tab, browser

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MARK = "data-ran"
RUN = f"document.documentElement.setAttribute('{MARK}','1')"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
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
    once = ["--dump-dom", "--virtual-time-budget=4000", f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}"]
    command = [str(BROWSER), *FLAGS, *once, file.as_uri()]
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


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """The demo document, opened as a reader opens it."""
    folder = tmp_path_factory.mktemp("tab")
    file = folder / "page.html"
    file.write_text(render(demo()), encoding="utf-8")
    with browser(str(BROWSER), FLAGS, folder / "profile") as opened:
        opened.open(file.as_uri())
        yield opened


DRAWER = "document.querySelector('#drawer').innerText"


def _click(tab: Tab, what: str) -> None:
    tab.evaluate(f"document.querySelector({what!r}).click()")


def test_a_number_opens_its_claim_beside_the_text(tab: Tab) -> None:
    _click(tab, '#chapter-answers a.fig[href="#claim-courier24"]')
    assert tab.evaluate("document.querySelector('#drawer').open")
    assert "4,000 persons" in tab.evaluate(DRAWER)
    assert "Workers keep coming" in tab.evaluate(DRAWER)


def test_an_estimate_opens_with_what_it_rests_on_and_leads_on_and_back(tab: Tab) -> None:
    _click(tab, "#drawer .close")
    assert not tab.evaluate("document.querySelector('#drawer').open")
    _click(tab, "#chapter-answers a.fig.est")
    assert "9,500 to 17,000" in tab.evaluate(DRAWER)
    assert "9,240 visas" in tab.evaluate(DRAWER)
    _click(tab, '#drawer a[href="#claim-visas23"]')
    assert "9,500 to 17,000" not in tab.evaluate(DRAWER)
    _click(tab, "#drawer .back")
    assert "9,500 to 17,000" in tab.evaluate(DRAWER)
    _click(tab, "#drawer .close")


def test_a_number_of_two_claims_opens_both(tab: Tab) -> None:
    _click(tab, "#chapter-answers a[data-opens='claim-courier24 claim-visas23']")
    assert tab.evaluate("document.querySelectorAll('#drawer .claim').length") == 2
    _click(tab, "#drawer .close")


def test_a_number_of_the_model_opens_and_leads_on_to_the_model_and_what_it_assumes(tab: Tab) -> None:
    _click(tab, '#chapter-what-if a.fig.est[href^="#run-"]')
    assert "Workers present, 2030: The gate closes" in tab.evaluate(DRAWER)
    for href, words in (
        ("#scenario-gate", "Some would be stuck."),
        ("#model-model", "tallystick simulate --seed 7"),
        ("#assumption-pull", "Size assumed."),
    ):
        _click(tab, f'#drawer a[href="{href}"]')
        assert words in tab.evaluate(DRAWER)
    _click(tab, "#drawer .close")


def test_no_id_is_doubled_while_a_copy_is_open(tab: Tab) -> None:
    _click(tab, "#chapter-answers a.fig.est")
    ids = "[...document.querySelectorAll('[id]')].map(part => part.id)"
    tab.evaluate(f"ids = {ids}; undefined")
    doubled = "ids.length - new Set(ids).size"
    assert tab.evaluate(doubled) == 0
    _click(tab, "#drawer .close")


def test_a_table_sorts_by_number_and_claims_are_filtered(tab: Tab) -> None:
    _click(tab, "#table-claims-by-year th.right button")
    _click(tab, "#table-claims-by-year th.right button")
    assert tab.evaluate("document.querySelector('#table-claims-by-year tbody tr').innerText").startswith("Visas")
    tab.evaluate("filter.value = 'garbled'; filter.dispatchEvent(new Event('input'))")
    assert tab.evaluate("document.querySelectorAll('#claims .claim:not([hidden])').length") == 2


def test_a_link_into_the_appendix_leaves_the_drawer(tab: Tab) -> None:
    _click(tab, "#chapter-answers a.fig.est")
    _click(tab, "#drawer .drawer-place a")
    assert not tab.evaluate("document.querySelector('#drawer').open")
    assert tab.evaluate("location.hash") == "#estimate-present-2024"
