"""How many examples a property tries: few in the tier that a person waits for, all in CI."""

from __future__ import annotations

import os

IS_QUICK = os.environ.get("QUICK") == "1"
FEW = 5


def examples(number: int) -> int:
    return FEW if IS_QUICK else number
