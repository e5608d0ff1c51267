"""Between Arrow's types and Spark's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

# Rows of records that go back to Spark at once: a record is some ten times its text.
ROWS = 64

_PLAIN = {
    pa.string(): "string", pa.int8(): "tinyint", pa.int32(): "int", pa.int64(): "bigint", pa.float32(): "float",
    pa.float64(): "double", pa.bool_(): "boolean", pa.date32(): "date", pa.binary(): "binary",
}  # fmt: skip


def _type(of: pa.DataType) -> str:
    if pa.types.is_list(of):
        return f"array<{_type(of.value_type)}>"
    if pa.types.is_struct(of):
        return "struct<" + ", ".join(f"`{field.name}`: {_type(field.type)}" for field in of) + ">"
    return _PLAIN[of]


def ddl(table: Any) -> str:
    """The columns of a table as Spark's DDL has them."""
    return ", ".join(f"`{field.name}` {_type(field.type)}" for field in pa.table(table).schema)


def batches(table: Any) -> Iterator[pa.RecordBatch]:
    """The rows of a table, some at a time."""
    return iter(pa.table(table).to_batches(max_chunksize=ROWS))
