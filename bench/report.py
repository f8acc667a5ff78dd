"""The frame of the benchmarks: figures beside their references, the machine they were taken on, one page of both."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

INTRODUCTION = """# Benchmarks

`make bench` measures these and writes this page. Load generator, program and database share one machine. Each figure
stands beside a reference taken in the same run; compare ratios between machines, not figures.
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measurement. `ratio` is value / reference_value where both are of one kind, else None.

    `target` says what is to be reached, such as `≥ 500,000`; `note` how it was counted.
    """

    name: str
    value: float
    unit: str
    reference_name: str = ""
    reference_value: float | None = None
    ratio: float | None = None
    note: str = ""
    target: str = ""


def of(value: float, reference: float) -> float:
    """The ratio of a value to its reference."""
    return value / reference if reference else 0.0


def shown(value: float) -> str:
    """A number as people read it: three digits that mean something, thousands apart."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def line_of(figure: Figure) -> str:
    """One line of the table."""
    reference = ""
    if figure.reference_value is not None:
        reference = f"{shown(figure.reference_value)} ({figure.reference_name})"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.0%}"
    cells = (figure.name, f"{shown(figure.value)} {figure.unit}", figure.target, reference, ratio, figure.note)
    return "| " + " | ".join(cells) + " |"


def machine(extra: Mapping[str, str]) -> dict[str, str]:
    """What the figures were taken on."""
    return {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "System": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        **extra,
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def page_of(results: Mapping[str, Sequence[Figure] | str], described: Mapping[str, str], written_at: datetime) -> str:
    """The page: the machine, then a table a module; a module that failed says why."""
    parts = [INTRODUCTION, f"Taken on {written_at:%Y-%m-%d %H:%M} UTC.\n"]
    parts.append("\n".join(f"- {name}: {value}" for name, value in described.items()) + "\n")
    for title, figures in results.items():
        parts.append(f"## {title.replace('_', ' ').capitalize()}\n")
        parts.append(figures + "\n" if isinstance(figures, str) else table_of(figures))
    return "\n".join(parts)


def table_of(figures: Sequence[Figure]) -> str:
    """The figures of one module as a Markdown table."""
    head = "| What | Measured | To reach | Reference | Ratio | How |\n|---|---|---|---|---|---|\n"
    return head + "\n".join(map(line_of, figures)) + "\n"
