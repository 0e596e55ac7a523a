"""Write the documents that are made from the code: settings, API, glossary.

`python tools/make_docs.py` writes them; `--check` writes nothing and fails when one is not current.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))


def main() -> int:
    """Write what differs; with `--check` only name it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    only_check = parser.parse_args().check
    stale = [name for name, make in DOCUMENTS.items() if _differs(name, make())]
    for name in stale:
        if only_check:
            print(f"{name} is not current: run `make docs`", file=sys.stderr)
        else:
            path = ROOT / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(DOCUMENTS[name]())
            print(name)
    return 1 if stale and only_check else 0


def settings_page() -> str:
    """Return the page of all settings, from the dataclass that reads them."""
    from sinambung.config.environment import Environment

    rows = [
        f"| `SINAMBUNG_{entry.name.upper()}` | `{entry.name}` | {_default(entry.default)} "
        f"| {entry.metadata['text']} |"
        for entry in fields(Environment)
    ]
    return "\n".join([_SETTINGS_HEAD, *rows, ""])


def api_description() -> str:
    """Return the OpenAPI description of the JSON API."""
    with tempfile.TemporaryDirectory() as data:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sinambung.config.settings")
        os.environ.setdefault("SINAMBUNG_DATA", data)
        import django

        django.setup()
        from sinambung.config.api import api

        schema = api.get_openapi_schema()
        return json.dumps(schema, indent=1, ensure_ascii=False, default=str) + "\n"


def glossary_page() -> str:
    """Return the glossary of official terms."""
    from sinambung.pure.rulebook.glossary import render

    return render()


_SETTINGS_HEAD = """# Settings

Made from `src/sinambung/config/environment.py` by `make docs`; do not change it here.
Each setting is an environment variable, else a line of `installation.toml` in the data folder,
else its default.

| variable | in `installation.toml` | default | meaning |
|---|---|---|---|"""

DOCUMENTS: dict[str, Callable[[], str]] = {
    "docs/operations/settings.md": settings_page,
    "docs/api/openapi.json": api_description,
    "docs/glossary.md": glossary_page,
}


def _default(value: object) -> str:
    if isinstance(value, bool):
        return "`1`" if value else "`0`"
    return f"`{value}`" if value else "(empty)"


def _differs(name: str, text: str) -> bool:
    path = ROOT / name
    return not path.is_file() or path.read_text() != text


if __name__ == "__main__":
    sys.exit(main())
