"""OCPP-J frames: bytes in, checked messages out, and back."""

from voltkeep.protocols.ocpp.frames.codec import (
    Call,
    CallError,
    CallResult,
    Faulty,
    Frame,
    Limits,
    decode,
    encode_call,
    encode_error,
    encode_result,
)
from voltkeep.protocols.ocpp.frames.faults import Code, Fault, OcppFault
from voltkeep.protocols.ocpp.frames.schemas import Schemas

__all__ = [
    "Call",
    "CallError",
    "CallResult",
    "Code",
    "Fault",
    "Faulty",
    "Frame",
    "Limits",
    "OcppFault",
    "Schemas",
    "decode",
    "encode_call",
    "encode_error",
    "encode_result",
]
