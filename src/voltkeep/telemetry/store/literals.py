"""Array literals in PostgreSQL's text form: several times faster than the driver's dumper for rows of uneven length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def by_slot(values: Mapping[int, float]) -> str:
    """`{v1,NULL,v3}`: the value of slot n at place n (floats as repr gives them come back the same)."""
    most = max(values)
    if len(values) == most:
        return "{" + ",".join([repr(float(values[slot])) for slot in range(1, most + 1)]) + "}"
    row = ["NULL"] * most
    for slot, value in values.items():
        row[slot - 1] = repr(float(value))
    return "{" + ",".join(row) + "}"


def listed(items: Iterable[object]) -> str:
    """`{a,b}` of numbers or of instants (no text: nothing is escaped)."""
    return "{" + ",".join(map(str, items)) + "}"


def quoted(literals: Iterable[str]) -> str:
    """An array of text whose items are array literals of numbers or instants, which hold no quote and no backslash."""
    return '{"' + '","'.join(literals) + '"}'
