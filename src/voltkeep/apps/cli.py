"""The command `voltkeep`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError
from rich.console import Console

from voltkeep.kit.settings import Settings

app = typer.Typer(
    name="voltkeep",
    help="Charging point management system. Settings are environment variables: see `voltkeep settings`.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
person = typer.Typer(help="People who sign in to the panel.", no_args_is_help=True)
api_token = typer.Typer(help="Tokens of programs that use the API.", no_args_is_help=True)
app.add_typer(person, name="person")
app.add_typer(api_token, name="api-token")


def load_settings() -> Settings:
    """The settings, or one clear line a mistake and exit code 2."""
    try:
        return Settings()
    except ValidationError as error:
        for mistake in error.errors():
            where = "_".join(str(part) for part in mistake["loc"]).upper()
            print(f"VOLTKEEP_{where}: {mistake['msg']}", file=sys.stderr)
        raise typer.Exit(2) from error


def refuse(error: Exception) -> typer.Exit:
    """Tells an expected failure in one line."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(str(error), style="red", markup=False)
    return typer.Exit(1)


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what a person can put right into one line and exit code 1."""
    try:
        yield
    except Exception as error:
        from voltkeep.apps.failures import expected

        if isinstance(error, expected()):
            raise refuse(error) from error
        raise


@app.command()
def up(
    fleet: Annotated[int, typer.Option(min=0, max=1000, help="Simulated stations")] = 12,
    no_fleet: Annotated[bool, typer.Option("--no-fleet", help="Simulate no station")] = False,
    logs: Annotated[bool, typer.Option("--logs", help="Show the roles' logs here instead of in files")] = False,
    reload: Annotated[bool, typer.Option("--reload", help="Start roles again when the code changes")] = False,
) -> None:
    """Run everything on this machine: engines, roles, and a simulated fleet."""
    settings = load_settings()
    from voltkeep.apps.up import Options, Up

    with refusals():
        asyncio.run(Up(settings, Options(fleet=0 if no_fleet else fleet, show_logs=logs, reload=reload)).run())


@app.command()
def serve(role: Annotated[str, typer.Option(help="api, ocpp, worker or devices")]) -> None:
    """Run one role as one process, until it is told to stop."""
    from voltkeep.apps.roles import ROLES, is_known
    from voltkeep.apps.serve import run_role

    if not is_known(role):
        raise typer.BadParameter(f"no role {role}; there are: {', '.join(filter(is_known, ROLES))}")
    with refusals():
        run_role(role, load_settings())


@app.command()
def migrate() -> None:
    """Bring the database's schema to this version."""
    from voltkeep.apps.data_folder import with_running_engines
    from voltkeep.apps.first_run import bring_up_to_date
    from voltkeep.apps.revisions import newest

    with refusals():
        asyncio.run(bring_up_to_date(str(with_running_engines(load_settings()).database_url)))
    print(f"The database is at {newest()}")


@app.command()
def doctor() -> None:
    """Say what is wrong with this machine or installation, and what to do."""
    from voltkeep.apps.doctor.report import examine

    raise typer.Exit(examine(load_settings()))


@app.command()
def settings(
    markdown: Annotated[bool, typer.Option("--markdown", help="As docs/configuration.md")] = False,
) -> None:
    """Show every setting with its value, or the page that explains them."""
    from voltkeep.apps.settings_page import settings_page

    if markdown:
        print(settings_page(), end="")
        return
    for name, value in load_settings():
        print(f"VOLTKEEP_{name.upper()}={'' if value is None else value}")


@app.command()
def openapi(out: Annotated[Path | None, typer.Option(help="File to write instead")] = None) -> None:
    """Print the OpenAPI document of the API."""
    from voltkeep.apps.api import build_app

    text = json.dumps(build_app(Settings()).openapi(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if out is None:
        print(text, end="")
    else:
        out.write_text(text)


@person.command("create")
def create_person(
    email: Annotated[str, typer.Option(help="Address to sign in with")],
    name: Annotated[str, typer.Option(help="Name to show")],
    permission: Annotated[list[str] | None, typer.Option(help="May be repeated; without it: all")] = None,
) -> None:
    """Add a person; the password that was made is the last line."""
    from voltkeep.apps.accounts_by_hand import add_person

    with refusals():
        asyncio.run(add_person(load_settings(), email=email, name=name, permissions=permission or ["*"]))


@api_token.command("create")
def create_api_token(
    name: Annotated[str, typer.Option(help="What the token is for")],
    everything: Annotated[bool, typer.Option("--all", help="Every permission")] = False,
    permission: Annotated[list[str] | None, typer.Option(help="May be repeated")] = None,
) -> None:
    """Make a token for a program; the token is the last line and is shown only now."""
    from voltkeep.apps.accounts_by_hand import add_api_token

    if everything == bool(permission):
        raise typer.BadParameter("give either --all or --permission")
    with refusals():
        asyncio.run(add_api_token(load_settings(), name=name, permissions=permission or ["*"]))


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
def simulate(context: typer.Context) -> None:
    """Run simulated stations against an OCPP address; `voltkeep simulate --help` tells more."""
    from voltkeep.apps.simulate.command import command

    typer.main.get_command(command)(args=context.args, prog_name="voltkeep simulate")


def main() -> None:
    """The entry point."""
    app()


if __name__ == "__main__":
    main()
