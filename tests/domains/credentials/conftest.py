from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from sinambung.platform.documents import services as documents
from sinambung.platform.documents.services import papers
from sinambung.platform.identity.models import Unit
from sinambung.pure.signatures.authority import Subject
from tests.domains.credentials import building


@pytest.fixture(scope="session")
def _shared_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("credentials")


@pytest.fixture(autouse=True)
def _own_installation(_shared_data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A data folder with an authority; the checking child is warm for the whole session."""
    monkeypatch.setattr(settings, "DATA_FOLDER", _shared_data)
    subject = Subject("Maria Goreti Ngalai", "Kepala BPSDM Provinsi Contoh", "BPSDM")
    documents.prepare_authority(signer=subject, at=building.AT)
    yield
    assert len(papers._checkers) <= 1


@pytest.fixture
def host(db: None) -> Unit:
    return building.unit()
