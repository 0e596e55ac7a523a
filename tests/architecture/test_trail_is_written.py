"""Every service that writes leaves an entry on the trail, or stands here with its reason."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.source import Module, modules

# Services whose writing is no change that a person made: each with its reason.
CALLER = "called by a service that records"
QUEUE = "queues or runs work; the work itself records"
SIGN_IN = "bookkeeping of sign-in; signing in and changes of passwords record"
OWN = "only the owner's own reading list"
WITHOUT_ENTRY: dict[str, str] = {
    "credentials.request_bundle": QUEUE,
    "credentials.resume_issuing": QUEUE,
    "documents.keep_file": CALLER,
    "documents.keep_files": CALLER,
    "documents.keep_written": CALLER,
    "documents.store_file": CALLER,
    "exchange.checked_chunks": "notes problems of staged rows; the upload is recorded",
    "exchange.choose": "marks staged rows; applying them records each change",
    "exchange.rehearse": "a dry run, rolled back",
    "exchange.resume": QUEUE,
    "exchange.work_now": QUEUE,
    "identity.ask_new_password": SIGN_IN,
    "identity.begin_attempt": SIGN_IN,
    "identity.check_credentials": SIGN_IN,
    "identity.check_own_password": SIGN_IN,
    "identity.check_passkey": SIGN_IN,
    "identity.forget_keys": CALLER,
    "identity.forget_old_daily": SIGN_IN,
    "identity.forgive": SIGN_IN,
    "identity.keep_alive": SIGN_IN,
    "identity.keep_session": SIGN_IN,
    "identity.note_token_use": SIGN_IN,
    "identity.place_users": CALLER,
    "identity.rename_users": CALLER,
    "identity.use_code": CALLER,
    "jobs.carry_out": QUEUE,
    "jobs.progress": QUEUE,
    "jobs.reap": QUEUE,
    "jobs.requeue": CALLER,
    "jobs.run_now": QUEUE,
    "jobs.start": CALLER,
    "jobs.work": QUEUE,
    "notices.deliver_mail": "sends what a recorded act has put into the outbox",
    "notices.mark_all_read": OWN,
    "notices.mark_read": OWN,
    "notices.notify": CALLER,
    "notices.send_messages": CALLER,
    "numbering.allocate": CALLER,
    "training.add_rows": CALLER,
    "training.regrade": "recomputes what marks already say; changes of marks record",
    "workforce.end_open_periods": CALLER,
    "workforce.reopen": CALLER,
    "workforce.write": CALLER,
}
WRITES = {"create", "save", "save_changed", "insert_rows", "update_rows", "bulk_create", "update"}
RECORDS = {"record", "record_all"}


def test_every_service_that_writes_records_an_entry() -> None:
    silent = sorted(
        f"{app}.{name}"
        for app, functions in _services().items()
        for name, function in functions.items()
        if not name.startswith("_")
        and _reaches(function, functions, WRITES)
        and not _reaches(function, functions, RECORDS)
        and f"{app}.{name}" not in WITHOUT_ENTRY
    )
    assert silent == []


def test_no_reason_is_left_over() -> None:
    known = {f"{app}.{name}" for app, functions in _services().items() for name in functions}
    assert sorted(set(WITHOUT_ENTRY) - known) == []


def test_the_search_sees_a_silent_service() -> None:
    tree = ast.parse("def rename(row):\n    _store(row)\ndef _store(row):\n    row.save()\n")
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert _reaches(functions["rename"], functions, WRITES)
    assert not _reaches(functions["rename"], functions, RECORDS)


def _services() -> dict[str, dict[str, ast.FunctionDef]]:
    """The functions of each app's services by name, private ones too."""
    found: dict[str, dict[str, ast.FunctionDef]] = {}
    for module in modules():
        if module.kind != "services" or module.app.endswith(".audit"):
            continue
        app = module.app.split(".")[-1] if module.app else "portal"
        for node in _functions(module):
            found.setdefault(app, {})[node.name] = node
    return found


def _functions(module: Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef))


def _reaches(
    function: ast.FunctionDef, functions: dict[str, ast.FunctionDef], wanted: set[str]
) -> bool:
    """Whether a function calls one of the wanted names, itself or through its own app."""
    seen: set[str] = set()
    waiting = [function]
    while waiting:
        names = set(_called(waiting.pop()))
        if names & wanted:
            return True
        new = (names & set(functions)) - seen
        seen |= new
        waiting += [functions[name] for name in new]
    return False


def _called(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr
            elif isinstance(node.func, ast.Name):
                yield node.func.id
