"""The API's description is committed, so that a change shows in review."""

from __future__ import annotations

import json

from sinambung.config.api import api
from tests.architecture.source import ROOT


def test_the_committed_description_is_current() -> None:
    committed = (ROOT / "docs" / "api" / "openapi.json").read_text()
    current = json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, default=str)
    assert committed == current + "\n", "jalankan `make docs`"
