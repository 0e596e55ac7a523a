"""Identifiers say what the glossary says: no word to avoid."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from sinambung.pure.rulebook.glossary import terms

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "sinambung"


def test_no_identifier_contains_a_word_to_avoid() -> None:
    avoided = {word for term in terms() for word in term.avoid}
    found = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in PACKAGE.rglob("*.py")
        if "migrations" not in path.parts
        for name in _identifiers(path)
        if avoided & set(_words(name))
    ]
    assert found == []


def _words(name: str) -> list[str]:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")


def _identifiers(path: Path) -> set[str]:
    names = {path.stem}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Name | ast.arg):
            names.add(node.id if isinstance(node, ast.Name) else node.arg)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            names.add(node.attr)
    return names


def test_words_are_taken_out_of_both_spellings() -> None:
    assert _words("CourseStudent") == _words("course_student") == ["course", "student"]
