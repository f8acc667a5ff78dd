"""What of telemetry is partitioned: ticks by the day, states and rollups by the month."""

from __future__ import annotations

from voltkeep.kit.partitions import Parted

TICKS = Parted("telemetry_tick", monthly=False)
STATES = Parted("telemetry_state", monthly=True)
ROLLUPS = Parted("telemetry_rollup", monthly=True, by="bucket")
