"""Who comes in, who doesn't, and what they are told."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from tests.protocols.ocpp.client import Station, basic, knock
from tests.protocols.ocpp.conftest import MakeStation, StartServer
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from voltkeep.kit.db import Database
from voltkeep.protocols.ocpp.socket.server import OcppServer


async def refused(port: int, identity: str, password: str | None = "right", **options: Any) -> InvalidStatus:  # noqa: S107
    """The refusal of a handshake that must be refused."""
    with pytest.raises(InvalidStatus) as caught:
        await knock(port, identity, password, **options)
    return caught.value


@pytest.mark.parametrize(
    ("password", "status"), [(None, 401), ("", 401), ("wrong", 401), ("right ", 401), ("x" * 1000, 401)]
)
async def test_wrong_passwords_are_refused_with_a_challenge(
    server: OcppServer, make_station: MakeStation, password: str | None, status: int
) -> None:
    await make_station("CP1")
    refusal = await refused(server.port, "CP1", password)
    assert refusal.response.status_code == status
    assert refusal.response.headers["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize(
    "header", ["Basic", "Basic %%%", "Bearer x", "Digest y", basic("OTHER", "right")["Authorization"]]
)
async def test_malformed_credentials_are_refused(server: OcppServer, make_station: MakeStation, header: str) -> None:
    await make_station("CP1")
    refusal = await refused(server.port, "CP1", None, headers={"Authorization": header})
    assert refusal.response.status_code == 401


@pytest.mark.parametrize("path", ["/ocpp/a%2Fb", "/ocpp/..", "/ocpp/" + "x" * 300, "/ocpp/%D1%82", "/", "/ocpp/a%00"])
async def test_paths_that_are_no_identity_are_not_found(server: OcppServer, path: str, database: Database) -> None:
    with pytest.raises(InvalidStatus) as caught:
        await connect(f"ws://127.0.0.1:{server.port}{path}", subprotocols=["ocpp1.6"], proxy=None)
    assert caught.value.response.status_code == 404
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from station_candidate") == 0


async def test_an_unknown_identity_is_listed_with_what_it_showed(
    server: OcppServer, organisation: object, database: Database
) -> None:
    refusal = await refused(server.port, "NEW1", "secret", user_agent_header="Maker/1.0")
    assert refusal.response.status_code == 404
    async with database.transaction() as tx:
        row = await tx.one("select * from station_candidate")
    assert (row.identity, row.reason, row.user_agent) == ("NEW1", "unknown-identity", "Maker/1.0")
    assert row.subprotocols == ["ocpp1.6"]
    assert row.address == "127.0.0.1"


@pytest.mark.parametrize("admission", ["suspended", "pending", "revoked"])
async def test_a_station_that_isn_t_approved_is_forbidden(
    server: OcppServer, make_station: MakeStation, admission: str
) -> None:
    await make_station("CP1", admission=admission)
    assert (await refused(server.port, "CP1")).response.status_code == 403


@pytest.mark.parametrize("offered", [None, ["ocpp9.9"], ["ocpp2.0.1", "soap"]])
async def test_without_our_subprotocol_the_handshake_ends_and_the_socket_closes(
    server: OcppServer, make_station: MakeStation, offered: list[str] | None
) -> None:
    await make_station("CP1")
    socket = await connect(
        f"ws://127.0.0.1:{server.port}/ocpp/CP1",
        additional_headers=basic("CP1", "right"),
        subprotocols=offered,
        proxy=None,
    )
    assert socket.subprotocol is None
    with pytest.raises(ConnectionClosed):
        await asyncio.wait_for(socket.recv(), 5)
    assert socket.close_code == 1002


async def test_ours_is_chosen_among_several(server: OcppServer, make_station: MakeStation) -> None:
    await make_station("CP1")
    socket = await knock(server.port, "CP1", subprotocols=["ocpp2.0.1", "ocpp1.6"])
    assert socket.subprotocol == "ocpp1.6"
    assert "Server" not in socket.response.headers  # type: ignore[union-attr]
    await socket.close()


async def test_guessing_is_slowed_down_per_identity(server: OcppServer, make_station: MakeStation) -> None:
    await make_station("CP1")
    await make_station("CP2")
    statuses = [(await refused(server.port, "CP1", f"guess{n}")).response.status_code for n in range(25)]
    assert statuses[:20] == [401] * 20
    assert statuses[-1] == 429
    good = Station(await knock(server.port, "CP2"))
    assert await good.is_well()
    await good.close()


async def test_a_full_process_says_so(serving: StartServer, make_station: MakeStation) -> None:
    await make_station("CP1")
    await make_station("CP2")
    async with serving(ocpp_max_connections=1) as server:
        first = Station(await knock(server.port, "CP1"))
        assert await first.is_well()
        refusal = await refused(server.port, "CP2")
        assert refusal.response.status_code == 503
        assert refusal.response.headers["Retry-After"]
        assert await first.is_well()
        await first.close()


async def test_behind_a_trusted_proxy_the_station_s_own_address_is_noted(
    serving: StartServer, make_station: MakeStation, database: Database
) -> None:
    await make_station("CP1")
    async with serving(trusted_proxies=["127.0.0.0/8"]) as server:
        station = Station(await knock(server.port, "CP1", headers={"X-Forwarded-For": "1.1.1.1, 198.51.100.7"}))
        assert await station.is_well()
        async with database.transaction() as tx:
            assert await tx.value("select address from station_presence") == "198.51.100.7"
        await station.close()
