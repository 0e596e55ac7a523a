"""The worked examples of docs/rules: read, computed and written into their pages.

`python -m tests.pure.rulebook.worked_examples` brings the pages up to date.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sinambung.pure.rulebook.calculations import Outcome, calculation
from sinambung.pure.rulebook.calculations.words import told
from sinambung.pure.rulebook.dates import date_text
from sinambung.pure.rulebook.refusals import RuleRefused

CASES = Path(__file__).parent / "cases"
PAGES = Path(__file__).parents[3] / "docs" / "rules"
BEGIN = "<!-- contoh: dibuat dari tests/pure/rulebook/cases; jangan diubah di sini -->"
END = "<!-- akhir contoh -->"


@dataclass(frozen=True, slots=True)
class WorkedExample:
    """One example: its input, and the result or refusal that the page promises."""

    rule: str
    page: str
    name: str
    on: date
    input: Mapping[str, object]
    result: Any
    refusal: str

    def compute(self) -> Outcome:
        return calculation(self.rule).compute(self.input, on=self.on)


def worked_examples() -> Iterator[WorkedExample]:
    """Read every example of every file."""
    for path in sorted(CASES.glob("*.toml")):
        file = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        for case in file["case"]:
            yield WorkedExample(
                rule=file["rule"],
                page=file["page"],
                name=case["name"],
                on=case["on"],
                input=case["input"],
                result=case.get("result"),
                refusal=case.get("refusal", ""),
            )


def rendered(page: str) -> str:
    """Write the section of examples of one page."""
    parts = [_told(case) for case in worked_examples() if case.page == page]
    return "\n\n".join([BEGIN, *parts, END])


def with_examples(page: str) -> str:
    """Return the text of a page with its examples brought up to date."""
    text = (PAGES / page).read_text("utf-8")
    section = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    return section.sub(lambda _: rendered(page), text)


def _told(case: WorkedExample) -> str:
    lines = [f"### {case.name}", "", f"Dihitung menurut aturan pada {date_text(case.on)}.", ""]
    try:
        outcome = case.compute()
    except RuleRefused as refusal:
        return "\n".join([*lines, f"Ditolak: {refusal.sentence}"])
    lines += [f"{number}. {step}" for number, step in enumerate(outcome.working, start=1)]
    lines += ["", *(f"- {line}" for line in told(outcome.value))]
    return "\n".join(lines)


if __name__ == "__main__":
    for path in sorted(PAGES.glob("*.md")):
        path.write_text(with_examples(path.name), "utf-8")
