"""The product's source as the architecture tests read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "sinambung"


@dataclass(frozen=True)
class Module:
    path: Path
    name: str
    tree: ast.Module
    lines: int

    @property
    def where(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(self.name.split("."))

    @property
    def kind(self) -> str:
        """The place inside an app: `services`, `pages`, `models` … or empty."""
        parts = self.parts
        if len(parts) > 3 and parts[1] in {"domains", "platform"}:
            return parts[3]
        return parts[2] if len(parts) > 2 and parts[1] == "portal" else ""

    @property
    def app(self) -> str:
        parts = self.parts
        return ".".join(parts[:3]) if len(parts) > 2 else ""


@cache
def modules() -> tuple[Module, ...]:
    return tuple(_modules())


def _modules() -> Iterator[Module]:
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text()
        parts = ("sinambung", *path.relative_to(PACKAGE).with_suffix("").parts)
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        yield Module(path, name, ast.parse(text), text.count("\n"))


def is_migration(module: Module) -> bool:
    return "migrations" in module.parts


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Yield each name imported at run time in full, with its line."""
    typing_only = {
        inner
        for node in ast.walk(module.tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(module.tree):
        if node in typing_only:
            continue
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno
