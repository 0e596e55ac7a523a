"""`make test-pure` runs these without Django and with few examples of each property, in 2 s."""

from __future__ import annotations

from hypothesis import settings

from tests.pure.rulebook.quick import FEW, IS_QUICK

settings.register_profile("quick", deadline=None, max_examples=FEW, database=None)
if IS_QUICK:
    settings.load_profile("quick")
