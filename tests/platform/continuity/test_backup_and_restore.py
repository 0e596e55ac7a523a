"""A backup is complete and consistent; a restore is all or nothing, into an empty folder."""

from __future__ import annotations

import datetime as dt
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from sinambung.platform.continuity import archives, backups
from sinambung.platform.continuity.backups import make_backup
from sinambung.platform.continuity.installation import ContinuityRefused, Installation
from sinambung.platform.continuity.restoring import restore

LAST = "manifest.json"
AT = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    folder = tmp_path / "data"
    (folder / "keys").mkdir(parents=True)
    (folder / "files" / "ab").mkdir(parents=True)
    (folder / "keys" / "secret-key").write_text("rahasia")
    (folder / "files" / "ab" / "abcd").write_bytes(b"isi " * 5000)
    (folder / "files" / "ab" / "kosong").write_bytes(b"")
    (folder / "installation.toml").write_text('agency = "BPSDM Provinsi Contoh"\n')
    (folder / "server.log").write_text("bukan bagian cadangan")
    with closing(sqlite3.connect(folder / "sinambung.sqlite3")) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE orang (nama TEXT)")
        database.execute("INSERT INTO orang VALUES ('Sitti Nurhaliza Contoh')")
        database.commit()
    return Installation(folder)


@pytest.fixture
def archive(installation: Installation, tmp_path: Path) -> Path:
    target = tmp_path / "cadangan.tar"
    make_backup(installation, target, at=AT)
    return target


def names(archive: Path) -> list[str]:
    with tarfile.open(archive) as opened:
        return opened.getnames()


def rewritten(archive: Path, change: Callable[[str, bytes], list[tuple[str, bytes]]]) -> Path:
    """The same archive with each member replaced by what `change` says."""
    target = archive.with_name("diubah.tar")
    with tarfile.open(archive) as old, tarfile.open(target, "w") as new:
        for info in old:
            content = old.extractfile(info)
            assert content
            for name, data in change(info.name, content.read()):
                member = tarfile.TarInfo(name)
                member.size = len(data)
                new.addfile(member, io.BytesIO(data))
    return target


def test_a_backup_holds_database_files_keys_and_settings(archive: Path) -> None:
    assert names(archive) == [
        "sinambung.sqlite3",
        "installation.toml",
        "keys/secret-key",
        "files/ab/abcd",
        "files/ab/kosong",
        "manifest.json",
    ]
    assert archive.stat().st_mode & 0o777 == 0o600
    assert not list(archive.parent.glob(".sinambung-*"))


def test_a_restore_brings_everything_back(
    archive: Path, installation: Installation, tmp_path: Path
) -> None:
    folder = tmp_path / "baru" / "data"
    restore(archive, Installation(folder))
    for name in ("keys/secret-key", "files/ab/abcd", "files/ab/kosong", "installation.toml"):
        assert (folder / name).read_bytes() == (installation.folder / name).read_bytes()
    with closing(sqlite3.connect(folder / "sinambung.sqlite3")) as database:
        assert database.execute("SELECT nama FROM orang").fetchall() == [
            ("Sitti Nurhaliza Contoh",)
        ]
    assert (folder / "keys" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_an_empty_folder_may_exist_already(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kosong"
    folder.mkdir()
    restore(archive, Installation(folder))
    assert (folder / "sinambung.sqlite3").is_file()


def test_a_folder_that_is_not_empty_is_left_alone(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "isi"
    folder.mkdir()
    (folder / "penting.txt").write_text("jangan hilang")
    with pytest.raises(ContinuityRefused, match="tidak kosong"):
        restore(archive, Installation(folder))
    assert [path.name for path in folder.iterdir()] == ["penting.txt"]


def test_an_existing_archive_is_never_overwritten(
    archive: Path, installation: Installation
) -> None:
    before = archive.read_bytes()
    with pytest.raises(ContinuityRefused, match="sudah ada"):
        make_backup(installation, archive, at=AT)
    assert archive.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda n, d: [(n, d + b"x" if n == "keys/secret-key" else d)], "berubah"),
        (lambda n, d: [(n, b"lain" if n == "files/ab/abcd" else d)], "berubah"),
        (lambda n, d: [] if n == "files/ab/abcd" else [(n, d)], "hilang"),
        (lambda n, d: [("files/x", b"")] * (n == LAST) + [(n, d)], "tidak ada"),
        (lambda n, d: [(n, d)] + [("files/y", b"")] * (n == LAST), "semestinya"),
        (lambda n, d: [] if n == "manifest.json" else [(n, d)], "terpotong"),
        (lambda n, d: [(n, b"{" if n == "manifest.json" else d)], "tidak terbaca"),
        (lambda n, d: [(n, b'{"format": 9}' if n == "manifest.json" else d)], "tidak terbaca|lain"),
        (lambda n, d: [("../" + n if n == "keys/secret-key" else n, d)], "semestinya"),
        (lambda n, d: [("/" + n if n == "keys/secret-key" else n, d)], "semestinya"),
        (lambda n, d: [(n, d), (n, d)] if n == "keys/secret-key" else [(n, d)], "semestinya"),
    ],
)  # fmt: skip
def test_an_altered_archive_is_refused_and_nothing_is_written(
    archive: Path,
    tmp_path: Path,
    change: Callable[[str, bytes], list[tuple[str, bytes]]],
    sentence: str,
) -> None:
    bad = rewritten(archive, change)
    folder = tmp_path / "tujuan"
    with pytest.raises(ContinuityRefused, match=sentence):
        restore(bad, Installation(folder))
    assert not folder.exists()
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize("kept", [0, 10, 700, 5000, -1100, -3000])
def test_a_truncated_archive_is_refused(archive: Path, tmp_path: Path, kept: int) -> None:
    bad = tmp_path / "terpotong.tar"
    content = archive.read_bytes().rstrip(b"\x00")
    bad.write_bytes(content[:kept])
    folder = tmp_path / "tujuan"
    with pytest.raises(ContinuityRefused):
        restore(bad, Installation(folder))
    assert not folder.exists()


