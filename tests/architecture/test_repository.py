"""The repository speaks of the product alone: known hosts only, no paths of a machine."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.architecture.source import ROOT

# Ourselves, invented places, and the homes of formats, licences and sources.
KNOWN_HOSTS = re.compile(
    r"127\.0\.0\.1|localhost|[a-z0-9]+|(?:[\w-]+\.)*contoh\.(?:go\.id|test)|jahat\.test|example\.org"
    r"|www\.w3\.org|www\.aiim\.org|scripts\.sil\.org|github\.com"
)
ADDRESS = re.compile(r"\bhttps?://([\w.-]*\w)")
MACHINE = re.compile(r"(?<![\w.~/-])/(?:root|work|Users)/[\w.]")


def forbidden_in(text: str) -> list[str]:
    """Return unknown hosts and paths of a machine that stand in a text."""
    hosts = [host for host in ADDRESS.findall(text) if not KNOWN_HOSTS.fullmatch(host)]
    return hosts + MACHINE.findall(text)


def test_no_file_names_an_unknown_host_or_a_machine() -> None:
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
        found += [f"{name}: {word}" for word in forbidden_in(text)]
    assert found == []


@pytest.mark.parametrize("host", ["files.unknown.org", "index.unknown.net", "contoh.go.id.org"])
def test_an_unknown_host_is_seen(host: str) -> None:
    assert forbidden_in(f"https://{host}/x") == [host]


def test_a_path_of_a_machine_is_seen_and_an_address_of_ours_is_not() -> None:
    assert forbidden_in("see /{}/main/x.py".format("work"))
    assert forbidden_in("pelatihan/peserta/kerja/1, https://contoh.go.id/x") == []
