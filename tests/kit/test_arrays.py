"""Arrays laid out by hand reach PostgreSQL as what they were."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from voltkeep.kit.arrays import KINDS, array_of, binary_cursor, placeholder
from voltkeep.kit.db import Database

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "uuid": st.uuids(),
    "bytea": st.binary(max_size=300),
    "text": st.one_of(
        TEXT, st.sampled_from(["", "NULL", "null", '"', "\\", '{"a",b}', "a,b", "\\N", "é\t\n€😀", "x" * 300])
    ),
    "numeric": st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15),
    "timestamptz": st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    "smallint": st.integers(-(2**15), 2**15 - 1),
    "int": st.integers(-(2**31), 2**31 - 1),
    "bigint": st.integers(-(2**63), 2**63 - 1),
    "double precision": st.floats(allow_nan=False),
}
lists = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.tuples(
        st.just(kind),
        st.one_of(st.lists(st.none() | VALUES[kind]), VALUES[kind].map(lambda one: [one] * 5)),
    )
)


def read_back(url: str, kind: str, values: list[Any]) -> list[Any]:
    async def ask() -> list[Any]:
        async with await psycopg.AsyncConnection.connect(url) as connection:
            cursor = binary_cursor(connection)
            sql = f"select v from unnest({placeholder(kind)}) with ordinality u(v, n) order by n"
            await cursor.execute(sql.encode(), [array_of(kind, values)])
            return [row[0] for row in await cursor.fetchall()]

    return asyncio.run(ask())


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lists)
@example(("text", ['{"', "}", "NULL", None, "\\", "'", "a\\", "%s", "$1"]))
@example(("numeric", [Decimal("1E+3"), Decimal("-0.001"), None]))
@example(("uuid", [UUID(int=0), UUID(int=2**128 - 1)]))
@example(("text", []))
def test_what_is_laid_out_comes_back_the_same(server_url: str, given_list: tuple[str, list[Any]]):
    kind, values = given_list

    assert read_back(server_url, kind, values) == values


async def test_several_arrays_go_side_by_side(database: Database):
    async with database.transaction() as tx:
        cursor = binary_cursor(await tx.raw())
        await cursor.execute(
            b"select * from unnest(%b::text[], %b::int[])", [array_of("text", ["a", None]), array_of("int", [1, 2])]
        )

        assert await cursor.fetchall() == [("a", 1), (None, 2)]


def test_text_with_nul_is_refused_before_it_is_sent():
    with pytest.raises(ValueError, match="NUL"):
        array_of("text", ["fine", "not\0fine"])
