"""The reader of pages, tested: a test of docs that always passes would be worse than none."""

import pytest

from tests.docs.pages import Block, shows, steps


def test_commands_are_cut_from_their_output() -> None:
    block = Block("x.md", "console", "$ tallystick claims\nid  measure\n...\n$ make brief\n", 1)
    assert [(step.command, step.shown) for step in steps(block)] == [
        ("tallystick claims", "id  measure\n...\n"),
        ("make brief", ""),
    ]


@pytest.mark.parametrize(
    ("shown", "printed", "tolerance", "true"),
    [
        ("id  measure", "id measure\n", 0.0, True),
        ("id measure", "id measures", 0.0, False),
        ("id ...\n...", "id a b\nnext\nlast", 0.0, True),
        ("first\n...\nlast", "first\nlast again", 0.0, False),
        ("present 10,500 persons", "present 10,900 persons", 0.05, True),
        ("present 10,500 persons", "present 11,900 persons", 0.05, False),
        ("present 10,500 persons", "present 10,501 persons", 0.0, False),
        ("2024-12 ... 5", "2024-12 x 7 5", 0.0, True),
    ],
)
def test_a_page_is_true_or_not(shown: str, printed: str, tolerance: float, true: bool) -> None:
    assert shows(shown, printed, tolerance=tolerance) is true
