"""What is wrong with a frame, in the words of OCPP-J 1.6, section 4.2.3."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """CALLERROR codes of OCPP-J 1.6, table 7; `Occurence` is spelled as the standard spells it."""

    NOT_IMPLEMENTED = "NotImplemented"
    NOT_SUPPORTED = "NotSupported"
    INTERNAL_ERROR = "InternalError"
    PROTOCOL_ERROR = "ProtocolError"
    SECURITY_ERROR = "SecurityError"
    FORMATION_VIOLATION = "FormationViolation"
    PROPERTY_CONSTRAINT_VIOLATION = "PropertyConstraintViolation"
    OCCURENCE_CONSTRAINT_VIOLATION = "OccurenceConstraintViolation"
    TYPE_CONSTRAINT_VIOLATION = "TypeConstraintViolation"
    GENERIC_ERROR = "GenericError"


@dataclass(frozen=True, slots=True)
class Fault:
    """A code, a description of at most 255 characters (OCPP-J 1.6, 4.2.3) and where in the payload it lies."""

    code: Code
    description: str
    where: str = ""


class OcppFault(Exception):
    """Raised by a handler to answer the station with this very CALLERROR."""

    def __init__(self, code: Code, description: str, *, where: str = "") -> None:
        super().__init__(description)
        self.fault = Fault(code, description[:255], where)
