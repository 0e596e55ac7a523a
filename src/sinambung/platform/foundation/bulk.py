"""Many rows at once, without an object per row: for append-only tables and imports.

Model instances cost more than the SQL itself (measured: three quarters of an import), so history,
trail and staging rows are plain tuples here. Only services call this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db import connections, models, router

Values = Sequence[Any]


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Values]) -> int:
    """Insert rows given as tuples of already prepared values; return how many.

    `columns` are field names. On PostgreSQL the rows travel by COPY, elsewhere by `executemany`.
    Values must be what the database takes: text, numbers, dates, moments, JSON already as text.
    """
    prepared = list(rows)
    if not prepared:
        return 0
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(_column(model, name)) for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            adapted = _adapted(connection, model, columns, prepared)
            sql = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names, not values
            cursor.executemany(sql, adapted)
    return len(prepared)


def update_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Values]) -> int:
    """Update rows by primary key: each tuple holds the new values and, last, the key."""
    prepared = list(rows)
    if not prepared:
        return 0
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    key = model._meta.pk
    assert key is not None
    sets = ", ".join(f"{quote(_column(model, name))} = %s" for name in columns)
    table, named = quote(model._meta.db_table), quote(_column(model, key.name))
    sql = f"UPDATE {table} SET {sets} WHERE {named} = %s"  # noqa: S608 - names, not values
    adapted = _adapted(connection, model, [*columns, key.name], prepared)
    with connection.cursor() as cursor:
        cursor.executemany(sql, adapted)
    return len(prepared)


def _adapted(
    connection: Any, model: type[models.Model], columns: Sequence[str], rows: list[Values]
) -> Any:
    """Moments and decimals in the form that SQLite stores; other values pass as they are."""
    if connection.vendor != "sqlite":
        return rows
    adapters = []
    for index, field in enumerate(model._meta.get_field(name) for name in columns):
        if isinstance(field, models.DateTimeField):
            adapters.append((index, connection.ops.adapt_datetimefield_value))
        elif isinstance(field, models.DateField):
            adapters.append((index, str))
        elif isinstance(field, models.DecimalField):
            adapters.append((index, partial(field.get_db_prep_save, connection=connection)))
    return [_adapt(row, adapters) for row in rows] if adapters else rows


def _adapt(row: Values, adapters: Sequence[tuple[int, Callable[[Any], Any]]]) -> Values:
    values = list(row)
    for index, adapter in adapters:
        if values[index] is not None:
            values[index] = adapter(values[index])
    return values


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    assert field.column is not None
    return field.column
