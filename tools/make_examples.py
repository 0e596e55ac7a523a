"""Write the workbooks in examples/ from the demonstration's people."""

from __future__ import annotations

from pathlib import Path

from sinambung.demo.rosters import roster_workbook

FOLDER = Path(__file__).resolve().parent.parent / "examples"

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for number, name in ((9, "ix"), (10, "x")):
        (FOLDER / f"roster-angkatan-{name}.xlsx").write_bytes(roster_workbook(number))
