"""What is backed up: a data folder and its database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SQLITE_NAME = "sinambung.sqlite3"
DUMP_NAME = "database.dump"
KEPT = ("installation.toml", "keys", "files", "imports")


class ContinuityRefused(Exception):
    """A backup or restore that is refused; the sentence is for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Installation:
    """`database_url` is empty for SQLite in the data folder."""

    folder: Path
    database_url: str = ""

    @property
    def sqlite(self) -> Path:
        return self.folder / SQLITE_NAME

    @property
    def kind(self) -> str:
        return "postgresql" if self.database_url else "sqlite"
