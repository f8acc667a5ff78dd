"""The API as a whole: problems with request ids, keys that act once, honest health, bounded input, strict headers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import psycopg
import pytest
from fastapi import APIRouter, FastAPI
from sqlalchemy import make_url
from starlette.applications import Starlette
from starlette.middleware import Middleware

from voltkeep.accounts.http import ActorDep
from voltkeep.apps import panel_files
from voltkeep.apps.security import SecurityHeaders
from voltkeep.kit.errors import Invalid, TooMany
from voltkeep.kit.services import Services
from voltkeep.kit.web import IfMatch, ServicesDep

NEW_PERSON = {"email": "ann@example.org", "name": "Ann", "permissions": []}


def with_probe_routes(app: FastAPI) -> None:
    """Adds routes that fail in each way, before the panel's catch-all."""
    router = APIRouter(prefix="/probe")

    @router.get("/fault")
    async def fault() -> None:
        raise RuntimeError("the secret inside")

    @router.get("/busy")
    async def busy() -> None:
        raise TooMany("later", retry_after_s=7)

    @router.get("/revision")
    async def revision(based_on: IfMatch) -> int | None:
        return based_on

    @router.post("/slow")
    async def slow(actor: ActorDep, services: ServicesDep) -> dict[str, int]:
        await asyncio.sleep(0.3)
        async with services.database.transaction() as tx:
            await tx.run("create table if not exists acted (n int)")
            await tx.run("insert into acted values (1)")
        return {"acted": 1}

    @router.post("/picky")
    async def picky(actor: ActorDep) -> None:
        raise Invalid("no", field="mood")

    @router.post("/breaks")
    async def breaks(actor: ActorDep) -> None:
        raise RuntimeError("in the middle")

    before = len(app.router.routes)
    app.include_router(router)
    added = app.router.routes[before:]
    del app.router.routes[before:]
    app.router.routes[:0] = added


@pytest.fixture
async def probe(api: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    with_probe_routes(api)
    async with httpx.AsyncClient(base_url=api.state.url) as client:
        yield client


async def test_health_is_live_and_ready_without_signing_in(api: FastAPI):
    async with httpx.AsyncClient(base_url=api.state.url) as client:
        live, ready, metrics = [await client.get(path) for path in ("/health/live", "/health/ready", "/metrics")]

    assert (live.status_code, ready.status_code) == (200, 200)
    assert {check["name"] for check in ready.json()["checks"]} >= {"database", "migrations", "bus"}
    assert "voltkeep_http_seconds" in metrics.text


async def test_ready_turns_false_when_the_schema_is_another(api: FastAPI, services: Services):
    async with services.database.transaction() as tx:
        await tx.run("update alembic_version set version_num = '0000'")

    async with httpx.AsyncClient(base_url=api.state.url) as client:
        answer = await client.get("/health/ready")

    failed = [check["name"] for check in answer.json()["checks"] if not check["ok"]]
    assert (answer.status_code, failed) == (503, ["migrations"])


async def test_the_health_page_counts_jobs_and_needs_its_permission(services: Services, client_of, organisation):
    async with services.database.transaction() as tx:
        await services.jobs.defer(tx, "some.job")

    page = await (await client_of(organisation, "health.view")).get("/health")
    refused = await (await client_of(organisation, "station.view")).get("/health")

    assert (page.json()["status"], page.json()["jobs"]["waiting"], page.json()["jobs"]["dead"]) == ("ready", 1, 0)
    assert (refused.status_code, refused.json()["arguments"]["permission"]) == (403, "health.view")


async def test_a_fault_tells_its_request_id_and_nothing_else(probe: httpx.AsyncClient):
    answer = await probe.get("/probe/fault", headers={"x-request-id": "mine-1"})

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == "mine-1"
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "{};drop"])
async def test_an_unfit_request_id_is_replaced(probe: httpx.AsyncClient, given: str):
    answer = await probe.get("/probe/busy", headers={"x-request-id": given})

    assert answer.headers["x-request-id"] not in {given, ""}
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "7")


@pytest.mark.parametrize(
    ("header", "status", "body"),
    [('"3"', 200, 3), ("3", 200, 3), ('W/"3"', 200, 3), ("*", 200, None), ("x", 422, None)],
)
async def test_if_match_names_a_revision(probe: httpx.AsyncClient, header: str, status: int, body: int | None):
    answer = await probe.get("/probe/revision", headers={"if-match": header})

    assert answer.status_code == status
    if status == 200:
        assert answer.json() == body


async def test_unreadable_input_names_the_field(root_client: httpx.AsyncClient):
    answer = await root_client.post("/people", json={"email": 5, "permissions": "x"})

    assert answer.status_code == 422
    assert {one["field"] for one in answer.json()["errors"]} == {"email", "name", "permissions"}
    not_json = await root_client.post("/people", content=b"{", headers={"content-type": "application/json"})
    assert not_json.status_code == 422
    assert not_json.json()["request_id"]


