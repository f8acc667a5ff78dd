"""PostgreSQL through SQLAlchemy Core and psycopg 3: transactions, events that leave with the commit, COPY."""

from __future__ import annotations

import select
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, Protocol, cast

import psycopg
from sqlalchemy import Row, TextClause, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from voltkeep.kit.events import Event

AfterCommit = Callable[[], Awaitable[None]]

# Linux tells a connection that the other end closed by RDHUP; elsewhere HUP has to do.
_HUNG_UP = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR
_UNFIT = frozenset({"22003", "22007", "22008", "22021", "22P02", "22P05"})


@lru_cache(maxsize=2048)
def _statement(sql: str) -> TextClause:
    """Read for its parameters once, not at each execution; statements are few, and values are never part of them."""
    return text(sql)


class Outbox(Protocol):
    """What becomes of published events: jobs inside the transaction, live notices after it."""

    async def defer(self, tx: Tx, events: Sequence[Event]) -> None: ...

    async def announce(self, events: Sequence[Event]) -> None: ...


class Silent:
    """An outbox for places where nobody listens: migrations, command-line tools, tests of one capability."""

    async def defer(self, tx: Tx, events: Sequence[Event]) -> None:
        return None

    async def announce(self, events: Sequence[Event]) -> None:
        return None


class Tx:
    """One open transaction. Statements are plain SQL with `:name` parameters."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.events: list[Event] = []
        self.after_commit: list[AfterCommit] = []

    async def rows(self, sql: str, /, **parameters: Any) -> Sequence[Row[Any]]:
        """All rows; columns are attributes of each."""
        return (await self.connection.execute(_statement(sql), parameters)).all()

    async def row(self, sql: str, /, **parameters: Any) -> Row[Any] | None:
        """The first row, or None."""
        return (await self.connection.execute(_statement(sql), parameters)).first()

    async def one(self, sql: str, /, **parameters: Any) -> Row[Any]:
        """Exactly one row; anything else is a fault of the program."""
        return (await self.connection.execute(_statement(sql), parameters)).one()

    async def value(self, sql: str, /, **parameters: Any) -> Any:
        """The first column of the first row, or None."""
        return (await self.connection.execute(_statement(sql), parameters)).scalar()

    async def run(self, sql: str, /, **parameters: Any) -> int:
        """Rows touched."""
        return (await self.connection.execute(_statement(sql), parameters)).rowcount

    async def raw(self) -> psycopg.AsyncConnection[Any]:
        """The driver's own connection, in the same transaction: for COPY and for the job queue."""
        pooled = await self.connection.get_raw_connection()
        return cast("psycopg.AsyncConnection[Any]", pooled.driver_connection)


async def publish(tx: Tx, events: Sequence[Event]) -> None:
    """Let the events leave with the transaction: durable subscribers get a job in it, screens a notice after it."""
    tx.events.extend(events)


def _refuse_dead(connection: Any, *_: object) -> None:
    """A pooled connection that the server has closed since (it was restarted) makes way for a new one, unseen.

    A look at the socket, no round trip; raises InvalidatePoolError, upon which the pool starts afresh.
    """
    driver = connection.driver_connection
    watched = select.poll()
    if not driver.closed:
        watched.register(driver.fileno(), _HUNG_UP)
    if driver.closed or watched.poll(0):
        raise InvalidatePoolError("the server closed this connection")


class Database:
    """The pool of one process."""

    def __init__(self, url: str, *, pool_size: int = 8, outbox: Outbox | None = None, name: str = "voltkeep") -> None:
        self.url = url
        self.outbox: Outbox = outbox or Silent()
        self.engine: AsyncEngine = create_async_engine(
            make_url(url).set(drivername="postgresql+psycopg"),
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=10,
            pool_recycle=1800,
            connect_args={"application_name": name, "connect_timeout": 5, "options": "-c timezone=UTC"},
            hide_parameters=True,  # values of people and stations belong in the tables, not in a log of errors
        )
        self._looking = self.engine.execution_options(isolation_level="AUTOCOMMIT")  # the same pool
        event.listen(self.engine.sync_engine, "checkout", _refuse_dead)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Tx]:
        """A transaction that commits at the end of the block; events leave with it."""
        async with self.engine.connect() as connection, connection.begin():
            tx = Tx(connection)
            yield tx
            if tx.events:
                await self.outbox.defer(tx, tx.events)
        if tx.events:
            await self.outbox.announce(tx.events)
        for callback in tx.after_commit:
            await callback()

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Tx]:
        """For reads that need no common snapshot: each statement stands alone, and saves the two round trips of a
        transaction's beginning and end. A write in it is committed at once; events are for transactions."""
        async with self._looking.connect() as connection:
            yield Tx(connection)

    async def close(self) -> None:
        """Give all connections back."""
        await self.engine.dispose()


def is_passing_fault(error: BaseException) -> bool:
    """Whether the fault lies with the database being away, full or busy rather than with what was asked.

    Classes by SQLSTATE (PostgreSQL documentation, appendix A): 08 connection, 53 resources, 57P operator
    intervention, 58 system error, 40 rollback, 25006 read-only.
    """
    if isinstance(error, PoolTimeout | InterfaceError | ConnectionError | TimeoutError | OSError):
        return True
    origin = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(origin, "sqlstate", None)
    if state is None:
        return isinstance(error, OperationalError) or isinstance(origin, psycopg.OperationalError)
    return str(state).startswith(("08", "53", "57P", "58", "40", "25006"))


def is_unfit_value(error: BaseException) -> bool:
    """Whether a value that was asked with is one that no column can hold: NUL, a number out of range, no instant.

    SQLSTATE 22003, 22007, 22008, 22021, 22P02, 22P05 (PostgreSQL documentation, appendix A), or the driver's own word.
    """
    origin = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(origin, "sqlstate", None)
    if state is None:
        return isinstance(origin, psycopg.DataError)
    return state in _UNFIT


def columns(rows: Sequence[Mapping[str, Any]], *names: str) -> dict[str, list[Any]]:
    """Rows turned into one array a column, for `unnest(:a, :b)`."""
    return {name: [row[name] for row in rows] for name in names}
