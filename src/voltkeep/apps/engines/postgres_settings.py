"""How the embedded PostgreSQL is tuned: one machine, many small durable transactions, wide rows."""

from __future__ import annotations

from pathlib import Path

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "synchronous_commit": "on",
    "min_wal_size": "256MB",
    "max_wal_size": "4GB",
    "wal_buffers": "16MB",
    "checkpoint_timeout": "15min",
    "checkpoint_completion_target": "0.9",
    "random_page_cost": "1.1",
    "autovacuum_naptime": "15s",
    "autovacuum_vacuum_cost_limit": "2000",
    "idle_in_transaction_session_timeout": "10min",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_checkpoints": "off",
    "log_min_duration_statement": "2s",
}


def server_arguments(*, data: Path, socket_folder: Path, lz4: bool) -> list[str]:
    """The arguments of `postgres`; they win over postgresql.conf, so an upgrade of ours reaches old folders."""
    chosen = {
        **SETTINGS,
        "unix_socket_directories": str(socket_folder),
        "wal_compression": "lz4" if lz4 else "on",
    }
    arguments = ["-D", str(data)]
    for name, value in chosen.items():
        arguments += ["-c", f"{name}={value}"]
    return arguments


def initdb_arguments(*, data: Path, major: int) -> list[str]:
    """The arguments of `initdb`: UTF-8, byte-wise sorting, Unicode letter case; nobody outside the socket's folder."""
    locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    if major < 17:
        locale = ["--lc-collate=C", "--lc-ctype=C.UTF-8", "--lc-messages=C"]
    return ["-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--data-checksums", *locale]