@pytest.mark.parametrize(
    "path", ["/api/v1/nothing", "/api/v1", "/health/nothing", "/assets/gone.js", "/api/v1/..%2f..%2fetc"]
)
async def test_unknown_addresses_are_problems_too(api: FastAPI, path: str):
    async with httpx.AsyncClient(base_url=api.state.url) as client:
        answer = await client.get(path)

    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:voltkeep:problem:not-found"


async def test_an_absent_database_is_503_and_then_it_works_again(
    api: FastAPI, services: Services, root_client: httpx.AsyncClient, server_url: str
):
    name = make_url(str(services.settings.database_url)).database
    with psycopg.connect(server_url, autocommit=True) as admin:
        admin.execute(f'alter database "{name}" allow_connections false')
        admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
        away = await root_client.get("/people")
        admin.execute(f'alter database "{name}" allow_connections true')

    assert away.status_code == 503
    assert away.headers["retry-after"] == "5"
    back = [(await root_client.get("/people")).status_code for _ in range(3)]
    assert back[-1] == 200


@pytest.mark.parametrize("announced", [True, False])
async def test_a_body_past_the_bound_is_refused(root_client: httpx.AsyncClient, announced: bool):
    async def chunks():
        for _ in range(40):
            yield b"x" * 65_536

    content = b"x" * (2 << 20) if announced else chunks()
    answer = await root_client.post("/people", content=content, headers={"content-type": "application/json"})

    assert answer.status_code == 413
    assert answer.json()["request_id"]


async def test_a_key_acts_once_and_the_first_answer_comes_again(root_client: httpx.AsyncClient):
    first = await root_client.post("/people", json=NEW_PERSON, headers={"idempotency-key": "k1"})
    again = await root_client.post("/people", json=NEW_PERSON, headers={"idempotency-key": "k1"})

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["id"] == first.json()["id"]
    assert again.headers["idempotent-replayed"] == "true"
    assert first.json()["password"]
    assert again.json()["password"] is None, "a secret is shown once"


async def test_a_key_with_another_request_is_refused(root_client: httpx.AsyncClient):
    await root_client.post("/people", json=NEW_PERSON, headers={"idempotency-key": "k1"})
    other = await root_client.post("/people", json=NEW_PERSON | {"name": "B"}, headers={"idempotency-key": "k1"})

    assert (other.status_code, other.json()["type"]) == (422, "urn:voltkeep:problem:idempotency-key-reused")


async def test_keys_of_two_actors_are_apart(client_of, organisation):
    one, two = [await client_of(organisation, "*") for _ in range(2)]
    bodies = [NEW_PERSON, NEW_PERSON | {"email": "bob@example.org"}]

    answers = [
        await client.post("/people", json=body, headers={"idempotency-key": "k1"})
        for client, body in zip((one, two), bodies, strict=True)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]


async def test_twins_at_the_same_moment_act_once(probe: httpx.AsyncClient, root_token: str, services: Services):
    headers = {"authorization": f"Bearer {root_token}", "idempotency-key": "k1"}

    answers = await asyncio.gather(*(probe.post("/probe/slow", headers=headers) for _ in range(5)))

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409]
    assert (await probe.post("/probe/slow", headers=headers)).json() == {"acted": 1}
    async with services.database.transaction() as tx:
        assert await tx.value("select count(*) from acted") == 1


async def test_a_refusal_gives_the_key_back_and_a_fault_does_not(
    probe: httpx.AsyncClient, root_token: str, services: Services
):
    def headers(key: str) -> dict[str, str]:
        return {"authorization": f"Bearer {root_token}", "idempotency-key": key}

    refused = [(await probe.post("/probe/picky", headers=headers("a"))).status_code for _ in range(2)]
    broken = await probe.post("/probe/breaks", headers=headers("b"))
    async with services.database.transaction() as tx:
        await tx.run("update idempotency_key set created_at = created_at - interval '3 minutes'")
    again = await probe.post("/probe/breaks", headers=headers("b"))

    assert refused == [422, 422]
    assert (broken.status_code, again.status_code) == (500, 409)
    assert again.json()["type"] == "urn:voltkeep:problem:idempotency-outcome-unknown"


async def test_every_route_but_a_few_asks_who_is_there(api: FastAPI):
    """A new route can't forget its door: without credentials each answers 401, whatever was sent."""
    open_on_purpose = {"/api/v1/sign-in"}
    async with httpx.AsyncClient(base_url=api.state.url) as client:
        for path, methods in api.openapi()["paths"].items():
            if path in open_on_purpose:
                continue
            for method in methods:
                filled = path.replace("{", "").replace("}", "")
                answer = await client.request(method, filled, json={} if method != "get" else None)
                assert answer.status_code == 401, (method, path, answer.status_code)


