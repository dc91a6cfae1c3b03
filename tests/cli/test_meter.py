"""Progress: a live meter in a terminal, a line now and then elsewhere, and nothing on stdout."""

import pytest

from tallystick.calibrate.sample import Progress
from tallystick.cli.meter import meter, say


def _run(total: int = 8) -> None:
    with meter() as hear:
        for done in range(total + 1):
            hear(
                Progress(
                    stage="warm-up", chains=4, done=done, total=total, divergences=2, seconds_left=float(total - done)
                )
            )


def test_without_a_terminal_each_quarter_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    _run()
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split(" of ")[0] for line in err.splitlines()] == [f"warm-up: {done}" for done in (0, 2, 4, 6, 8)]
    assert "4 chains, 2 divergences, 8 s left" in err
    assert "4 chains, 2 divergences, 0 s left" in err


def test_in_a_terminal_chains_draws_divergences_and_time_left_are_shown(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "160")
    _run()
    out, err = capsys.readouterr()
    assert out == ""
    for words in ("warm-up", "8 of 8 draws", "4 chains", "2 divergences", "0 s left"):
        assert words in err


def test_a_message_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    say("cache: \x1b[2Jgone")
    assert capsys.readouterr().err == "cache: [2Jgone\n"
