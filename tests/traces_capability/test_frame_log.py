"""The protocol log: bounded, without secrets, searchable, and of no harm when it can't be written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltkeep.kit.db import Database
from voltkeep.traces.actions.find_frames import FrameFilter, find_frames
from voltkeep.traces.actions.frame_log import DROPPED, FrameLog
from voltkeep.traces.actions.keep_partitions import drop_old_frames, ensure_partitions
from voltkeep.traces.model import LONGEST_PAYLOAD, masked, masked_bytes
from voltkeep.traces.store import make_partitions

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def dropped() -> float:
    return DROPPED._value.get()


@pytest.mark.parametrize(
    ("payload", "shown"),
    [
        ('[2,"1","Heartbeat",{}]', '[2,"1","Heartbeat",{}]'),
        (
            '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"hunter2"}]',
            '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"***"}]',
        ),
        (
            '[3,"1",{"configurationKey":[{"value":"hunter2","key":"authorizationkey"},{"key":"A","value":"1"}]}]',
            '[3,"1",{"configurationKey":[{"value":"***","key":"authorizationkey"},{"key":"A","value":"1"}]}]',
        ),
        ('{"password":"hunter2"}', '{"password":"***"}'),
        ('{"password":"hunter2', "***"),
        ("a\0b", "a\u2400b"),
    ],
)
def test_secrets_and_nul_don_t_get_in(payload: str, shown: str) -> None:
    assert masked(payload) == shown


@given(
    st.one_of(
        st.binary(max_size=200),
        st.text().map(lambda text: text.encode(errors="replace")),
        st.sampled_from(["AuthorizationKey", "PASSWORD", "pass\u017fword", "authorization\u212aey"]).map(
            lambda key: f'[2,"1","ChangeConfiguration",{{"key":"{key}","value":"hunter2"}}]'.encode()
        ),
        st.integers(LONGEST_PAYLOAD - 1, LONGEST_PAYLOAD + 1).map(lambda size: b"x" * size),
    )
)
def test_bytes_are_masked_as_their_text_is(raw: bytes) -> None:
    assert masked_bytes(raw).decode() == masked(raw.decode(errors="replace"))


async def test_every_field_is_kept_as_it_was_noted(database: Database) -> None:
    frames = FrameLog(database, limit_mb=100)
    before = datetime.now(UTC)
    odd = 'a\tb\\N\n"é€'
    frames.note(2**31 - 1, "out", "error", odd.encode(), message_id=odd, action="Ä" * 70, fault="x\0" + "y" * 400)
    await frames.flush()
    async with database.transaction() as tx:
        (frame,) = await find_frames(tx, 2**31 - 1, FrameFilter(), limit=10)
    assert (frame.payload, frame.size, frame.message_id) == (odd, len(odd.encode()), odd)
    assert (frame.direction, frame.kind, frame.action) == ("out", "error", "Ä" * 64)
    assert frame.fault == "x\u2400" + "y" * 298
    assert before <= frame.at <= datetime.now(UTC)


def test_long_payloads_are_cut() -> None:
    assert len(masked("x" * 100_000)) == LONGEST_PAYLOAD + 1


async def test_frames_are_found_again(database: Database) -> None:
    frames = FrameLog(database, limit_mb=100)
    frames.note(1, "in", "call", b'[2,"a","Heartbeat",{}]', message_id="a", action="Heartbeat")
    frames.note(1, "out", "result", b'[3,"a",{"currentTime":"x"}]', message_id="a", action="Heartbeat")
    frames.note(2, "in", "unreadable", b"\xff\x00 100%_", fault="FormationViolation: Not JSON")
    await frames.flush()
    async with database.transaction() as tx:
        both = await find_frames(tx, 1, FrameFilter(), limit=10)
        assert [(f.direction, f.kind, f.message_id) for f in both] == [("out", "result", "a"), ("in", "call", "a")]
        assert [f.size for f in both] == [27, 22]
        assert len(await find_frames(tx, 1, FrameFilter(search="CURRENTTIME"), limit=10)) == 1
        assert len(await find_frames(tx, 1, FrameFilter(direction="in", action="Heartbeat"), limit=10)) == 1
        assert len(await find_frames(tx, 2, FrameFilter(search="0%_"), limit=10)) == 1
        assert await find_frames(tx, 2, FrameFilter(search="0%x"), limit=10) == []
        assert await find_frames(tx, 1, FrameFilter(until=NOW - timedelta(days=9999)), limit=10) == []
        older = await find_frames(tx, 1, FrameFilter(after=(both[0].at, both[0].seq)), limit=10)
        assert [f.seq for f in older] == [both[1].seq]


async def test_what_doesn_t_fit_is_dropped_and_counted(database: Database) -> None:
    frames = FrameLog(database, limit_mb=100, most=10)
    before = dropped()
    for number in range(25):
        frames.note(1, "in", "call", b"[]", message_id=str(number))
    assert (frames.waiting, dropped() - before) == (10, 15)


async def test_a_database_that_is_away_costs_frames_and_nothing_else() -> None:
    away = Database("postgresql://nobody@127.0.0.1:1/none", name="tests")
    frames = FrameLog(away, limit_mb=100)
    before = dropped()
    frames.note(1, "in", "call", b"[]")
    await frames.flush()
    assert (frames.waiting, dropped() - before) == (0, 1)
    await away.close()


async def test_twenty_thousand_frames_are_written_at_once(database: Database) -> None:
    frames = FrameLog(database, limit_mb=100)
    for number in range(20_000):
        frames.note(number, "in", "call", b'[2,"a","Heartbeat",{}]', message_id="a", action="Heartbeat")
    await frames.flush()
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from protocol_frame") == 20_000


async def _days(database: Database) -> list[date]:
    async with database.transaction() as tx:
        rows = await tx.rows(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
            " where i.inhparent = 'protocol_frame'::regclass order by 1"
        )
    return [datetime.strptime(row.relname[-8:], "%Y%m%d").replace(tzinfo=UTC).date() for row in rows]


async def test_old_days_are_dropped_by_age(database: Database) -> None:
    async with database.transaction() as tx:
        await make_partitions(tx, [NOW.date() - timedelta(days=n) for n in (30, 15, 14, 3)])
        await ensure_partitions(tx, now=NOW)
        gone = await drop_old_frames(tx, now=NOW, days=14, limit_mb=100)
    assert gone == [NOW.date() - timedelta(days=30), NOW.date() - timedelta(days=15)]
    assert (await _days(database))[0] == NOW.date() - timedelta(days=14)


async def test_the_oldest_days_are_dropped_by_size_and_today_stays(database: Database) -> None:
    async with database.transaction() as tx:
        await make_partitions(tx, [NOW.date() - timedelta(days=n) for n in (3, 2, 1, 0)])
        for day in (2, 0):
            await tx.run(
                """insert into protocol_frame (station_no, at, seq, direction, kind, payload, size)
                   select 1, :at, n, 'in', 'call', repeat(md5(n::text), 60), 1 from generate_series(1, 2000) n""",
                at=NOW - timedelta(days=day),
            )
        gone = await drop_old_frames(tx, now=NOW, days=14, limit_mb=5)
    assert NOW.date() - timedelta(days=2) in gone
    assert NOW.date() in await _days(database)


async def test_past_its_limit_the_log_pauses(database: Database) -> None:
    frames = FrameLog(database, limit_mb=0)
    frames.note(1, "in", "call", b"[]")
    await frames.flush()
    before = dropped()
    frames.note(1, "in", "call", b"[]")
    assert (frames.waiting, dropped() - before) == (0, 1)
