"""What stations say of their connectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from voltkeep.kit.db import Tx, publish
from voltkeep.stations.events import ConnectorStatusChanged
from voltkeep.stations.model import StatusOutcome, StatusReport, printable, status_time
from voltkeep.stations.store import reports as store


async def record_statuses(tx: Tx, reports: Sequence[StatusReport], now: datetime) -> list[StatusOutcome]:
    """One outcome per report, in order. Late ones land in history, the newest is the connector's, repeats are dropped.

    A missing time is that of receipt; so is one more than five minutes ahead, with the station's own kept in `info`.
    """
    if not reports:
        return []
    clean = [_cleaned(one) for one in reports]
    rows = await store.save_statuses(tx, clean)
    outcomes = [StatusOutcome(row.is_new, row.is_current, row.changed) for row in rows]
    changed = [one for one, outcome in zip(clean, outcomes, strict=True) if outcome.changed]
    await publish(tx, [_event(one, now) for one in changed])
    return outcomes


def _event(report: StatusReport, now: datetime) -> ConnectorStatusChanged:
    return ConnectorStatusChanged(
        id=report.station_id,
        organisation_id=report.organisation_id,
        station_id=report.station_id,
        at=now,
        evse=report.evse,
        connector=report.connector,
        status=report.status,
    )


def _cleaned(report: StatusReport) -> StatusReport:
    info = report.info
    if report.at is not None and status_time(report.at, report.received_at) != report.at:
        info = " ".join(filter(None, (info, f"[station's clock: {report.at.isoformat()}]")))
    return replace(
        report,
        info=printable(info, 200),
        error_code=printable(report.error_code, 50) or "NoError",
        vendor_error_code=printable(report.vendor_error_code, 50),
    )
