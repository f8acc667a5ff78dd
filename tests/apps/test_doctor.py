"""The doctor finds what is wrong, and is content where nothing is."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from voltkeep.apps.doctor.engines import check_database, check_nats
from voltkeep.apps.doctor.machine import check_machine
from voltkeep.apps.doctor.report import examine
from voltkeep.kit.settings import Settings


def levels(findings: object) -> dict[str, str]:
    assert hasattr(findings, "__iter__")
    return {finding.name: finding.level for finding in findings}


def test_content_with_engines_that_answer(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert examine(settings) == 0
    said = capsys.readouterr().out
    assert "ok   PostgreSQL: version" in said
    assert "ok   Migrations: at " in said
    assert "JetStream is on" in said
    assert "fail" not in said


def test_content_before_the_first_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fresh = Settings(data_dir=tmp_path / "new", database_url=None, nats_url=None, http_port=0, ocpp_port=0, mqtt_port=0)
    assert examine(fresh) == 0
    assert "`voltkeep up` starts it" in capsys.readouterr().out
    assert not (tmp_path / "new").exists(), "looking changes nothing"


def test_names_the_setting_of_a_taken_port(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert examine(Settings(data_dir=tmp_path, ocpp_port=port, http_port=0, mqtt_port=0)) == 1
    said = capsys.readouterr().out
    assert f"fail Port OCPP: 127.0.0.1:{port} is in use by another program" in said
    assert "VOLTKEEP_OCPP_PORT" in said


def test_says_that_the_database_is_away(settings: Settings) -> None:
    away = settings.model_copy(update={"database_url": "postgresql://voltkeep@127.0.0.1:1/voltkeep"})
    assert levels(check_database(away)) == {"PostgreSQL": "fail"}


def test_says_that_migrations_are_missing(settings: Settings, server_url: str) -> None:
    empty = settings.model_copy(update={"database_url": server_url})
    assert levels(check_database(empty))["Migrations"] == "fail"


def test_says_that_nats_is_away(settings: Settings) -> None:
    away = settings.model_copy(update={"nats_url": "nats://127.0.0.1:1"})
    assert levels(check_nats(away)) == {"NATS": "fail"}


def test_says_that_a_data_folder_needs_another_server(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("9\n")
    old = Settings(data_dir=tmp_path, database_url=None, http_port=0, ocpp_port=0, mqtt_port=0)
    found = {finding.name: finding for finding in check_machine(old)}
    assert found["PostgreSQL programs"].level == "fail"
    assert "postgresql-9" in found["PostgreSQL programs"].advice


def test_warns_when_the_system_allows_too_few_sockets(tmp_path: Path) -> None:
    many = Settings(data_dir=tmp_path, ocpp_max_connections=2_000_000, http_port=0, ocpp_port=0, mqtt_port=0)
    found = {finding.name: finding for finding in check_machine(many)}
    assert found["Open files"].level == "warn"
    assert "VOLTKEEP_OCPP_MAX_CONNECTIONS" in found["Open files"].advice
