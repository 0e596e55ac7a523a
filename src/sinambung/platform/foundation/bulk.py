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
# SQLite before 3.32 takes no more variables in one statement.
_FEWEST_VARIABLES = 999


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
            copying = cursor.copy(f"COPY {table} ({names}) FROM STDIN")
            with connection.wrap_database_errors, copying as copy:
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


def select_rows(
    model: type[models.Model],
    columns: Sequence[str],
    *,
    where: str,
    among: Sequence[str],
    lock: bool = False,
) -> list[tuple[Any, ...]]:
    """Return the columns of the rows whose field `where` holds one of these texts.

    Plain SQL, because the ORM looks at every text by itself: at a thousand texts that takes longer
    than the database. With `lock` the rows stay locked, in the order of their keys.
    """
    connection = connections[router.db_for_write(model) if lock else router.db_for_read(model)]
    quote = connection.ops.quote_name
    names = ", ".join(quote(_column(model, name)) for name in columns)
    table, asked = quote(model._meta.db_table), quote(_column(model, where))
    sql = f"SELECT {names} FROM {table} WHERE {asked}"  # noqa: S608 - names, not values
    if connection.vendor == "postgresql":
        order = f" ORDER BY {quote(_column(model, 'pk'))} FOR UPDATE" if lock else ""
        # Joined, because a plan made for any array would walk through it for each row.
        chosen = "IN (SELECT unnest(%s::text[]))"
        return _selected(connection, f"{sql} {chosen}{order}", [list(among)])
    found = []
    for first in range(0, len(among), _FEWEST_VARIABLES):
        some = among[first : first + _FEWEST_VARIABLES]
        found += _selected(connection, f"{sql} IN ({', '.join(['%s'] * len(some))})", some)
    return found


def _selected(connection: Any, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _adapted(
    connection: Any, model: type[models.Model], columns: Sequence[str], rows: list[Values]
) -> Any:
    """Moments and decimals in the form that SQLite stores; other values pass as they are."""
    if connection.vendor != "sqlite":
        return rows
    by_column: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for index, field in enumerate(model._meta.get_field(name) for name in columns):
        if isinstance(field, models.DateTimeField):
            by_column[index] = _each(by_column[index], connection.ops.adapt_datetimefield_value)
        elif isinstance(field, models.DateField):
            by_column[index] = _each(by_column[index], str)
        elif isinstance(field, models.DecimalField):
            prepare = partial(field.get_db_prep_save, connection=connection)
            by_column[index] = _each(by_column[index], prepare)
    return zip(*by_column, strict=True)


def _each(values: Iterable[Any], adapt: Callable[[Any], Any]) -> list[Any]:
    """Adapt the values of a column; equal ones, of which there are many, once."""
    known: dict[Any, Any] = {None: None}
    for value in values:
        if value not in known:
            known[value] = adapt(value)
    return [known[value] for value in values]


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    assert isinstance(field, models.Field)
    assert field.column is not None
    return field.column
