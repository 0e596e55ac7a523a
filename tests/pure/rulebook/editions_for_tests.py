"""Small editions that tests build on."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from sinambung.pure.rulebook.programmes import AssessmentScheme, parse_edition

MINIMAL: dict[str, Any] = {
    "code": "UJI",
    "edition": "1",
    "name": "Pelatihan Uji",
    "label": "Edisi uji",
    "since": "2024-01-01",
    "basis": [{"title": "Keputusan Uji 1/2024", "article": "Lampiran", "verified": True}],
    "traits": {"competency": "Teknis"},
    "curriculum": {},
    "assessment": {
        "components": [
            {"code": "A", "name": "Akademik", "weight": "40", "verified": True},
            {"code": "B", "name": "Proyek", "weight": "60", "verified": True},
        ],
        "bands": [
            {"name": "Sangat Memuaskan", "above": 90, "passes": True},
            {"name": "Memuaskan", "above": 80, "passes": True},
            {"name": "Cukup Memuaskan", "at_least": 70, "passes": True},
            {"name": "Kurang Memuaskan", "above": 60, "passes": False},
            {"name": "Tidak Memuaskan", "at_least": 0, "passes": False},
        ],
        "bands_verified": True,
    },
    "certificate": {
        "kind": "completion",
        "title": "Surat Tanda Tamat Pelatihan",
        "number_pattern": "{urut}/{kode_unit}/{tahun}",
    },
}


def edition_mapping(**parts: Any) -> dict[str, Any]:
    """Return the minimal edition with whole top-level parts replaced."""
    return {**deepcopy(MINIMAL), **parts}


def scheme_with(**parts: Any) -> AssessmentScheme:
    """Return the minimal scheme with parts of the assessment replaced."""
    assessment = {**deepcopy(MINIMAL["assessment"]), **parts}
    return parse_edition(edition_mapping(assessment=assessment)).assessment
