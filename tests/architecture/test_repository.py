"""The repository speaks of the product alone: no hosts of registries, no paths of a machine."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.architecture.source import ROOT

# Names of registries, without the domain that would make them hosts.
REGISTRIES = ("pypi", "pythonhosted", "npmjs", "debian")
FORBIDDEN = re.compile(
    rf"\b(?:{'|'.join(REGISTRIES)})\.(?:org|com|net)\b"
    r"|(?<![\w.~/-])/(?:root|work|Users)/[\w.]"
)


def test_no_file_names_a_registry_or_a_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    found = []
    for name in listed.stdout.decode().splitlines():
        path = ROOT / name
        if not path.is_file():
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if match := FORBIDDEN.search(text):
            found.append(f"{name}: {match.group(0)}")
    assert found == []


@pytest.mark.parametrize(
    "line", ["https://files.{}.org/x", "https://registry.{}.org/x", "{}.org", "see /{}/main/x.py"]
)
def test_the_pattern_sees_what_it_forbids(line: str) -> None:
    word = "work" if "/main" in line else REGISTRIES[0]
    assert FORBIDDEN.search(line.format(word))
    assert not FORBIDDEN.search("pelatihan/peserta/kerja/1")
