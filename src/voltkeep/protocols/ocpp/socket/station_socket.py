"""A server connection of `websockets` that remembers when it last heard anything."""

from __future__ import annotations

from types import GeneratorType
from typing import Any

from websockets.asyncio.server import ServerConnection
from websockets.datastructures import Headers
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.utils import apply_mask

from voltkeep.stations.model import Admitted, Onboarding

_NO_REQUEST = Request("", Headers())
# Well below the write limit that the server sets for each socket.
_NEVER_WAITS_BYTES = 8_192
_WHOLE_TEXT = 0x81  # FIN, no extension, opcode text (RFC 6455, 5.2)
_MASKED, _TWO_BYTES = 0x80, 0x7E


class StationSocket(ServerConnection):
    """`heard_s` is the loop's time of the last bytes, pongs included; `admittance` is what the handshake decided."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.heard_s = self.loop.time()
        self.admittance: Admitted | Onboarding | None = None
        self.address = ""
        self._is_between = False

    def forget_handshake(self) -> None:
        """Let go of the request's and the response's headers, about 2 KiB; nothing reads them again."""
        self.request = _NO_REQUEST
        self.response = None

    def send_at_once(self, raw: bytes) -> bool:
        """Write a short text frame into an empty buffer; False when it must go the way of `send`, which may wait."""
        size = len(raw)
        is_free = self.protocol.state is State.OPEN and self.send_in_progress is None
        if size >= _NEVER_WAITS_BYTES or not is_free or self.transport.is_closing():
            return False
        if self.transport.get_write_buffer_size():
            return False
        head = bytes((_WHOLE_TEXT, size)) if size < _TWO_BYTES else b"\x81\x7e" + size.to_bytes(2, "big")
        self.transport.write(head + raw)
        return True

    def data_received(self, data: bytes) -> None:
        """Note the time; one whole text frame is taken as it is, anything else goes as ever."""
        self.heard_s = self.loop.time()
        if self._is_between and self.protocol.state is State.OPEN:
            text = whole_text(data)
            if text is not None:
                self.recv_messages.put(Frame(Opcode.TEXT, text))
                return
        super().data_received(data)
        self._is_between = self.protocol.state is State.OPEN and self._awaits_frame()

    def _awaits_frame(self) -> bool:
        """Whether the library's parser stands between two messages, with no byte of the next one read."""
        if self.protocol.current_size is not None:
            return False
        step: object = self.protocol.parser
        while isinstance(step, GeneratorType) and step.gi_yieldfrom is not None:
            step = step.gi_yieldfrom
        return isinstance(step, GeneratorType) and step.gi_code.co_name == "at_eof"


def whole_text(data: bytes) -> bytes | None:
    """The text of exactly one masked, unfragmented frame of less than 64 KiB (RFC 6455, 5.2), else None."""
    if len(data) < 6 or data[0] != _WHOLE_TEXT or data[1] < _MASKED:
        return None
    size, start = data[1] - _MASKED, 2
    if size == _TWO_BYTES:
        size, start = int.from_bytes(data[2:4], "big"), 4
    if size > 0xFFFF or data[1] == 0xFF or len(data) != start + 4 + size:
        return None
    return apply_mask(data[start + 4 :], data[start : start + 4])
