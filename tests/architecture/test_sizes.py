"""Modules, functions and templates stay small enough to be read."""

from __future__ import annotations

import ast

from tests.architecture.source import PACKAGE, is_migration, modules

MODULE_LINES = 300
FUNCTION_LINES = 40
TEMPLATE_LINES = 150
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "handler"}


def test_no_module_is_longer_than_300_lines() -> None:
    long = [f"{m.where}: {m.lines}" for m in modules() if m.lines > MODULE_LINES]
    assert [entry for entry in long if "migrations" not in entry] == []


def test_no_function_is_longer_than_40_lines() -> None:
    long = []
    for module in modules():
        if is_migration(module):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    long.append(f"{module.where}:{node.lineno} {node.name}: {length}")
    assert long == []


def test_no_module_is_a_drawer_for_anything() -> None:
    assert [
        m.where for m in modules() if m.path.stem in BANNED or m.path.parent.name in BANNED
    ] == []


def test_no_template_is_longer_than_150_lines() -> None:
    long = []
    for path in PACKAGE.rglob("templates/**/*.html"):
        lines = path.read_text().count("\n")
        if lines > TEMPLATE_LINES:
            long.append(f"{path.relative_to(PACKAGE)}: {lines}")
    assert long == []
