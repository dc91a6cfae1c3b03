"""Score what was read against annotated texts, and fill docs/reference/reading.md.

    python benchmarks/reading_page.py CHECKED_DIR --unseen UNSEEN_DIR... --scorer SCORER.py [--write]

A folder holds texts/, gold.jsonl and clusters.json. CHECKED_DIR is what the rules were checked against while they were
written: what is missed there is listed text by text. Each UNSEEN_DIR is by another hand, which showed it to nobody who
writes rules: of them only sums are told, so that they stay unseen, and from them comes how often each class of evidence
was right (confidence.toml of the programme), since a rule is always right about the text that it was made for. The
scores are those of the annotation's own scorer. `--write` fills page and table; without it the page goes to stdout.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.reading_gold import (  # noqa: E402  # the folder above is the package's root
    PROGRAMME,
    TABLE,
    Document,
    claims,
    clusters,
    documents,
    predictions,
)

from tallystick.claims.proposal import Proposal  # noqa: E402
from tallystick.claims.reading.words import read_words  # noqa: E402

PAGE = ROOT / "docs/reference/reading.md"
KEPT = PROGRAMME / "reading/confidence.toml"
BEGIN, END = "<!-- begin: measured -->", "<!-- end: measured -->"
UNSEEN, CHECKED = "On texts that no writer of rules has seen", "On texts that the rules were checked against"
CRITERIA = {
    "a_value+measure": "(a) value and measure",
    "b_value+measure+host+year": "(b) also host and year",
    "c_value+measure+asserter": "(c) value, measure and source",
}
GROUPS = {
    "relevant": "all",
    "relevant_en": "English",
    "relevant_ru": "Russian",
    "relevant_ko": "Korean",
    "relevant_garbled": "garbled copies",
}
CLASSES = {
    "governed": "a verb or noun that governs the number",
    "noun": "the noun alone",
    "carried": "from the number before",
    "theme": "on the theme, of no measure",
}


class Outcome(NamedTuple):
    """All that was read and how it compares."""

    scorer: Any
    gold: list[dict[str, Any]]
    found: Sequence[Document]
    made: Sequence[Sequence[Proposal]]
    predicted: Mapping[str, list[dict[str, Any]]]
    result: Mapping[str, Any]
    grouped: Mapping[str, Any]


def scorer_of(path: Path) -> Any:
    """The annotation's own scorer, as a module."""
    spec = importlib.util.spec_from_file_location("reading_gold_scorer", path)
    if spec is None or spec.loader is None:
        sys.exit(f"error: {path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def outcome(folder: Path, scorer: Any) -> Outcome:
    """Read all texts of a folder and score them."""
    gold, words = folder / "gold.jsonl", read_words(PROGRAMME)
    found = documents(folder / "texts", gold)
    made = [claims(document, words) for document in found]
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    predicted = {row["doc_id"]: row["claims"] for row in predictions(found, made, table)}
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    result, _ = scorer.score(rows, defaultdict(list, predicted))
    relevant = [row["doc_id"] for row in rows if row["subset"] == "relevant"]
    ours = scorer.cluster_map(clusters(found))
    grouped = scorer.cluster_score(scorer.cluster_map(str(folder / "clusters.json")), ours, relevant)
    return Outcome(scorer, rows, found, made, predicted, result, grouped)


def together(those: Sequence[Outcome]) -> Outcome:
    """The sets of several hands as one; copies are looked for within each, since two hands may retell one report."""
    gold = [row | {"doc_id": f"{n} {row['doc_id']}"} for n, one in enumerate(those) for row in one.gold]
    found = [document._replace(id=f"{n} {document.id}") for n, one in enumerate(those) for document in one.found]
    predicted = {f"{n} {id}": read for n, one in enumerate(those) for id, read in one.predicted.items()}
    result, _ = those[0].scorer.score(gold, defaultdict(list, predicted))
    made = [read for one in those for read in one.made]
    return Outcome(those[0].scorer, gold, found, made, predicted, result, _pairs([one.grouped for one in those]))


def _pairs(those: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Precision, recall and F1 of all pairs of texts that are, or were put, in one group."""
    right, read, annotated = (sum(one[name] for one in those) for name in ("tp", "predicted_pairs", "gold_pairs"))
    return {
        "precision": right / read if read else 1.0,
        "recall": right / annotated if annotated else 1.0,
        "f1": 2 * right / (read + annotated) if read + annotated else 1.0,
        "gold_pairs": annotated,
    }


def shown(checked: Outcome, unseen: Outcome) -> str:
    """The measured part of the page."""
    of_unseen = [_scores(unseen), _per_negative(unseen), _clusters(unseen), _confusions(unseen), _evidence(unseen)]
    of_checked = [_scores(checked), _negatives(checked), _clusters(checked), _confusions(checked), _missed(checked)]
    return "\n\n".join([f"## {UNSEEN}", *of_unseen, f"## {CHECKED}", *of_checked])


def _scores(all_of: Outcome) -> str:
    rows = ["| Texts | Criterion | Precision | Recall | F1 | right / too many / missed |", "|---|---|---|---|---|---|"]
    for group, name in GROUPS.items():
        for criterion, meaning in CRITERIA.items():
            t = all_of.result["groups"].get(group, {}).get(criterion)
            if t:
                counts = f"{t['tp']} / {t['fp']} / {t['fn']}"
                rows.append(
                    f"| {name} | {meaning} | {t['precision']:.3f} | {t['recall']:.3f} | {t['f1']:.3f} | {counts} |"
                )
    texts = f"{len(all_of.gold)} annotated texts; claims in them: {sum(len(row['claims']) for row in all_of.gold)}."
    return f"### Scores\n\n{texts}\n\n" + "\n".join(rows)


def _negatives(all_of: Outcome) -> str:
    rows = ["| Text | Language | Subject | False claims |", "|---|---|---|---|"]
    for doc, said in sorted(all_of.result["hard_negatives"].items()):
        rows.append(f"| {doc} | {said['language']} | {said['kind'].replace('_', ' ')} | {said['false_positives']} |")
    return f"{_per_negative(all_of)}\n\n" + "\n".join(rows)


def _per_negative(all_of: Outcome) -> str:
    texts, per = len(all_of.result["hard_negatives"]), all_of.result["hard_negative_summary"]["fp_per_doc"]
    return f"### Texts on other subjects\n\n{per} false claims a text, in {texts} texts."


def _clusters(all_of: Outcome) -> str:
    t = all_of.grouped
    return (
        f"### Copies\n\nPairs of texts put in one group as the annotation does: precision {t['precision']:.3f}, recall "
        f"{t['recall']:.3f}, F1 {t['f1']:.3f} ({t['gold_pairs']} pairs in the annotation)."
    )


def _paired(all_of: Outcome) -> list[tuple[str, dict[str, Any] | None, dict[str, Any] | None]]:
    """Each annotated claim beside the reading of its value, and each alone that has none; no optional ones."""
    pairs: list[tuple[str, dict[str, Any] | None, dict[str, Any] | None]] = []
    for row in all_of.gold:
        left = list(all_of.predicted[row["doc_id"]])
        ordered = sorted(row["claims"], key=lambda claim: bool(claim.get("optional")))
        for claim in ordered:
            same = [one for one in left if all_of.scorer.values_match(claim, one, 0.01, False)]
            best = min(same, key=lambda one: _unlike(all_of.scorer, claim, one), default=None)
            if best is not None:
                left.remove(best)
            if not claim.get("optional"):
                pairs.append((row["doc_id"], claim, best))
        pairs.extend((row["doc_id"], None, one) for one in left)
    return pairs


def _unlike(scorer: Any, claim: Mapping[str, Any], one: Mapping[str, Any]) -> tuple[bool, bool, int]:
    """How unlike a claim a reading of its value is: by measure, by host, then by where it stands."""
    apart = abs(claim["char_start"] - one["char_start"])
    return not scorer.measure_match(claim, one), not scorer.host_match(claim, one), apart


def _confusions(all_of: Outcome) -> str:
    counted: Counter[tuple[str, str]] = Counter()
    for _, claim, one in _paired(all_of):
        accepted = claim is not None and one is not None and all_of.scorer.measure_match(claim, one)
        annotated = claim["measure"] if claim else "(not annotated)"
        read_as = annotated if accepted else one["measure"] if one else "(not read)"
        counted[annotated, read_as] += 1
    rows = ["| Annotated | Read as | Claims |", "|---|---|---|"]
    rows.extend(f"| {annotated} | {read_as} | {count} |" for (annotated, read_as), count in sorted(counted.items()))
    note = "Where the annotation accepts several measures, any of them is right. Optional claims are left out."
    return f"### Confusions by measure\n\n{note}\n\n" + "\n".join(rows)


def _missed(all_of: Outcome) -> str:
    rows = ["| Text | Words | What differs |", "|---|---|---|"]
    for doc, claim, one in _paired(all_of):
        if claim is not None and (why := _difference(all_of, claim, one)):
            rows.append(f"| {doc} | {claim['quote'].replace('|', '/')} | {why} |")
    return "### What is missed, and why\n\n" + "\n".join(rows)


def _difference(all_of: Outcome, claim: Mapping[str, Any], one: Mapping[str, Any] | None) -> str:
    if one is None:
        return "not read: no word that governs a measure stands near enough to the number"
    scorer, said = all_of.scorer, []
    if not scorer.measure_match(claim, one):
        said.append(f"measure: read as {one['measure']}, annotated {claim['measure']}; another word stood nearer")
    if not scorer.host_match(claim, one):
        said.append(f"host: read {one['host_country']}, annotated {claim['host_country']}; {_WHY_HOST}")
    if not scorer.year_match(claim, one):
        said.append(f"year: read {one['period']}, annotated {claim['period']}")
    if not scorer.asserter_match(claim, one):
        said.append(_why_source(claim, one))
    return "; ".join(said)


_WHY_HOST = "the place was carried on from a sentence before"


def _why_source(claim: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    if not one["asserted_by"]:
        return f"source: none read, annotated {claim.get('asserted_by')}; it is named too far from the number"
    if not claim.get("asserted_by"):
        return f"source: read {one['asserted_by']}, annotated none; a source was taken to speak on"
    return f"source: read {one['asserted_by']}, annotated {claim['asserted_by']}; another name stands nearer"


def _rights(all_of: Outcome) -> dict[str, list[int]]:
    """Per class of evidence: readings that are right in value and measure, and all of them."""
    kept = {name: [0, 0] for name in CLASSES}
    for row, document, made in zip(all_of.gold, all_of.found, all_of.made, strict=True):
        for proposal, one in zip(made, all_of.predicted[document.id], strict=True):
            evidence = proposal.reasons[0].rpartition("(")[2].rstrip(")")
            kept[evidence][1] += 1
            kept[evidence][0] += any(
                all_of.scorer.values_match(c, one, 0.01, False) and all_of.scorer.measure_match(c, one)
                for c in row["claims"]
            )
    return kept


def _evidence(all_of: Outcome) -> str:
    rows = ["| Evidence for the measure | Right | Read |", "|---|---|---|"]
    rows.extend(f"| {CLASSES[name]} | {right} | {of} |" for name, (right, of) in _rights(all_of).items())
    note = "The confidence of a proposal is (right + 1) / (read + 2) of its class."
    return f"### How often each class of evidence was right\n\n{note}\n\n" + "\n".join(rows)


def kept_table(unseen: Outcome) -> str:
    """confidence.toml, filled."""
    head = "".join(line for line in KEPT.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#"))
    rows = (
        f'[[class]]\nevidence = "{name}"  # {CLASSES[name]}\nright = {right}\nread = {of}\n'
        for name, (right, of) in _rights(unseen).items()
    )
    return head + "\n" + "\n".join(rows)


def filled(page: str, measured: str) -> str:
    """The page with its measured part replaced."""
    before, rest = page.split(BEGIN, 1)
    return f"{before}{BEGIN}\n\n{measured}\n\n{END}{rest.split(END, 1)[1]}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checked", type=Path, metavar="CHECKED_DIR")
    parser.add_argument("--unseen", type=Path, metavar="UNSEEN_DIR", nargs="+", required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    scorer = scorer_of(asked.scorer)
    checked, unseen = outcome(asked.checked, scorer), together([outcome(each, scorer) for each in asked.unseen])
    if not asked.write:
        sys.stdout.write(shown(checked, unseen) + "\n")
        return
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), shown(checked, unseen)), encoding="utf-8")
    KEPT.write_text(kept_table(unseen), encoding="utf-8")


if __name__ == "__main__":
    main()
