"""A station, what it said when it knocked, and how it is."""

from __future__ import annotations

from voltkeep.stations.model.door import (
    MOST_CANDIDATES,
    MOST_WINDOW,
    Admittance,
    Admitted,
    Candidate,
    CredentialKind,
    Handshake,
    Knock,
    Onboarding,
    OnboardingWindow,
    RefusalReason,
    Refused,
)
from voltkeep.stations.model.identity import is_identity, printable
from voltkeep.stations.model.presence import Connected, Disconnected, PresenceChange
from voltkeep.stations.model.report import (
    CLOCK_AHEAD,
    STATUSES,
    Boot,
    BootOutcome,
    StationBoot,
    StatusFact,
    StatusOutcome,
    StatusReport,
    status_time,
)
from voltkeep.stations.model.site import NewSite, Site
from voltkeep.stations.model.station import (
    UNCHANGED,
    Access,
    Admission,
    ConnectorState,
    NewStation,
    Station,
    StationEdit,
    StationFilter,
    StationRow,
    Unchanged,
)
from voltkeep.stations.model.uptime import Uptime, uptimes

__all__ = [
    "CLOCK_AHEAD",
    "MOST_CANDIDATES",
    "MOST_WINDOW",
    "STATUSES",
    "UNCHANGED",
    "Access",
    "Admission",
    "Admittance",
    "Admitted",
    "Boot",
    "BootOutcome",
    "Candidate",
    "Connected",
    "ConnectorState",
    "CredentialKind",
    "Disconnected",
    "Handshake",
    "Knock",
    "NewSite",
    "NewStation",
    "Onboarding",
    "OnboardingWindow",
    "PresenceChange",
    "RefusalReason",
    "Refused",
    "Site",
    "Station",
    "StationBoot",
    "StationEdit",
    "StationFilter",
    "StationRow",
    "StatusFact",
    "StatusOutcome",
    "StatusReport",
    "Unchanged",
    "Uptime",
    "is_identity",
    "printable",
    "status_time",
    "uptimes",
]
