"""The API's description is committed, so that a change shows in review."""

from __future__ import annotations

import ast
import json
from collections import Counter

from sinambung.config.api import api
from tests.architecture.source import PACKAGE, ROOT


def test_the_committed_description_is_current() -> None:
    committed = (ROOT / "docs" / "api" / "openapi.json").read_text()
    current = json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, default=str)
    assert committed == current + "\n", "jalankan `make docs`"


def test_no_two_schemas_share_a_name() -> None:
    """Components have one namespace: of two with one name the later would replace the other."""
    names = Counter(
        node.name
        for path in PACKAGE.rglob("api/**/*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.ClassDef)
    )
    assert [name for name, count in names.items() if count > 1] == []
