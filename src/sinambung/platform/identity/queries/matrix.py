"""Which role holds which capability, as a table people can read."""

from __future__ import annotations

from dataclasses import dataclass

from sinambung.platform.identity.capabilities import (
    CAPABILITIES_OF,
    CAPABILITY_NAMES,
    ROLE_NAMES,
    Capability,
)


@dataclass(frozen=True, slots=True)
class MatrixLine:
    code: str
    name: str
    held: list[bool]


@dataclass(frozen=True, slots=True)
class Matrix:
    roles: list[tuple[str, str]]
    lines: list[MatrixLine]


def capability_matrix() -> Matrix:
    """Return every capability with the roles that hold it; `USE` belongs to every account."""
    return Matrix(
        roles=[(role.value, str(name)) for role, name in ROLE_NAMES.items()],
        lines=[
            MatrixLine(
                capability.value,
                str(CAPABILITY_NAMES[capability]),
                [
                    capability == Capability.USE or capability in CAPABILITIES_OF[role]
                    for role in ROLE_NAMES
                ],
            )
            for capability in Capability
        ],
    )
