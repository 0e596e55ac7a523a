"""The address that certificates of the demonstration name follows its port."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sinambung.cli.demo import _prepare
from sinambung.cli.errors import CommandRefused

ROOT = Path(__file__).resolve().parents[2]


def test_a_new_demonstration_names_its_port(tmp_path: Path) -> None:
    _prepare(tmp_path / "data", 8473)
    settings = (tmp_path / "data" / "installation.toml").read_text()
    assert settings == 'sample = true\nbase_url = "http://127.0.0.1:8473"\n'


def test_another_port_later_changes_the_address_but_no_address_of_ones_own(tmp_path: Path) -> None:
    settings = tmp_path / "installation.toml"
    _prepare(tmp_path, 8000)
    _prepare(tmp_path, 8473)
    assert 'base_url = "http://127.0.0.1:8473"\n' in settings.read_text()
    settings.write_text('sample = true\nbase_url = "https://contoh.go.id"\n')
    _prepare(tmp_path, 8000)
    assert settings.read_text() == 'sample = true\nbase_url = "https://contoh.go.id"\n'


def test_a_folder_of_ones_own_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "installation.toml").write_text('base_url = "http://127.0.0.1:8000"\n')
    with pytest.raises(CommandRefused):
        _prepare(tmp_path, 8473)
    assert "8000" in (tmp_path / "installation.toml").read_text()


def test_make_hands_the_port_on() -> None:
    words = ["make", "-n", "-C", str(ROOT), "demo", "PORT=8473", "SERVE=0"]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "demo --port 8473 --no-serve" in said
