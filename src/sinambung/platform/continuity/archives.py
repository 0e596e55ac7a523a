"""The archive: a tar whose last member, the manifest, names every other with its SHA-256."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sinambung.platform.continuity.installation import ContinuityRefused

MANIFEST = "manifest.json"
FORMAT = 1
LARGEST_MANIFEST = 200_000_000
_PIECE = 1024 * 1024


class ArchiveBroken(ContinuityRefused):
    """The archive is not what its manifest says."""


@dataclass(frozen=True, slots=True)
class Member:
    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`database` is the kind: `sqlite` or `postgresql`."""

    made_at: str
    database: str
    members: tuple[Member, ...]

    @property
    def size(self) -> int:
        return sum(member.size for member in self.members)


def write_archive(
    target: IO[bytes], *, files: Mapping[str, Path], made_at: str, database: str
) -> Manifest:
    """Write files by their names in the archive, then the manifest of exactly what was written."""
    members = []
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, path in files.items():
            members.append(_add(archive, name, path))
        manifest = Manifest(made_at, database, tuple(members))
        text = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
        info = tarfile.TarInfo(MANIFEST)
        info.size = len(content := text.encode())
        archive.addfile(info, io.BytesIO(content))
    return manifest


def verify_archive(path: Path) -> Manifest:
    """Read the whole archive and compare it with its manifest; raise `ArchiveBroken`."""
    found: dict[str, Member] = {}
    manifest: Manifest | None = None
    with _opened(path) as members:
        for info, content in members:
            if manifest is not None or info.name in found or not _is_safe(info):
                raise ArchiveBroken(f"Cadangan memuat “{info.name}” yang tidak semestinya.")
            if info.name == MANIFEST:
                manifest = _manifest(content, info.size)
            else:
                found[info.name] = Member(info.name, info.size, _digest(content))
    if manifest is None:
        raise ArchiveBroken("Cadangan terpotong atau bukan buatan Sinambung.")
    _compare(manifest, found)
    return manifest


def extract_archive(path: Path, manifest: Manifest, folder: Path) -> None:
    """Write the members into a folder, checking each once more while it is written."""
    expected = {member.path: member for member in manifest.members}
    with _opened(path) as members:
        for info, content in members:
            if info.name != MANIFEST and _written(content, folder / info.name) != (
                expected[info.name].sha256
            ):
                raise ArchiveBroken(f"“{info.name}” berubah selagi dibaca; pemulihan dihentikan.")


def _written(content: IO[bytes], target: Path) -> str:
    """Write a member and return the hash of what was written."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with open(target, "xb") as file:
        while piece := content.read(_PIECE):
            digest.update(piece)
            file.write(piece)
    target.chmod(0o600)
    return digest.hexdigest()


def _add(archive: tarfile.TarFile, name: str, path: Path) -> Member:
    with open(path, "rb") as file:
        info = archive.gettarinfo(arcname=name, fileobj=file)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        info.mode = 0o600
        counted = _Counted(file)
        archive.addfile(info, counted)
    return Member(name, info.size, counted.digest.hexdigest())


class _Counted:
    """A file that hashes what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[tuple[tarfile.TarInfo, IO[bytes]]]]:
    """Give each member with its content; whatever breaks inside is a broken archive."""
    try:
        with tarfile.open(path, mode="r:") as archive:
            yield ((info, _content(archive, info)) for info in archive)
    except FileNotFoundError:
        raise ContinuityRefused(f"Cadangan {path} tidak ada.") from None
    except IsADirectoryError:
        raise ContinuityRefused(f"{path} adalah folder, bukan cadangan.") from None
    except PermissionError:
        raise ContinuityRefused(f"Cadangan {path} tidak boleh dibaca.") from None
    except (tarfile.TarError, EOFError, UnicodeError, ValueError) as error:
        raise ArchiveBroken("Cadangan terpotong, rusak, atau bukan arsip tar.") from error


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(info) if info.isreg() else None
    return content or io.BytesIO()


def _digest(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := content.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def _is_safe(info: tarfile.TarInfo) -> bool:
    path = PurePosixPath(info.name)
    return info.isreg() and not path.is_absolute() and ".." not in path.parts and bool(path.parts)


def _manifest(content: IO[bytes], size: int) -> Manifest:
    if size > LARGEST_MANIFEST:
        raise ArchiveBroken("Daftar isi cadangan terlalu besar; cadangan tidak dipakai.")
    try:
        read: dict[str, Any] = json.loads(content.read())
        if read["format"] != FORMAT or read["database"] not in ("sqlite", "postgresql"):
            raise ArchiveBroken("Cadangan dibuat versi Sinambung yang lain; pakai versi itu.")
        members = tuple(Member(**member) for member in read["members"])
        return Manifest(str(read["made_at"]), read["database"], members)
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveBroken("Daftar isi cadangan tidak terbaca; cadangan tidak dipakai.") from error


def _compare(manifest: Manifest, found: Mapping[str, Member]) -> None:
    for member in manifest.members:
        if member.path not in found:
            raise ArchiveBroken(f"Cadangan tidak lengkap: “{member.path}” hilang.")
        if found[member.path] != member:
            raise ArchiveBroken(f"“{member.path}” berubah sejak dicadangkan.")
    extra = set(found) - {member.path for member in manifest.members}
    if extra:
        raise ArchiveBroken(f"Cadangan memuat “{min(extra)}” yang tidak ada di daftar isinya.")
