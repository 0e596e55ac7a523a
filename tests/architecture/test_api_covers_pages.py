"""Everything the pages can do, the API can do: no service is called by pages alone."""

from __future__ import annotations

import ast
from collections import defaultdict

from tests.architecture.source import Module, modules

# Services that only make sense in a browser: each with its reason.
WAY_IN = "how a person comes in; a machine brings a token"
PROOF = "the proof of the owner before keys are touched; a token may not touch them"
WHOLE_FORM = "marks every field of a form at once; the API is told when it writes"
BROWSER_ONLY: dict[str, str] = {
    "identity.activate": WAY_IN,
    "identity.ask_new_password": WAY_IN,
    "identity.begin_passkey": WAY_IN,
    "identity.began_without_factor": WAY_IN,
    "identity.begin_session": WAY_IN,
    "identity.check_credentials": WAY_IN,
    "identity.check_own_password": PROOF,
    "identity.check_passkey": WAY_IN,
    "identity.check_second_factor": WAY_IN,
    "identity.confirm": PROOF,
    "identity.device_mark": WAY_IN,
    "identity.end_own_session": WAY_IN,
    "identity.set_new_password": WAY_IN,
    "training.contradictions": WHOLE_FORM,
}


def test_every_service_that_a_page_calls_is_called_by_a_route() -> None:
    by_pages: dict[str, set[str]] = defaultdict(set)
    by_routes: set[str] = set()
    for module in modules():
        if module.kind == "pages":
            for name in _services_called(module):
                by_pages[name].add(module.where)
        elif module.kind == "api":
            by_routes |= _services_called(module)
    alone = {
        name: sorted(where)
        for name, where in by_pages.items()
        if name not in by_routes and name not in BROWSER_ONLY
    }
    assert alone == {}


def _services_called(module: Module) -> set[str]:
    """Names such as `training.close_batch`: the app and the function."""
    names = _services_imported(module)
    called = set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            root, *chain = ast.unparse(node.func).split(".")
            if root in names:
                full = [*names[root].split("."), *chain]
                called.add(f"{full[full.index('services') - 1]}.{full[-1]}")
    return {name for name in called if name.split(".")[1][:1].islower()}


def _services_imported(module: Module) -> dict[str, str]:
    names: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = [*node.module.split("."), alias.name]
                if full[0] == "sinambung" and "services" in full:
                    names[alias.asname or alias.name] = ".".join(full)
    return names