def test_a_link_in_an_archive_is_refused(archive: Path, tmp_path: Path) -> None:
    bad = tmp_path / "taut.tar"
    bad.write_bytes(archive.read_bytes())
    with tarfile.open(bad, "w") as opened:
        link = tarfile.TarInfo("files/rahasia")
        link.type = tarfile.SYMTYPE
        link.linkname = "/etc/passwd"
        opened.addfile(link)
    with pytest.raises(ContinuityRefused, match="semestinya"):
        restore(bad, Installation(tmp_path / "tujuan"))


def test_every_flipped_byte_of_content_is_noticed(archive: Path, tmp_path: Path) -> None:
    content = archive.read_bytes()
    bad = tmp_path / "rusak.tar"
    for position in range(0, len(content), 9973):
        bad.write_bytes(
            content[:position] + bytes([content[position] ^ 1]) + content[position + 1 :]
        )
        folder = tmp_path / "tujuan"
        try:
            restore(bad, Installation(folder))
        except ContinuityRefused:
            assert not folder.exists()
        else:
            _assert_same(folder, tmp_path / "data")
            _remove(folder)


def test_a_full_disk_leaves_nothing_behind(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "write_archive", full)
    target = tmp_path / "penuh.tar"
    with pytest.raises(ContinuityRefused, match="Ruang disk tidak cukup"):
        make_backup(installation, target, at=AT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_a_full_disk_while_restoring_leaves_nothing_behind(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sinambung.platform.continuity import restoring

    def full(source: Path, manifest: archives.Manifest, folder: Path) -> None:
        (folder / "sebagian").write_text("x")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, "extract_archive", full)
    folder = tmp_path / "tujuan"
    with pytest.raises(ContinuityRefused, match="Ruang disk tidak cukup"):
        restore(archive, Installation(folder))
    assert not folder.exists()


def test_a_broken_database_is_not_backed_up(installation: Installation, tmp_path: Path) -> None:
    installation.sqlite.write_bytes(b"bukan basis data " * 1000)
    with pytest.raises(ContinuityRefused, match="tidak dapat disalin"):
        make_backup(installation, tmp_path / "x.tar", at=AT)
    assert not (tmp_path / "x.tar").exists()


def test_the_manifest_names_every_member(archive: Path) -> None:
    with tarfile.open(archive) as opened:
        content = opened.extractfile("manifest.json")
        assert content
        manifest = json.load(content)
    assert [member["path"] for member in manifest["members"]] == names(archive)[:-1]


def _assert_same(folder: Path, original: Path) -> None:
    """A byte that no content holds (padding, a header's spare field) may differ unnoticed."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".sqlite3":
            assert path.read_bytes() == (original / path.relative_to(folder)).read_bytes()


def _remove(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder)
