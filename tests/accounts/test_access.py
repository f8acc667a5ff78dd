"""The guarded door: CSRF, API tokens, neighbours who see nothing, and rights that can't be handed on unheld."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from voltkeep.accounts.actions.require import require
from voltkeep.accounts.actions.scope import scope_sql
from voltkeep.accounts.http.actor import COOKIE
from voltkeep.accounts.model import ALL, SYSTEM, Actor, Grant
from voltkeep.kit import clock
from voltkeep.kit.errors import NotPermitted
from voltkeep.kit.ids import new_id
from voltkeep.kit.services import Services

PASSWORD = "correct horse battery"


def bearer(plain: str) -> dict[str, str]:
    return {"authorization": f"Bearer {plain}"}


@pytest.mark.parametrize("token", [None, "", "0" * 32, "é"])
async def test_a_write_with_the_cookie_alone_is_refused(sign_in, tree, token):
    browser = await sign_in("ann@example.org", tree.north, "people.manage")
    del browser.client.headers["x-csrf-token"]
    headers = {} if token is None else {"x-csrf-token": token.encode("latin1")}

    answers = [
        await browser.client.patch("/me", json={"name": "Eve"}, headers=headers),
        await browser.client.post("/sign-out", headers=headers),
        await browser.client.post("/people", json={}, headers=headers),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert answers[0].json()["type"] == "urn:voltkeep:problem:csrf"
    assert (await browser.client.get("/me")).json()["name"] == "ann"


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
async def test_a_foreign_page_can_not_even_sign_somebody_in(anonymous, add_person, tree, headers):
    await add_person("ann@example.org", tree.north, "station.view")

    answer = await anonymous.post("/sign-in", json={"email": "ann@example.org", "password": PASSWORD}, headers=headers)

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_api_tokens_need_no_csrf_token_and_are_shown_once(services: Services, anonymous, sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "api-token.manage", "people.manage")

    made = await browser.client.post("/api-tokens", json={"name": "billing", "permissions": ["people.manage"]})

    secret = made.json()["secret"]
    assert made.status_code == 201
    assert secret.startswith("vk_")
    listed = (await browser.client.get("/api-tokens")).json()["items"]
    assert [one["prefix"] for one in listed] == [secret[:8]]
    assert secret not in str(listed)
    async with services.database.transaction() as tx:
        assert secret not in str([tuple(row) for row in await tx.rows("select * from api_token")])
        assert secret not in str([tuple(row) for row in await tx.rows("select * from audit_entry")])
    added = await anonymous.post(
        "/people", json={"email": "bob@example.org", "name": "Bob", "permissions": []}, headers=bearer(secret)
    )
    assert added.status_code == 201
    assert (await anonymous.get("/api-tokens", headers=bearer(secret))).status_code == 403


async def test_a_revoked_token_is_refused_at_once(anonymous, sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "api-token.manage")
    made = (await browser.client.post("/api-tokens", json={"name": "x", "permissions": ["api-token.manage"]})).json()
    assert (await anonymous.get("/me", headers=bearer(made["secret"]))).status_code == 200

    assert (await browser.client.delete(f"/api-tokens/{made['id']}")).status_code == 204

    assert (await anonymous.get("/me", headers=bearer(made["secret"]))).status_code == 401
    assert (await browser.client.delete(f"/api-tokens/{made['id']}")).status_code == 404


async def test_an_expired_token_is_nobody(services: Services, anonymous, sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "api-token.manage")
    soon = (clock.now() + timedelta(hours=1)).isoformat()
    new = {"name": "x", "permissions": ["api-token.manage"], "expires_at": soon}
    made = (await browser.client.post("/api-tokens", json=new)).json()
    async with services.database.transaction() as tx:
        await tx.run("update api_token set expires_at = :past", past=clock.now() - timedelta(seconds=1))

    assert (await anonymous.get("/me", headers=bearer(made["secret"]))).status_code == 401

    past = await browser.client.post("/api-tokens", json=new | {"expires_at": "2020-01-01T00:00:00Z"})
    assert past.json()["errors"][0]["field"] == "expires_at"


async def test_a_cookie_does_not_lend_its_rights_to_a_wrong_token(sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "people.manage")

    assert (await browser.client.get("/people", headers=bearer("vk_nonsense"))).status_code == 401


async def test_a_neighbour_sees_nothing_and_learns_nothing(sign_in, tree):
    north = await sign_in("ann@example.org", tree.north, "*")
    south = await sign_in("bob@example.org", tree.south, "*")
    made = (await north.client.post("/api-tokens", json={"name": "x", "permissions": ["*"]})).json()

    foreign = await south.client.delete(f"/api-tokens/{made['id']}")
    missing = await south.client.delete(f"/api-tokens/{new_id()}")

    strip = {"request_id": None}
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json() | strip == missing.json() | strip
    assert [one["email"] for one in (await south.client.get("/people")).json()["items"]] == ["bob@example.org"]
    assert (await south.client.get("/api-tokens")).json()["items"] == []
    seen = (await south.client.get("/audit")).json()["items"]
    assert {entry["organisation_id"] for entry in seen} == {str(tree.south)}
    beyond = {"email": "eve@example.org", "name": "Eve", "permissions": [], "organisation_id": str(tree.north)}
    nowhere = beyond | {"organisation_id": str(new_id())}
    answers = [await south.client.post("/people", json=body) for body in (beyond, nowhere)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[0].json() | strip == answers[1].json() | strip


async def test_a_grant_reaches_down_the_tree_and_not_up(sign_in, add_person, tree):
    await add_person("root@example.org", tree.root, "station.view")
    await add_person("leaf@example.org", tree.leaf, "station.view")
    north = await sign_in("ann@example.org", tree.north, "people.manage")

    emails = [one["email"] for one in (await north.client.get("/people")).json()["items"]]

    assert emails == ["ann@example.org", "leaf@example.org"]


async def test_nobody_hands_on_what_they_do_not_hold(sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "people.manage", "api-token.manage", "health.view")

    more = await browser.client.post("/api-tokens", json={"name": "x", "permissions": ["health.view", "audit.view"]})
    all_of_it = await browser.client.post("/people", json={"email": "e@e.org", "name": "E", "permissions": ["*"]})
    unknown = await browser.client.post("/api-tokens", json={"name": "x", "permissions": ["station.fly"]})

    assert (more.status_code, all_of_it.status_code, unknown.status_code) == (403, 403, 422)
    assert more.json()["arguments"]["permission"] == "audit.view"
    assert unknown.json()["arguments"]["unknown"] == ["station.fly"]


async def test_a_refusal_names_the_permission_and_who_can_grant_it(sign_in, add_person, tree):
    await add_person("grace@example.org", tree.root, "people.manage")
    await add_person("sue@example.org", tree.south, "people.manage")
    browser = await sign_in("ann@example.org", tree.north, "station.view")

    answer = await browser.client.get("/audit")

    assert answer.status_code == 403
    assert answer.json()["arguments"] == {"permission": "audit.view", "granters": ["grace"]}


async def test_a_person_who_leaves_is_out_at_once_and_for_good(anonymous, sign_in, tree):
    boss = await sign_in("boss@example.org", tree.north, "people.manage", "health.view")
    leaver = await sign_in("ann@example.org", tree.leaf, "health.view")
    above = await sign_in("root@example.org", tree.north, "*")
    foreign = await sign_in("sue@example.org", tree.south, "*")
    path = "/people/{}/retire".format

    assert (await foreign.client.post(path(leaver.person_id))).status_code == 404
    assert (await boss.client.post(path(above.person_id))).status_code == 403
    assert (await boss.client.post(path(boss.person_id))).status_code == 409
    assert (await leaver.client.get("/me")).status_code == 200

    assert (await boss.client.post(path(leaver.person_id))).status_code == 204

    assert (await leaver.client.get("/me")).status_code == 401
    again = await anonymous.post("/sign-in", json={"email": "ann@example.org", "password": PASSWORD})
    assert again.status_code == 401
    assert "ann@example.org" not in (await boss.client.get("/people")).text


async def test_a_taken_address_is_a_conflict_whatever_its_case(sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "people.manage")

    answer = await browser.client.post("/people", json={"email": "Ann@Example.org", "name": "A", "permissions": []})

    assert answer.status_code == 409
    assert answer.json()["type"] == "urn:voltkeep:problem:email-taken"


async def test_a_made_password_opens_the_door_once_told(anonymous, sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "people.manage")

    made = await browser.client.post("/people", json={"email": "bob@example.org", "name": "Bob", "permissions": []})

    credentials = {"email": "bob@example.org", "password": made.json()["password"]}
    assert (await anonymous.post("/sign-in", json=credentials)).status_code == 200


async def test_what_was_done_is_in_the_audit_trail_with_its_request(sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "people.manage", "audit.view")
    made = await browser.client.post(
        "/people", json={"email": "b@b.org", "name": "B", "permissions": []}, headers={"x-request-id": "trace-1"}
    )

    page = (await browser.client.get("/audit", params={"action": "person.create", "limit": 1})).json()

    entry = page["items"][0]
    assert (entry["actor_name"], entry["object_id"], entry["request_id"]) == ("ann", made.json()["id"], "trace-1")
    assert entry["address"] == "127.0.0.1"


async def test_audit_pages_meet_without_gap_or_overlap(sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "audit.view")
    for number in range(7):
        await browser.client.patch("/me", json={"name": f"Ann {number}"})

    seen, cursor = [], None
    while True:
        page = (await browser.client.get("/audit", params={"limit": 3} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [entry["id"] for entry in page["items"]]
        if (cursor := page["next"]) is None:
            break

    assert len(seen) == len(set(seen)) == 9, "seven edits, one sign-in, one person made"


async def test_people_keep_their_name_and_language(sign_in, tree):
    browser = await sign_in("ann@example.org", tree.north, "station.view")

    edited = await browser.client.patch("/me", json={"locale": "uk"})
    wrong = await browser.client.patch("/me", json={"locale": "klingon"})

    assert (edited.json()["locale"], edited.json()["name"]) == ("uk", "ann")
    assert wrong.json()["errors"] == [
        {"field": "locale", "message": "String should match pattern '^[a-z]{2}(-[A-Z]{2})?$'"}
    ]


async def test_a_garbage_cookie_is_nobody(anonymous: httpx.AsyncClient):
    anonymous.cookies.set(COOKIE, "garbage")

    assert (await anonymous.get("/me")).status_code == 401


def test_the_reach_of_an_actor_is_the_sum_of_its_grants():
    here, there = new_id(), new_id()
    actor = Actor(
        "person",
        new_id(),
        "A",
        here,
        (Grant(frozenset({here}), frozenset({"a"})), Grant(frozenset({there}), frozenset("*"))),
    )

    assert actor.organisations_for("a") == {here, there}
    assert actor.organisations_for("b") == {there}
    assert SYSTEM.organisations_for("a") is ALL
    assert actor.may("a", here)
    assert not actor.may("b", here)
    with pytest.raises(NotPermitted):
        require(actor, "b", here)


def test_scope_is_a_condition_that_nobody_escapes():
    nobody = Actor("person", new_id(), "N", new_id())

    assert scope_sql(SYSTEM, "a", organisation="s.organisation_id").sql == "true"
    assert scope_sql(nobody, "a", organisation="s.organisation_id").parameters == {"scope_organisations": []}
