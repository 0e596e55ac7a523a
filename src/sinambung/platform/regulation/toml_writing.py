"""Write TOML that `tomllib` reads back: Python reads the format and does not write it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(mapping: Mapping[str, Any]) -> str:
    """Return a document; None values are left out, lists of mappings become arrays of tables."""
    return "\n".join(_table(mapping, ())).strip() + "\n"


def _table(mapping: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    lines = []
    deeper: list[str] = []
    for key, value in mapping.items():
        if value is None:
            continue
        if isinstance(value, Mapping):
            inner = (*path, key)
            deeper += ["", f"[{_dotted(inner)}]", *_table(value, inner)]
        elif path == () and _is_array_of_tables(value):
            for row in value:
                deeper += ["", f"[[{_key(key)}]]", *_table(row, (key,))]
        else:
            lines.append(f"{_key(key)} = {_value(value)}")
    return lines + deeper


def _is_array_of_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], Mapping)


def _dotted(path: tuple[str, ...]) -> str:
    return ".".join(_key(part) for part in path)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None)
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _text(str(value))


def _text(text: str) -> str:
    """A basic string: JSON's escapes are a subset of TOML's, except for DEL and surrogates."""
    safe = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(safe, ensure_ascii=False).replace("\x7f", "\\u007f")
