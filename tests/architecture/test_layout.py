"""The tree is the architecture: what lies where, and what nobody may spoil by accident."""

import ast
import tomllib

import pytest

from core.config import CHECKOUT
from core.db import Base

SOURCES = ("bus", "core", "modules")
DEPARTMENTS = {"sales", "finance", "warehouse", "service"}


def python_files():
    return [path for folder in SOURCES for path in sorted((CHECKOUT / folder).rglob("*.py"))]


def test_the_four_departments_are_there(modules):
    assert set(modules) >= DEPARTMENTS


def test_modules_is_a_namespace_that_anybody_may_extend():
    # One __init__.py here, or in somebody's distribution, would hide everybody else's modules.
    assert not (CHECKOUT / "modules" / "__init__.py").exists()


def test_every_department_has_a_member_and_a_head(modules):
    for name in DEPARTMENTS:
        assert {f"{name}_member", f"{name}_head"} <= set(modules[name].manifest.roles)


def test_every_package_says_what_it_is_for():
    for path in python_files():
        if path.name == "__init__.py":
            assert ast.get_docstring(ast.parse(path.read_text())), path


@pytest.mark.parametrize("vague", ["utils", "helpers", "manager", "misc", "common"])
def test_no_file_could_hold_just_anything(vague):
    assert [path for path in python_files() if path.stem == vague] == []


def test_the_cores_tables_carry_its_prefix(modules):
    for mapper in Base.registry.mappers:
        if mapper.class_.__module__.startswith("core."):
            assert mapper.local_table.name.startswith("core_"), mapper


def test_the_core_points_to_no_department(modules):
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if table.name.startswith("core_"):
                assert key.target_fullname.startswith("core_"), key


def test_what_is_installed_is_what_was_tested():
    # The constraints name an exact version of every package that pyproject.toml asks for.
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    pinned = (CHECKOUT / "constraints.txt").read_text().lower().replace("_", "-")

    for requirement in wanted:
        name = requirement.split(";")[0]
        for mark in "[<>=~ ":
            name = name.partition(mark)[0]
        assert f"\n{name.lower()}==" in f"\n{pinned}", name
