"""Every code that the server can tell has words in each language of the panel: a new code without words fails here."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from ocpp.v16.enums import ChargePointErrorCode, ConfigurationStatus, Reason, TriggerMessageStatus

import voltkeep
from voltkeep.apps import wiring
from voltkeep.commands.model import State
from voltkeep.kit.errors import Refusal
from voltkeep.profiles.builtin.ocpp16 import DOCUMENT
from voltkeep.profiles.builtin.ocpp16_measurands import LOCATIONS
from voltkeep.profiles.model import ValueState
from voltkeep.protocols.ocpp.socket.connection import _REASONS
from voltkeep.protocols.ocpp.v16.calling import SilentWhy
from voltkeep.stations.model.door import CredentialKind, RefusalReason
from voltkeep.stations.model.station import Access, Admission
from voltkeep.tokens.model import TokenStatus

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "src" / "voltkeep"
LOCALES = ROOT / "web" / "packages" / "words" / "src" / "locales"

# Names of things that the sessions' code compares with, but never tells as a problem or a reason.
NOT_TOLD = {"energy-active-import-register", "energy-active-import-interval", "power-active-import", "soc"}


@pytest.fixture(params=["en", "uk"])
def words(request: pytest.FixtureRequest) -> dict[str, Any]:
    """All words of one language."""
    parts = [
        json.loads((LOCALES / f"{request.param}{part}.json").read_text()) for part in ("", ".server", ".parameters")
    ]
    return {name: branch for part in parts for name, branch in part.items()}


def said(tree: dict[str, Any], code: str) -> bool:
    """Whether there is a text for a code, whose dots lead into branches."""
    found: Any = tree
    for step in code.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return isinstance(found, str) and found != ""


def unsaid(tree: dict[str, Any], codes: Iterable[str]) -> list[str]:
    """The codes without words; no codes at all means that the search for them is broken."""
    wanted = sorted(set(codes))
    assert wanted
    return [code for code in wanted if not said(tree, code)]


def matches(pattern: str, *folders: str) -> Iterator[str]:
    """What a pattern catches in the server's sources."""
    for folder in folders or ("",):
        for file in (SOURCES / folder).rglob("*.py"):
            yield from re.findall(pattern, file.read_text(), re.MULTILINE)


def refusals(kind: type[Refusal] = Refusal) -> Iterator[str]:
    """The code of every refusal of the program's own (tests make some too)."""
    yield kind.code
    for below in kind.__subclasses__():
        if below.__module__.startswith("voltkeep."):
            yield from refusals(below)


def test_every_refusal_has_words(words: dict[str, Any]) -> None:
    for module in pkgutil.walk_packages(voltkeep.__path__, "voltkeep."):
        if not module.name.endswith(("__main__", ".launch")):
            importlib.import_module(module.name)
    assert unsaid(words["fault"], refusals()) == []
    assert unsaid(words["fault"], [*matches(r'"urn:voltkeep:problem:([a-z-]+)"'), "method-not-allowed"]) == []
    assert unsaid(words["fault"], matches(r'^    code(?:: ClassVar\[str\])? = "([a-z-]+)"')) == []


def test_every_parameter_has_a_name(words: dict[str, Any]) -> None:
    places = [place.lower() for place in LOCATIONS if place != "Outlet"]
    assert unsaid(words["location"], places) == []
    base = re.compile(f"-({'|'.join(places)})$")
    assert unsaid(words["parameter"], (base.sub("", one.id) for one in DOCUMENT.parameters)) == []


def test_every_state_and_reason_has_words(words: dict[str, Any]) -> None:
    vocabularies = {
        "commandState": get_args(State),
        "parameterState": get_args(ValueState),
        "admission": get_args(Admission),
        "access": get_args(Access),
        "refusal": get_args(RefusalReason),
        "credentials": get_args(CredentialKind),
        "authorization": get_args(TokenStatus),
        "stopReason": [one.value for one in Reason],
        "errorCode": [one.value for one in ChargePointErrorCode if one.value != "NoError"],
        "offlineReason": [*_REASONS, *matches(r'cut\([^()]+, "([a-z-]+)"\)'), "suspended", "revoked", "retired"],
    }
    for name, codes in vocabularies.items():
        assert unsaid(words[name], codes) == [], name


def test_every_problem_of_a_session_has_words(words: dict[str, Any]) -> None:
    told = words["problem"] | words["stopReason"] | words["endedBy"]
    codes = {
        *matches(r'^[A-Z_]+ = "([a-z]+(?:-[a-z]+)*)"', "sessions/model", "sessions/actions"),
        *matches(r'Note\([\w.]+, now, "([a-z-]+)"', "sessions"),
        *matches(r'with_problem\([^"\n]+"([a-z-]+)"', "sessions"),
    }
    assert unsaid(told, codes - NOT_TOLD) == []


def test_every_command_and_its_errors_have_words(words: dict[str, Any]) -> None:
    actions = [kind.name for room in wiring.rooms("kinds") for kind in room.KINDS]
    own = [action for action in actions if not action.startswith("ocpp.")]
    assert unsaid(words["commandAction"], own) == []
    assert unsaid(words["auditAction"], [f"command.{action}" for action in own]) == []
    statuses = [one.value for enum in (ConfigurationStatus, TriggerMessageStatus) for one in enum]
    errors = [*matches(r'Settled\([^()]+error=f?"([a-z-]+)', "protocols", "commands"), *get_args(SilentWhy)]
    assert unsaid(words["commandError"], [*errors, *(one for one in statuses if one != "Accepted")]) == []


def test_every_act_in_the_audit_trail_has_words(words: dict[str, Any]) -> None:
    written = r'(?:action=|note_change\([^"]+|_note\([^"]+|_audit\([^"]+)"([a-z-]+\.[a-z-]+)"'
    steps = matches(r'^    "([a-z-]+)": Step\(', "stations")
    assert unsaid(words["auditAction"], [*matches(written), *(f"station.{step}" for step in steps)]) == []
    assert unsaid(words["auditObject"], matches(r'object_kind="([a-z-]+)"')) == []
    assert unsaid(words["auditOutcome"], matches(r'outcome(?:: str)?\s?=\s?"([a-z-]+)"')) == []


def test_every_permission_and_health_check_has_words(words: dict[str, Any]) -> None:
    assert unsaid(words["permission"], [one.code for one in wiring.permissions()]) == []
    assert unsaid(words["check"], matches(r'health\.add\("([a-z-]+)"')) == []
    assert unsaid(words["roleState"], matches(r'state="([a-z-]+)"', "apps")) == []
