"""Bringing files in, in one line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sinambung.platform.exchange import services
from sinambung.platform.exchange.models import Import
from sinambung.platform.foundation import actors

SYSTEM = actors.system("Pengujian")
Upload = Callable[..., Import]


@pytest.fixture
def upload(tmp_path: Path, settings: object) -> Upload:
    settings.DATA_FOLDER = tmp_path  # type: ignore[attr-defined]

    def bring(content: bytes, name: str = "pegawai.xlsx", by: actors.Actor = SYSTEM) -> Import:
        return services.upload(
            kind="employees", file_name=name, pieces=[content], options={}, by=by, inline=True
        )

    return bring


@pytest.fixture
def imported(upload: Upload) -> Upload:
    def bring(content: bytes, name: str = "pegawai.xlsx") -> Import:
        row = upload(content, name)
        return services.apply_now(import_id=row.pk, by=SYSTEM, reason="Pengujian")

    return bring
