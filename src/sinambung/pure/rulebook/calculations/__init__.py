"""Every public rule by name, so that an auditor can compute any figure again."""

from sinambung.pure.rulebook.calculations.described import LEARNING, PEOPLE, TRAINING
from sinambung.pure.rulebook.calculations.values import Calculation, InputRefused, Outcome
from sinambung.pure.rulebook.refusals import RuleRefused

__all__ = [
    "CALCULATIONS",
    "Calculation",
    "InputRefused",
    "NoSuchCalculation",
    "Outcome",
    "calculation",
]

CALCULATIONS = {rule.name: rule for rule in (*TRAINING, *LEARNING, *PEOPLE)}


class NoSuchCalculation(RuleRefused):
    """No rule has this name."""


def calculation(name: str) -> Calculation:
    """Return a rule by its name; raise NoSuchCalculation."""
    try:
        return CALCULATIONS[name]
    except KeyError:
        raise NoSuchCalculation(
            f"Aturan “{name}” tidak ada; lihat daftarnya dengan sinambung rule list."
        ) from None
