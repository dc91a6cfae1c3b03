"""A programme that ships with no version: an invented sending state of two hosts, two visa classes and its own law.

No such state, place, agency or law exists. Its figures were written around `PLANTED`, so that a test can ask whether
the account finds what its sources were made from.
"""

from pathlib import Path

VESSANY = Path(__file__).parent / "vessany"
PLANTED = {  # host, visa class or None, month -> persons at work
    ("XA", None, "2016-12"): 7_650,
    ("XA", None, "2021-12"): 5_800,
    ("XA", None, "2023-12"): 5_700,
    ("XA", "contract", "2017-12"): 8_200,
    ("XA", "contract", "2022-12"): 1_950,
    ("XA", "trainee", "2021-12"): 2_800,
    ("XA", "trainee", "2023-12"): 4_150,
    ("XB", None, "2018-12"): 1_900,
    ("XB", None, "2021-12"): 1_250,
}
