"""Permissions as declared and as used are one set, read from the code itself."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

import voltkeep
from voltkeep.apps import live, wiring

ROOT = Path(voltkeep.__file__).parent
# Functions that take a permission, and where: position and keyword.
GUARDS = {
    "require": (1, "permission"),
    "require_anywhere": (1, "permission"),
    "scope_sql": (1, "permission"),
    "visible_to": (3, "permission"),
    "may": (0, "permission"),
    "organisations_for": (0, "permission"),
    "chosen_organisation": (2, "permission"),
    "CommandKind": (2, "permission"),
}
CODE = re.compile(r"[a-z][a-z-]*\.[a-z][a-z-]*")


def modules() -> Iterator[tuple[ast.Module, ModuleType]]:
    """The parsed and the loaded form of every module that may check a permission."""
    for capability in (*wiring.CAPABILITIES, "protocols", "apps"):
        for file in sorted((ROOT / capability).rglob("*.py")):
            if file.name == "permissions.py" or {"simulate", "doctor", "engines"} & set(file.parts):
                continue
            name = ".".join(("voltkeep", *file.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
            yield ast.parse(file.read_text()), importlib.import_module(name)


def value_of(node: ast.expr | None, module: ModuleType) -> str | None:
    """The text that an expression stands for, if that can be seen from here."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.Name):
        found = getattr(module, node.id, None)
        return found if isinstance(found, str) else None
    if isinstance(node, ast.Attribute):
        found = getattr(getattr(module, getattr(node.value, "id", ""), None), node.attr, None)
        return found if isinstance(found, str) else None
    return None


def guarded_with(call: ast.Call, module: ModuleType) -> str | None:
    """The permission that a call of a guard names."""
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    if name not in GUARDS:
        return None
    position, keyword = GUARDS[name]
    given = next((one.value for one in call.keywords if one.arg == keyword), None)
    if given is None and len(call.args) > position:
        given = call.args[position]
    return value_of(given, module)


@pytest.fixture(scope="module")
def declared() -> set[str]:
    return {one.code for one in wiring.permissions()}


def test_each_is_declared_once_and_has_words():
    codes = [one.code for one in wiring.permissions()]

    assert len(codes) == len(set(codes))
    assert all(CODE.fullmatch(code) for code in codes)
    assert all(len(one.words) > 10 for one in wiring.permissions())


def test_no_undeclared_permission_is_asked_for(declared: set[str]):
    used = {
        code
        for tree, module in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (code := guarded_with(node, module))
    }

    assert used - declared == set()
    assert len(used) > 5, "the guards are found at all"
    assert set(live.PERMISSION_OF.values()) <= declared


def test_every_declared_permission_is_checked_somewhere(declared: set[str]):
    mentioned = {
        code
        for tree, module in modules()
        if module is not live
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.Name | ast.Attribute) and (code := value_of(node, module))
    }

    assert declared - mentioned == set()
