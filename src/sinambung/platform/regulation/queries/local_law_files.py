"""Local values as the TOML that `rulebook` reads: layered over the national law, or as files.

A folder has `sources/<key>.toml`, one a document; `tables/programmes/<name>.toml`, the completed
editions that calculations use; and `tables/local/<edition>/<subject>.toml`, the values as they
were entered, which can be imported again.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from sinambung.platform.regulation import editions
from sinambung.platform.regulation.completing import LocalTable, completed
from sinambung.platform.regulation.models import LocalEdition
from sinambung.platform.regulation.toml_writing import toml_text
from sinambung.pure.rulebook.editions import NATIONAL

Layers = tuple[dict[str, Mapping[str, object]], dict[str, Mapping[str, object]]]
_DETAILS = ("traits", "curriculum", "assessment", "certificate", "notes", "is_sample", "label")


def source_key(entry: LocalEdition) -> str:
    return f"setempat-{entry.pk.lower()}"


def table_of(entry: LocalEdition) -> LocalTable:
    return LocalTable(
        subject=entry.subject,
        values=entry.values,
        since=entry.effective_on,
        source=entry.source,
        article=entry.article,
        key=source_key(entry),
    )


def layers(entries: Sequence[LocalEdition]) -> Layers:
    """Return the tables and sources that `Law.layered` takes; entries go by effective day."""
    tables: dict[str, Mapping[str, object]] = {}
    by_edition: dict[str, list[LocalEdition]] = defaultdict(list)
    for entry in entries:
        by_edition[entry.edition_key].append(entry)
    names = _programme_tables()
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for facts in editions.national():
        if facts.key in by_edition:
            name = names[facts.mapping["code"]]
            rows[name] += _editions_of(facts.mapping, by_edition[facts.key])
    for name, found in rows.items():
        found.sort(key=lambda row: row["from"])
        heading = NATIONAL.table(name)
        tables[name] = {"title": heading.title, **heading.heading, "edition": found}
    tables |= _entered_tables(entries)
    return tables, {source_key(entry): _source(entry) for entry in entries}


def archive(entries: Sequence[LocalEdition]) -> bytes:
    """Return the layers as a ZIP of TOML files."""
    tables, sources = layers(entries)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for folder, files in (("tables", tables), ("sources", sources)):
            for name, content in sorted(files.items()):
                packed.writestr(_stamped(f"{folder}/{name}.toml"), toml_text(content))
    return target.getvalue()


def _stamped(name: str) -> zipfile.ZipInfo:
    """A fixed moment: the same values give the same archive."""
    info = zipfile.ZipInfo(name, date_time=(2020, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _programme_tables() -> dict[str, str]:
    """The national table of each programme, by the programme's code."""
    return {
        str(NATIONAL.table(name).heading["code"]): name
        for name in NATIONAL.table_names()
        if name.startswith("programmes/")
    }


def _editions_of(
    mapping: Mapping[str, Any], entries: Sequence[LocalEdition]
) -> Iterable[dict[str, Any]]:
    """One completed edition from each day on which a local value begins to hold."""
    begins = dt.date.fromisoformat(str(mapping["since"]))
    ends = dt.date.fromisoformat(str(mapping["until"])) if mapping.get("until") else None
    days = sorted({max(begins, entry.effective_on) for entry in entries})
    days = [day for day in days if ends is None or day < ends]
    for day, following in zip_longest(days, days[1:], fillvalue=ends):
        assert day is not None
        latest = {entry.subject: entry for entry in entries if entry.effective_on <= day}
        newest = max(latest.values(), key=lambda entry: (entry.effective_on, entry.pk))
        whole = completed(mapping, [table_of(entry) for entry in latest.values()])
        until = {"until": following} if following else {}
        yield {
            "from": day,
            **until,
            "source": source_key(newest),
            "article": newest.article,
            "verified": True,
            "edition": mapping["edition"],
            "also": [_also(row) for row in whole["basis"] if row["source"]],
            **{key: whole[key] for key in _DETAILS if key in whole},
        }


def _also(citation: Mapping[str, Any]) -> dict[str, Any]:
    return {key: citation.get(key) for key in ("source", "article", "verified")}


def _entered_tables(entries: Sequence[LocalEdition]) -> dict[str, Mapping[str, object]]:
    found: dict[str, dict[str, Any]] = {}
    for entry in sorted(entries, key=lambda entry: entry.effective_on):
        name = f"local/{entry.edition_key}/{entry.subject}"
        heading = {
            "title": entry.subject_label,
            "edition_key": entry.edition_key,
            "subject": entry.subject,
            "edition": [],
        }
        found.setdefault(name, heading)["edition"].append(
            {
                "from": entry.effective_on,
                "source": source_key(entry),
                "article": entry.article,
                "verified": True,
                "values": dict(entry.values),
            }
        )
    return dict(found)


def _source(entry: LocalEdition) -> dict[str, object]:
    decided = entry.decided_at or entry.entered_at
    return {
        "title": entry.source,
        "about": entry.subject_label,
        "where": "nilai setempat, diisi dan dikonfirmasi dua orang",
        "checked_on": decided.date(),
        "verified": True,
        "is_local": True,
    }
