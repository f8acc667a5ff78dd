"""What comes over a station's socket is the same however TCP cuts it, taken whole or read by the library."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode

from voltkeep.protocols.ocpp.socket.station_socket import StationSocket, whole_text

PING = Frame(Opcode.PING, b"here")
texts = st.one_of(st.binary(max_size=140), st.integers(65_530, 65_540).map(lambda size: b"x" * size))
messages = st.one_of(
    texts.map(lambda text: [Frame(Opcode.TEXT, text)]),
    st.binary(max_size=9).map(lambda raw: [Frame(Opcode.BINARY, raw)]),
    st.just([PING]),
    st.tuples(texts, texts, st.booleans()).map(
        lambda two: [
            Frame(Opcode.TEXT, two[0], fin=False),
            *([PING] if two[2] else []),
            Frame(Opcode.CONT, two[1]),
        ]
    ),
)


def wire(frames: list[Frame]) -> list[bytes]:
    return [bytes(frame.serialize(mask=True)) for frame in frames]


def cut(stream: bytes, places: list[int]) -> list[bytes]:
    ends = sorted({place % (len(stream) + 1) for place in places} | {0, len(stream)})
    return [stream[a:b] for a, b in pairwise(ends)]


def told(frames: list[Frame]) -> list[bytes]:
    """The messages in a sequence of frames."""
    found: list[bytes] = []
    for frame in frames:
        if frame.opcode is Opcode.CONT:
            found[-1] += bytes(frame.data)
        elif frame.opcode is not Opcode.PING:
            found.append(bytes(frame.data))
    return found


async def heard(chunks: list[bytes], count: int) -> list[bytes]:
    """What the handler of a StationSocket reads when the chunks arrive."""
    got: list[bytes] = []
    done = asyncio.Event()

    async def handler(socket: ServerConnection) -> None:
        for chunk in chunks:
            socket.data_received(chunk)
            await asyncio.sleep(0)
        while len(got) < count:
            got.append(await socket.recv(decode=False))
        done.set()

    async with serve(
        handler, "127.0.0.1", 0, create_connection=StationSocket, ping_interval=None, max_queue=None
    ) as at:
        port = at.sockets[0].getsockname()[1]
        async with connect(f"ws://127.0.0.1:{port}"), asyncio.timeout(10):
            await done.wait()
    return got


@settings(max_examples=60, deadline=None)
@given(st.lists(messages, min_size=1, max_size=6), st.lists(st.integers(0, 400_000), max_size=12))
@example([[Frame(Opcode.TEXT, b"[2]")]] * 3, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
def test_any_cuts_give_the_same_messages(sent: list[list[Frame]], places: list[int]) -> None:
    frames = [frame for message in sent for frame in message]
    expected = told(frames)

    assert asyncio.run(heard(wire(frames), len(expected))) == expected
    assert asyncio.run(heard(cut(b"".join(wire(frames)), places), len(expected))) == expected


@given(st.binary(max_size=70_000), st.binary(max_size=3))
def test_only_one_whole_frame_is_taken(text: bytes, more: bytes) -> None:
    raw = wire([Frame(Opcode.TEXT, text)])[0]

    assert whole_text(raw) == (text if len(text) < 65_536 else None)
    assert whole_text(raw[:-1]) is None
    assert not more or whole_text(raw + more) is None
    assert whole_text(bytes((raw[0] | 0x40,)) + raw[1:]) is None
    for other in (Frame(Opcode.TEXT, text, fin=False), Frame(Opcode.BINARY, text), PING):
        assert whole_text(wire([other])[0]) is None
    assert whole_text(bytes(Frame(Opcode.TEXT, text).serialize(mask=False))) is None


async def test_what_is_written_at_once_is_read_as_text_and_a_closed_socket_takes_nothing() -> None:
    said: list[Any] = ["x" * size for size in (0, 1, 125, 126, 127, 8_191)]
    results: list[bool] = []
    ended = asyncio.Event()

    async def handler(socket: ServerConnection) -> None:
        assert isinstance(socket, StationSocket)
        results.extend(socket.send_at_once(text.encode()) for text in said)
        results.append(socket.send_at_once(b"x" * 8_192))
        await socket.close()
        results.append(socket.send_at_once(b"late"))
        ended.set()

    async with serve(handler, "127.0.0.1", 0, create_connection=StationSocket, compression=None) as server:
        port = server.sockets[0].getsockname()[1]
        got: list[Any] = []
        async with connect(f"ws://127.0.0.1:{port}") as client:
            try:
                while True:
                    got.append(await client.recv())
            except ConnectionClosed:
                pass
            await ended.wait()
    assert got == said
    assert results == [True] * len(said) + [False, False]
