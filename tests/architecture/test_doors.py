"""What import-linter cannot say: which doors of another app are open, and who writes."""

from __future__ import annotations

import ast

from tests.architecture.source import imports, is_migration, modules

OPEN = {"services", "queries", "access", "events"}
WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
}
ENTRY = {"pages", "api", "queries", "access", "prints", "sheets", "tasks"}


def test_across_domains_only_the_open_doors_are_used() -> None:
    broken = []
    for module in modules():
        if module.parts[1:2] not in (("domains",), ("portal",), ("demo",)):
            continue
        for name, line in imports(module):
            parts = name.split(".")
            if parts[:2] != ["sinambung", "domains"] or len(parts) < 4:
                continue
            foreign = ".".join(parts[:3]) != module.app
            if foreign and parts[3] not in OPEN:
                broken.append(f"{module.where}:{line} {name}")
    assert broken == []


def test_only_services_write() -> None:
    broken = []
    for module in modules():
        if is_migration(module) or module.kind not in ENTRY:
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                written = node.func.attr in WRITES and _is_row(node.func.value)
                if written:
                    broken.append(f"{module.where}:{node.lineno} {ast.unparse(node)[:60]}")
    assert broken == []


def test_pages_and_routes_do_not_query() -> None:
    broken = [
        f"{module.where}:{node.lineno}"
        for module in modules()
        if module.kind in {"pages", "api"}
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert broken == []


def test_only_the_clock_reads_the_clock() -> None:
    broken = [
        f"{module.where}:{node.lineno}"
        for module in modules()
        if not module.name.endswith("foundation.clock")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _reads_clock(node)
    ]
    assert broken == []


def test_the_rulebook_imports_the_standard_library_only() -> None:
    import sys

    broken = [
        f"{module.where}:{line} {name}"
        for module in modules()
        if module.name.startswith("sinambung.pure.rulebook")
        for name, line in imports(module)
        if name.split(".")[0] not in {*sys.stdlib_module_names, "sinambung", "__future__"}
    ]
    assert broken == []


def _is_row(value: ast.expr) -> bool:
    text = ast.unparse(value)
    return ".objects" in text or not text.startswith(("request", "self", "cls", "form", "router"))


def _reads_clock(call: ast.Call) -> bool:
    text = ast.unparse(call.func)
    return text in {
        "datetime.now",
        "dt.datetime.now",
        "date.today",
        "dt.date.today",
        "timezone.now",
    }
