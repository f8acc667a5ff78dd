"""Settings of every role, from the environment (`VOLTKEEP_*`); docs/configuration.md is generated from this table."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that can be set from outside. Defaults listen on loopback only and hold no password."""

    model_config = SettingsConfigDict(env_prefix="VOLTKEEP_", extra="ignore")

    data_dir: Path = Field(Path(".data"), description="Folder of the embedded engines, the first password and the keys")
    database_url: str | None = Field(
        None,
        description="PostgreSQL 15 or later, `postgresql://…`; unset: an embedded PostgreSQL under the data folder",
    )
    database_pool: int = Field(8, ge=1, le=100, description="Connections to PostgreSQL a process may hold")
    nats_url: str | None = Field(None, description="NATS with JetStream, `nats://…`; unset: an embedded nats-server")

    http_host: str = Field("127.0.0.1", description="Address the API and the panel listen on")
    http_port: int = Field(8080, ge=0, le=65535, description="Port of the API and the panel")
    ocpp_host: str = Field("127.0.0.1", description="Address OCPP stations connect to")
    ocpp_port: int = Field(9000, ge=0, le=65535, description="Port OCPP stations connect to")
    ocpp_processes: int = Field(1, ge=1, le=64, description="OCPP processes that `voltkeep up` starts (SO_REUSEPORT)")
    mqtt_host: str = Field("127.0.0.1", description="Address of the MQTT broker for our own devices")
    mqtt_port: int = Field(1883, ge=0, le=65535, description="Port of the MQTT broker for our own devices")
    metrics_port: int = Field(
        0,
        ge=0,
        le=65535,
        description="Port of /metrics and /health of a role without HTTP; 0: chosen freely and logged",
    )
    public_url: str | None = Field(None, description="Address people reach the panel at; needed behind a proxy")
    trusted_proxies: list[str] = Field(
        default_factory=list, description="Networks (CIDR, a JSON list) whose X-Forwarded-For and -Proto are believed"
    )

    offline_after_s: int = Field(60, ge=5, le=3600, description="Silence after which a station counts as offline")
    ocpp_ping_s: int = Field(20, ge=1, le=600, description="Seconds between WebSocket pings to a station")
    ocpp_call_timeout_s: int = Field(30, ge=1, le=600, description="How long a station may take to answer a call")
    ocpp_queue_limit: int = Field(32, ge=1, le=1000, description="Commands that may wait for one station")
    ocpp_max_frame_bytes: int = Field(262_144, ge=1024, le=16_777_216, description="Largest OCPP frame accepted")
    ocpp_max_connections: int = Field(25_000, ge=1, description="Sockets one OCPP process accepts")
    ocpp_configure: bool = Field(
        True, description="Read and set a station's configuration after its first boot (some test tools forbid it)"
    )
    session_zombie_after_s: int = Field(
        172_800, ge=60, description="Silence after which a live session of a reachable station is closed as forgotten"
    )
    telemetry_retention_days: int = Field(
        400, ge=1, description="Days that ticks are kept; rollups stay ten times that"
    )
    trace_retention_days: int = Field(14, ge=1, description="Days that protocol frames are kept")
    trace_limit_mb: int = Field(2048, ge=16, description="Size that protocol frames may take, oldest dropped first")
    cookie_hours: int = Field(12, ge=1, le=720, description="Hours after which an idle browser session ends")
    secret_key: SecretStr | None = Field(
        None,
        description="Key of the keyed hashes of station secrets and tokens; unset: made once under the data folder",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged")
    log_format: Literal["json", "console"] = Field("json", description="One JSON object a line, or text for people")
