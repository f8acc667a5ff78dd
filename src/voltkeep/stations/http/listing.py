"""The table of stations, its export and its figures."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from voltkeep.accounts.actions.require import require_anywhere
from voltkeep.accounts.http import ActorDep
from voltkeep.kit.errors import Invalid
from voltkeep.kit.paging import MOST_PER_PAGE, Page, from_cursor, to_cursor
from voltkeep.kit.web import ServicesDep
from voltkeep.stations.actions.list_stations import count_states, count_stations, each_station, list_stations
from voltkeep.stations.http.view import StationView, Wanted, to_view
from voltkeep.stations.model import Admission, StationFilter, StationRow
from voltkeep.stations.permissions import STATION_VIEW

router = APIRouter(tags=["stations"])

CSV_COLUMNS = (
    "identity", "name", "site_name", "vendor", "model", "serial_number", "firmware_version", "protocol", "admission",
    "online", "last_message_at", "connectors", "created_at", "id",
)  # fmt: skip
# A spreadsheet would run a cell that begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class StationWanted(BaseModel):
    """Filters of the list; `search` is any part of identity, name, maker, model or serial number."""

    search: Wanted = None
    status: Wanted = None
    online: bool | None = None
    admission: Admission | None = None
    site_id: UUID | None = None
    vendor: Wanted = None
    model: Wanted = None

    def to_filter(self) -> StationFilter:
        """As the action takes it."""
        return StationFilter(**{name: getattr(self, name) for name in StationWanted.model_fields})


class StationQuery(StationWanted):
    """A page of the list."""

    cursor: str | None = None
    limit: Annotated[int, Query(ge=1, le=MOST_PER_PAGE)] = 100


class StationCounts(BaseModel):
    """Stations by admission and presence, connectors by status, stations with a fault, and who waits at the door."""

    by_admission: dict[str, int]
    by_presence: dict[str, int]
    connectors_by_status: dict[str, int]
    faulted_stations: int
    waiting: int


@router.get("/stations")
async def list_all_stations(
    actor: ActorDep, services: ServicesDep, query: Annotated[StationQuery, Query()]
) -> Page[StationView]:
    """Stations by identity, with presence and connectors: all that a table needs."""
    after = _position(query.cursor)
    wanted = query.to_filter()
    async with services.database.transaction() as tx:
        rows = await list_stations(tx, actor, wanted, after=after, limit=query.limit + 1)
        total = await count_stations(tx, actor, wanted)
    items = [to_view(row) for row in rows[: query.limit]]
    following = to_cursor(items[-1].identity, str(items[-1].id)) if len(rows) > query.limit else None
    return Page(items=items, next=following, total=total)


@router.get("/stations.csv", response_class=StreamingResponse, responses={200: {"content": {"text/csv": {}}}})
async def export_stations(
    actor: ActorDep, services: ServicesDep, query: Annotated[StationWanted, Query()]
) -> StreamingResponse:
    """The list as CSV (RFC 4180), with the same filters."""
    require_anywhere(actor, STATION_VIEW)
    pages = each_station(services.database, actor, query.to_filter())
    headers = {"Content-Disposition": 'attachment; filename="stations.csv"'}
    return StreamingResponse(_as_csv(pages), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/overview/stations")
async def overview_stations(actor: ActorDep, services: ServicesDep) -> StationCounts:
    """Figures over all stations one sees."""
    async with services.database.transaction() as tx:
        counts = await count_states(tx, actor)
    return StationCounts.model_validate(counts, from_attributes=True)


def _position(cursor: str | None) -> tuple[str, UUID] | None:
    keys = from_cursor(cursor, 2)
    if keys is None:
        return None
    try:
        return str(keys[0]), UUID(str(keys[1]))
    except ValueError as error:
        raise Invalid("This cursor belongs to another list", field="cursor") from error


async def _as_csv(pages: AsyncIterator[list[StationRow]]) -> AsyncIterator[str]:
    yield _lines([CSV_COLUMNS])
    async for rows in pages:
        yield _lines([_cells(to_view(row)) for row in rows])


def _lines(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _cells(view: StationView) -> list[str]:
    values = view.model_dump(mode="json")
    values["connectors"] = " ".join(f"{c.evse}.{c.connector}:{c.status}" for c in view.connectors)
    return [_cell(values[name]) for name in CSV_COLUMNS]


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
