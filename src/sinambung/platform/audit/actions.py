"""What may stand on the trail: each action has a code and the sentence that shows it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from typing import Self


class TrailAction(Enum):
    """Base of every app's `Trail` enum: members are `CODE = "app.verb", _("sentence")`.

    The sentence follows the actor's name ("Laksmi Anindita …") and may use `%(subject)s` and
    every fact recorded with the entry, as in `_("mengubah nilai %(subject)s menjadi %(after)s")`.
    """

    code: str
    sentence: str | Promise

    def __new__(cls, code: str, sentence: str | Promise) -> Self:
        member = object.__new__(cls)
        member._value_ = code
        member.code = code
        member.sentence = sentence
        return member


_known: dict[str, TrailAction] = {}


def register(actions: type[TrailAction]) -> None:
    """Make the sentences of an app's actions known (from its `ready`)."""
    for action in actions:
        _known[action.code] = action


def sentence_of(code: str) -> str:
    """Return the sentence of an action; an unknown code stands for itself."""
    action = _known.get(code)
    return str(action.sentence) if action else code


def known_actions() -> dict[str, Any]:
    return dict(_known)
