"""How often one address may ask on the public pages; kept in memory only, for a minute."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque

from django.utils.translation import gettext_lazy as _

from sinambung.platform.foundation.errors import Refused

SECONDS = 60.0
FILES_A_MINUTE = 20
CODES_A_MINUTE = 60
_MOST_ADDRESSES = 10_000


class TooManyChecks(Refused):
    status = 429
    code = "too_many_checks"
    message = _("Terlalu banyak pemeriksaan dari alamat ini. Tunggu satu menit, lalu coba lagi.")


class Window:
    """Counts what each address did in the last minute; forgets the rest."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, address: str) -> None:
        """Count one act; raise `TooManyChecks` when there were too many in a minute."""
        moment = time.monotonic()
        with self._lock:
            acts = self._seen.setdefault(address, deque())
            self._seen.move_to_end(address)
            while acts and acts[0] < moment - SECONDS:
                acts.popleft()
            if len(acts) >= self._most:
                raise TooManyChecks
            acts.append(moment)
            while len(self._seen) > _MOST_ADDRESSES:
                self._seen.popitem(last=False)

    def forget(self) -> None:
        """Forget everybody (tests)."""
        with self._lock:
            self._seen.clear()


files = Window(most=FILES_A_MINUTE)
codes = Window(most=CODES_A_MINUTE)


def count_file(*, address: str) -> None:
    """Count a file that an address brings; raises `TooManyChecks`."""
    files.count(address)


def count_code(*, address: str) -> None:
    """Count a code that an address asks for; raises `TooManyChecks`."""
    codes.count(address)
