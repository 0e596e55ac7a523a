"""The repository speaks of the product alone: no hosts of registries, no paths of a machine."""

from __future__ import annotations

import re
import subprocess

from tests.architecture.source import ROOT

FORBIDDEN = re.compile(
    "|".join(["pypi" r"\.org", "files\\.pythonhosted" r"\.org", "registry\\.npmjs" r"\.org"])
    + "|deb\\.debian"
    + r"\.org|/work/(main|shared|scratch)|/root/"
)


def test_no_file_names_a_registry_or_a_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    found = []
    for name in listed.stdout.decode().splitlines():
        path = ROOT / name
        if not path.is_file() or name.startswith("tests/architecture/test_repository"):
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if match := FORBIDDEN.search(text):
            found.append(f"{name}: {match.group(0)}")
    assert found == []
