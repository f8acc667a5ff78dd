"""Who speaks: what handlers know of the station at the other end of a socket."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from voltkeep.profiles.model import ProfileVersion, Quirks

DEFAULT_HEARTBEAT_S = 300
HEARTBEAT = "heartbeat-interval"


@dataclass(frozen=True, slots=True)
class Speaker:
    """An admitted station. `profile` is shared by all stations of the version."""

    station_id: UUID
    station_no: int
    organisation_id: UUID
    identity: str
    profile: ProfileVersion

    @property
    def layout_no(self) -> int:
        """The slot dictionary of the station's numeric parameters."""
        return self.profile.layout_no

    @property
    def quirks(self) -> Quirks:
        """The maker's habits."""
        return self.profile.document.quirks

    @property
    def heartbeat_s(self) -> int:
        """The heartbeat interval that Boot answers with, in seconds."""
        wanted = self.profile.document.desired.get(HEARTBEAT, "")
        return int(wanted) if wanted.isdigit() and int(wanted) > 0 else DEFAULT_HEARTBEAT_S