async def test_operation_ids_are_the_handlers_own_names(api: FastAPI):
    document = api.openapi()
    ids = [one["operationId"] for methods in document["paths"].values() for one in methods.values()]

    assert len(ids) == len(set(ids))
    assert {"get_me", "list_audit", "follow_live"} <= set(ids)
    untyped = [
        one["operationId"]
        for methods in document["paths"].values()
        for one in methods.values()
        for status, response in one["responses"].items()
        if status in {"200", "201", "202"} and not _is_typed(response)
    ]
    assert untyped == []


def _is_typed(response: dict[str, object]) -> bool:
    content = response.get("content")
    return isinstance(content, dict) and all(
        one.get("schema") for kind, one in content.items() if kind == "application/json"
    )


async def test_scripts_of_other_origins_and_inline_ones_never_run(api: FastAPI):
    async with httpx.AsyncClient(base_url=api.state.url) as client:
        headers = (await client.get("/")).headers

    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def panel_of(folder: Path) -> httpx.AsyncClient:
    hashes = panel_files.inline_script_hashes(folder)
    middleware = [Middleware(SecurityHeaders, script_hashes=hashes)]
    app = Starlette(routes=panel_files.panel_routes(folder), middleware=middleware)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://panel")


async def test_the_panel_is_served_with_its_own_routes_and_lasting_assets(tmp_path: Path):
    (tmp_path / "panel" / "assets").mkdir(parents=True)
    (tmp_path / "outside.txt").write_text("no")
    (tmp_path / "panel" / "index.html").write_text("<script>theme()</script><div id=root></div>")
    (tmp_path / "panel" / "assets" / "a-1f3.js").write_text("1")
    client = panel_of(tmp_path / "panel")

    page, route = await client.get("/"), await client.get("/stations/CP-1?tab=log")
    asset, gone = await client.get("/assets/a-1f3.js"), await client.get("/assets/a-000.js")

    assert (page.text, page.headers["cache-control"]) == (route.text, "no-cache")
    assert "immutable" in asset.headers["cache-control"]
    assert gone.status_code == 404
    assert "outside" not in (await client.get("/..%2foutside.txt")).text
    assert "'sha256-" in page.headers["content-security-policy"]


async def test_a_missing_panel_says_how_to_build_it(tmp_path: Path):
    answer = await panel_of(tmp_path).get("/")

    assert "make setup" in answer.text


async def test_addresses_come_from_trusted_proxies_only(settings, services: Services, root_client: httpx.AsyncClient):
    from voltkeep.apps.api import build_app, uvicorn_config

    trusting = uvicorn_config(build_app(settings), settings.model_copy(update={"trusted_proxies": ["10.0.0.0/8"]}))
    assert (trusting.proxy_headers, trusting.forwarded_allow_ips) == (True, ["10.0.0.0/8"])

    await root_client.post("/people", json=NEW_PERSON, headers={"x-forwarded-for": "203.0.113.9"})

    async with services.database.transaction() as tx:
        assert await tx.value("select address from audit_entry where action = 'person.create'") == "127.0.0.1"


async def test_the_document_says_what_a_problem_is_and_how_to_come_in(api: FastAPI):
    document = api.openapi()
    default = document["paths"]["/api/v1/me"]["get"]["responses"]["default"]

    assert default["content"]["application/problem+json"]["schema"]["$ref"].endswith("/Problem")
    assert set(document["components"]["securitySchemes"]) == {"api_token", "browser"}


async def test_metrics_name_routes_by_their_template(api: FastAPI, root_client: httpx.AsyncClient):
    await root_client.delete("/api-tokens/00000000-0000-7000-8000-000000000000")
    for number in range(3):
        await root_client.get(f"/nothing/{number}")

    async with httpx.AsyncClient(base_url=api.state.url) as client:
        text = (await client.get("/metrics")).text

    assert 'method="DELETE",route="/api-tokens/{token_id}",status="404"' in text
    assert "nothing" not in text


async def test_the_health_page_shows_the_processes_and_ready_needs_them(
    monkeypatch, services: Services, root_client: httpx.AsyncClient
):
    child = {
        "name": "worker",
        "state": "waiting",
        "since": "2026-05-04T12:00:00+00:00",
        "restarts": 3,
        "health_url": None,
    }
    known = {"supervisor": 4711, "children": [child | {"reason": "exit 1"}]}
    (services.settings.data_dir / "roles.json").write_text(json.dumps(known))
    monkeypatch.setenv("VOLTKEEP_SUPERVISOR", "4711")

    page = (await root_client.get("/health")).json()

    assert [(one["name"], one["state"], one["restarts"], one["reason"]) for one in page["roles"]] == [
        ("worker", "waiting", 3, "exit 1")
    ]
    assert page["status"] == "not-ready"
    assert "worker" in next(one["detail"] for one in page["checks"] if one["name"] == "processes")
