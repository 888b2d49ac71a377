"""The accessibility statement, told from what ``tests/e2e/test_axe.py`` found and wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from qpverts.viz.words import labels

RESULTS = Path(__file__).parent / "accessibility.json"
_DASHBOARD = "Tableau de bord : "
#: What axe-core leaves to a person, in words; a rule that is not here is told by its name.
TO_REVIEW: Mapping[str, str] = {
    "color-contrast": "le contraste de textes posés sur une carte, un dessin ou un graphique",
}


#: What a rule asks, for those that a page fails; one that is not here is told by its name alone.
RULES: Mapping[str, str] = {
    "target-size": "taille des zones à toucher",
}


def _named(rule: str) -> str:
    return f"{RULES[rule]} ({rule})" if rule in RULES else rule


def told() -> Mapping[str, object]:
    """Give what fills the page: the date, the version of axe-core, the pages tried and the exceptions."""
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    names = {page["address"]: page["name"].removeprefix(_DASHBOARD) for page in found["pages"]}
    review: dict[str, int] = {}
    for page in found["pages"]:
        for rule, count in page["to_review"].items():
            review[rule] = review.get(rule, 0) + count
    return {
        "made": labels.source_date(found["date"]),
        "axe": found["axe"],
        "tested": [
            {**page, "failed_names": [_named(rule) for rule in page["failed"]]} for page in found["pages"]
        ],
        "clean": sum(not page["failed"] for page in found["pages"]),
        "exceptions": [
            {
                **one,
                "rule_name": _named(one["rule"]),
                "where": [names[address] for address in one["pages"]],
            }
            for one in found["exceptions"]
        ],
        "review": [(TO_REVIEW.get(rule, rule), count) for rule, count in sorted(review.items())],
    }
