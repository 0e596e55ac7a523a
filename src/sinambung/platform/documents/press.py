"""Many papers at once: typeset and sign in several processes that know no Django."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
STANDARD = "a-4f"
FEW = 100
_compiling = threading.Lock()


@dataclass(frozen=True, slots=True)
class Key:
    """Which key signs: that of the authority in `folder`, or a PKCS #12 file with passphrase.

    `changed` is when its file was written, so that a new key is read anew.
    """

    changed: int
    folder: str = ""
    pkcs12: bytes = b""
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper to be made: its typst project, and how it is signed.

    `stamper` is the address of a time stamping authority, or empty.
    """

    project: Mapping[str, bytes]
    at: dt.datetime
    reason: str
    place: str
    stamper: str = ""


class TemplateBroken(Exception):
    """A print template does not compile; the text is the compiler's."""


def press(sheets: Iterable[Sheet], *, key: Key, processes: int = 0) -> Iterator[bytes]:
    """Yield the signed PDF of each sheet, in order; sheets are taken as they are needed.

    A few are made here; more in up to `processes` others (0: as many as there are cores, at most
    four). Each of those takes about a second to start.
    """
    waiting = iter(sheets)
    few = list(islice(waiting, FEW + 1))
    count = min(processes or os.cpu_count() or 1, 4)
    if len(few) <= FEW or count == 1:
        for sheet in chain(few, waiting):
            yield make(sheet, key)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context) as pool:
        running: deque[Future[bytes]] = deque()
        for sheet in chain(few, waiting):
            running.append(pool.submit(make, sheet, key))
            if len(running) > 6 * count:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def make(sheet: Sheet, key: Key) -> bytes:
    """Typeset and sign one sheet."""
    # Start-up time: pyHanko takes a second to import and most processes never sign.
    from sinambung.pure.signatures.sealing import seal

    pdf = compile_project(sheet.project, at=sheet.at)
    return seal(
        pdf,
        opened(key),
        reason=sheet.reason,
        place=sheet.place,
        at=sheet.at,
        stamp=stamper(sheet.stamper),
    )


def stamper(address: str) -> Callable[[bytes], bytes] | None:
    """Return what fetches time stamps from an address; None where none is set."""
    if not address:
        return None
    # Start-up time: the HTTP client is for those who stamp.
    from sinambung.platform.documents.stamping import stamp

    return partial(stamp, address=address)


def compile_project(project: Mapping[str, bytes], *, at: dt.datetime) -> bytes:
    """Compile `main.typ` of a project of files to PDF/A-4f dated `at`."""
    return bytes(_compiled(project, at=at, format="pdf", pdf_standards=[STANDARD]))


def draw_project(project: Mapping[str, bytes], *, at: dt.datetime) -> list[bytes]:
    """Draw the pages of a project as PNG, 120 points to the inch."""
    drawn = _compiled(project, at=at, format="png", ppi=120.0)
    return [bytes(page) for page in drawn] if isinstance(drawn, list) else [bytes(drawn)]


def _compiled(project: Mapping[str, bytes], *, at: dt.datetime, **options: Any) -> Any:
    import typst  # start-up time: most processes never typeset

    texts = {name: content for name, content in project.items() if _is_text(name)}
    with tempfile.TemporaryDirectory(prefix="sinambung-") as folder, _compiling:
        for name in project.keys() - texts.keys():
            (Path(folder) / name).write_bytes(project[name])
        try:
            return compiler().compile(texts, root=folder, timestamp=int(at.timestamp()), **options)
        except (typst.TypstError, RuntimeError) as error:
            raise TemplateBroken(str(error)) from error


def _is_text(name: str) -> bool:
    """Tell whether the compiler takes a file from memory; pictures it reads from a folder."""
    return name.endswith((".typ", ".json", ".svg"))


@lru_cache(maxsize=1)
def compiler() -> Any:
    import typst  # start-up time: as above

    return typst.Compiler(font_paths=[str(FONTS)], ignore_system_fonts=True)


@lru_cache(maxsize=2)
def opened(key: Key) -> Any:
    """Return the signer of a key, read once per process."""
    # Start-up time: as above.
    from sinambung.pure.signatures.sealing import open_authority_signer, open_pkcs12_signer

    if key.folder:
        return open_authority_signer(Path(key.folder))
    return open_pkcs12_signer(key.pkcs12, passphrase=key.passphrase)
