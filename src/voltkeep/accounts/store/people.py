"""Organisations, people and their grants."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.kit.db import Tx


async def root_organisation(tx: Tx) -> Row[Any] | None:
    """The oldest organisation that has none above it."""
    return await tx.row("select id, name from organisation where parent_id is null order by created_at, id limit 1")


async def organisation(tx: Tx, organisation_id: UUID) -> Row[Any] | None:
    """Name and locale of one organisation."""
    return await tx.row("select id, name, locale from organisation where id = :id", id=organisation_id)


async def insert_organisation(
    tx: Tx, *, organisation_id: UUID, parent_id: UUID | None, name: str, now: datetime
) -> None:
    """One organisation."""
    await tx.run(
        "insert into organisation (id, parent_id, name, created_at) values (:id, :parent_id, :name, :now)",
        id=organisation_id,
        parent_id=parent_id,
        name=name,
        now=now,
    )


async def anybody(tx: Tx) -> bool:
    """Whether a person exists; callers side by side wait for each other until their transactions end."""
    await tx.run("select pg_advisory_xact_lock(7365118003)")
    return bool(await tx.value("select exists (select 1 from person)"))


async def person_by_email(tx: Tx, email: str) -> Row[Any] | None:
    """The person who may sign in with this address, whatever its case."""
    return await tx.row(
        """
        select id, name, email, organisation_id, password_hash, locale from person
         where lower(email) = lower(:email) and retired_at is null
        """,
        email=email,
    )


async def password_hash(tx: Tx, person_id: UUID) -> str | None:
    """The stored hash of a living person, which no other transaction changes before this one ends."""
    found = await tx.value(
        "select password_hash from person where id = :id and retired_at is null for share", id=person_id
    )
    return None if found is None else str(found)


async def insert_person(tx: Tx, **columns: Any) -> bool:
    """Whether the person was added; False if the address is taken."""
    return bool(
        await tx.run(
            """
            insert into person (id, organisation_id, email, name, password_hash, locale, created_at)
            values (:id, :organisation_id, :email, :name, :password_hash, :locale, :now)
            on conflict do nothing
            """,
            **columns,
        )
    )


async def insert_grant(tx: Tx, **columns: Any) -> None:
    """A person's permissions in one organisation and below; an older grant there is replaced."""
    await tx.run(
        """
        insert into permission_grant (id, organisation_id, person_id, permissions, created_at)
        values (:id, :organisation_id, :person_id, cast(:permissions as text[]), :now)
        on conflict (organisation_id, person_id) do update set permissions = excluded.permissions
        """,
        **columns,
    )


async def edit_person(tx: Tx, person_id: UUID, *, name: str | None, locale: str | None) -> None:
    """Change what is given."""
    await tx.run(
        """
        update person set name = coalesce(:name, name), locale = coalesce(:locale, locale) where id = :id
        """,
        id=person_id,
        name=name,
        locale=locale,
    )


async def set_password(tx: Tx, person_id: UUID, hashed: str) -> None:
    """Replace the stored hash."""
    await tx.run("update person set password_hash = :hashed where id = :id", id=person_id, hashed=hashed)


async def list_people(
    tx: Tx, scope: str, parameters: dict[str, Any], *, after: tuple[str, str] | None, limit: int
) -> Sequence[Row[Any]]:
    """People by address, with their own permissions; `after` is the last (address, id) seen."""
    email, last = after or (None, None)
    return await tx.rows(
        f"""
        select p.id, p.email, p.name, p.organisation_id, p.created_at,
               coalesce((select array_agg(distinct one order by one)
                           from permission_grant g, unnest(g.permissions) one where g.person_id = p.id),
                        '{{}}') permissions,
               (select max(s.last_seen_at) from browser_session s where s.person_id = p.id) last_seen_at
          from person p
         where p.retired_at is null and {scope}
           and (cast(:email as text) is null or (lower(p.email), p.id) > (:email, cast(:last as uuid)))
         order by lower(p.email), p.id limit :limit
        """,
        **parameters,
        email=email,
        last=last,
        limit=limit,
    )


async def living_person(tx: Tx, person_id: UUID, scope: str, parameters: dict[str, Any]) -> Row[Any] | None:
    """The person with all their permissions, held until the transaction ends; None if none is in reach."""
    return await tx.row(
        f"""
        select p.id, p.email, p.organisation_id,
               array(select distinct unnest(g.permissions) from permission_grant g where g.person_id = p.id) permissions
          from person p where p.id = :id and p.retired_at is null and {scope}
           for update
        """,
        **parameters,
        id=person_id,
    )


async def retire_person(tx: Tx, person_id: UUID, now: datetime) -> None:
    """The person may no longer sign in."""
    await tx.run("update person set retired_at = :now where id = :id", id=person_id, now=now)
