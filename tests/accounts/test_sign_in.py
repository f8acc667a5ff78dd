"""Sign-in: one answer for every wrong pair, growing delays, and cookies that are worth nothing once revoked."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from statistics import median
from time import perf_counter

import httpx
import pytest

from voltkeep.kit import clock
from voltkeep.kit.services import Services

PASSWORD = "correct horse battery"
WRONG = "wrong password"


async def attempt(client: httpx.AsyncClient, email: str, password: str = WRONG) -> httpx.Response:
    return await client.post("/sign-in", json={"email": email, "password": password})


async def test_the_cookie_is_closed_to_scripts_and_foreign_sites(anonymous, add_person, tree):
    await add_person("ann@example.org", tree.north, "station.view")

    answer = await attempt(anonymous, "ANN@example.org ", PASSWORD)

    cookie = answer.headers["set-cookie"].lower()
    assert answer.status_code == 200
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie, "plain HTTP on loopback would lose the cookie"


async def test_me_tells_who_i_am_and_what_i_may(sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "station.view", "session.view")

    me = (await browser.client.get("/me")).json()

    assert me["email"] == "ann@example.org"
    assert me["organisation"]["id"] == str(tree.north)
    assert me["permissions"] == ["session.view", "station.view"]
    assert me["csrf_token"] == browser.client.headers["x-csrf-token"]


async def test_an_administrator_sees_every_permission_spelled_out(sign_in, tree):
    browser = await sign_in("root@example.org", tree.root, "*")

    permissions = (await browser.client.get("/me")).json()["permissions"]

    assert {"*", "people.manage", "audit.view"} <= set(permissions)


async def test_unknown_account_and_wrong_password_can_not_be_told_apart(anonymous, add_person, tree):
    await add_person("known@example.org", tree.north, "station.view")

    wrong = await attempt(anonymous, "known@example.org")
    unknown = await attempt(anonymous, "unknown@example.org")

    strip = {"request_id": None}
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() | strip == unknown.json() | strip
    volatile = {"date", "x-request-id"}
    assert {n: v for n, v in wrong.headers.items() if n not in volatile} == {
        n: v for n, v in unknown.headers.items() if n not in volatile
    }


async def test_unknown_accounts_cost_the_same_work(anonymous, add_person, tree):
    times: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(6):
        await add_person(f"known{number}@example.org", tree.north, "station.view")
    for number in range(6):
        for kind, taken in times.items():
            began = perf_counter()
            await attempt(anonymous, f"{kind}{number}@example.org")
            taken.append(perf_counter() - began)

    assert median(times["unknown"]) > median(times["known"]) / 3
    assert median(times["unknown"]) < median(times["known"]) * 3


@pytest.mark.parametrize("email", ["known@example.org", "unknown@example.org"])
async def test_wrong_passwords_delay_the_account_whether_it_exists_or_not(anonymous, add_person, tree, email):
    await add_person("known@example.org", tree.north, "station.view")
    for _ in range(6):
        assert (await attempt(anonymous, email)).status_code == 401

    delayed = await attempt(anonymous, email, PASSWORD)

    assert delayed.status_code == 429
    assert delayed.json()["type"] == "urn:voltkeep:problem:sign-in-delayed"
    assert 1 <= int(delayed.headers["retry-after"]) <= 2


async def test_the_delay_grows_and_then_ends(services: Services, anonymous, add_person, tree):
    await add_person("ann@example.org", tree.north, "station.view")
    waits = []
    for number in range(9):
        assert (await attempt(anonymous, "ann@example.org")).status_code == 401
        async with services.database.transaction() as tx:
            waits.append(
                await tx.value("select max(extract(epoch from locked_until - failed_at))::int from sign_in_delay")
            )
            await tx.run("update sign_in_delay set locked_until = failed_at")
        assert number < 5 or waits[-1] > 0

    assert waits == [0, 0, 0, 0, 0, 2, 4, 8, 16]
    assert (await attempt(anonymous, "ann@example.org", PASSWORD)).status_code == 200


async def test_guesses_side_by_side_do_not_outrun_the_delay(anonymous, add_person, tree):
    await add_person("ann@example.org", tree.north, "station.view")

    answers = await asyncio.gather(*(attempt(anonymous, "ann@example.org") for _ in range(20)))

    looked_at = [answer for answer in answers if answer.status_code == 401]
    assert len(looked_at) == 6
    assert all(answer.status_code in {401, 429} for answer in answers)


async def test_a_right_password_forgets_the_wrong_ones(services: Services, anonymous, add_person, tree):
    await add_person("ann@example.org", tree.north, "station.view")
    for _ in range(4):
        await attempt(anonymous, "ann@example.org")

    await attempt(anonymous, "ann@example.org", PASSWORD)

    for _ in range(5):
        assert (await attempt(anonymous, "ann@example.org")).status_code == 401


async def test_signing_out_ends_the_session_at_once(sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "station.view")
    stolen = dict(browser.client.cookies)

    assert (await browser.client.post("/sign-out")).status_code == 204

    async with httpx.AsyncClient(base_url=browser.client.base_url, cookies=stolen) as thief:
        assert (await thief.get("/me")).status_code == 401


async def test_an_idle_session_ends_and_a_used_one_goes_on(services: Services, sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "station.view")
    async with services.database.transaction() as tx:
        await tx.run("update browser_session set last_seen_at = last_seen_at - interval '5 minutes'")
        before = await tx.value("select expires_at from browser_session")

    assert (await browser.client.get("/me")).status_code == 200

    async with services.database.transaction() as tx:
        after = await tx.value("select expires_at from browser_session")
        await tx.run("update browser_session set expires_at = :past", past=clock.now() - timedelta(seconds=1))
    assert after > before
    assert (await browser.client.get("/me")).status_code == 401


async def test_use_is_noted_at_most_once_a_minute(services: Services, sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "station.view")
    async with services.database.transaction() as tx:
        before = await tx.value("select last_seen_at from browser_session")

    for _ in range(3):
        await browser.client.get("/me")

    async with services.database.transaction() as tx:
        assert await tx.value("select last_seen_at from browser_session") == before


async def test_a_new_password_ends_the_other_sessions(anonymous, sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "station.view")
    await attempt(anonymous, "ann@example.org", PASSWORD)

    wrong = await browser.client.post("/me/password", json={"current": "nonsense", "new": "another long one"})
    short = await browser.client.post("/me/password", json={"current": PASSWORD, "new": "short"})
    right = await browser.client.post("/me/password", json={"current": PASSWORD, "new": "another long one"})

    assert (wrong.status_code, short.status_code, right.status_code) == (422, 422, 204)
    assert wrong.json()["errors"][0]["field"] == "current"
    assert (await browser.client.get("/me")).status_code == 200
    assert (await anonymous.get("/me")).status_code == 401
    assert (await attempt(anonymous, "ann@example.org", PASSWORD)).status_code == 401


async def test_refused_sign_ins_are_in_the_audit_trail_without_the_address_typed(services: Services, anonymous, tree):
    await attempt(anonymous, "my-password-typed-in-the-wrong-field")

    async with services.database.transaction() as tx:
        entry = await tx.one("select * from audit_entry where action = 'session.sign-in'")
    assert entry.outcome == "refused"
    assert "my-password" not in str(tuple(entry))
