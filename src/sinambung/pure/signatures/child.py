"""The child process of `checker`: reads files from its standard input, writes verdicts."""

from __future__ import annotations

import json
import logging
import resource
import sys
from datetime import datetime
from types import ModuleType

from sinambung.pure.signatures.checker import read_block, write_block

_MEMORY_BYTES = 768 * 1024 * 1024


class _NoNetwork(ModuleType):
    """Stands in for the HTTP client that pyHanko imports for time stamps.

    Validation never fetches anything; without the client the child starts a third faster and
    cannot reach the network at all.
    """

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def main() -> None:
    """Answer until the other side closes the pipe."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    logging.disable(logging.CRITICAL)
    sys.modules["aiohttp"] = _NoNetwork("aiohttp")
    from sinambung.pure.signatures.validation import validate  # start-up time: after the limits

    while True:
        try:
            question = json.loads(read_block(sys.stdin.buffer))
            pdf = read_block(sys.stdin.buffer)
        except EOFError:
            return
        trust = [bytes.fromhex(content) for content in question["trust"]]
        verdict = validate(pdf, trust=trust, at=datetime.fromisoformat(question["at"]))
        write_block(sys.stdout.buffer, json.dumps(verdict.to_json()).encode())


if __name__ == "__main__":
    main()
