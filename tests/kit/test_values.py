"""Ids, money, units, hashes and cursors: small things that everything rests on."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltkeep.kit.errors import Invalid
from voltkeep.kit.hashes import keyed_hash, load_or_make_key, matches, random_secret
from voltkeep.kit.ids import id_at, is_uuid, new_id
from voltkeep.kit.money import Money, exponent, round_to_minor
from voltkeep.kit.paging import from_cursor, to_cursor
from voltkeep.kit.units import TO_STORED_UNIT, whole_wh

currencies = st.sampled_from(["EUR", "JPY", "KWD", "UAH"])
amounts = st.integers(-(10**15), 10**15)


@given(st.integers(0, (1 << 48) - 1))
def test_an_id_is_a_version_7_uuid_that_carries_its_time(unix_ms: int):
    made = id_at(unix_ms)

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == unix_ms


@given(st.integers(0, (1 << 48) - 2))
def test_later_ids_sort_after_earlier_ones(unix_ms: int):
    assert id_at(unix_ms) < id_at(unix_ms + 1)
    assert str(id_at(unix_ms)) < str(id_at(unix_ms + 1))


def test_ids_of_one_millisecond_differ():
    assert len({id_at(1) for _ in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    ("text", "answer"), [("CP-1", False), ("", False), ("{0}", False), ("{1}", True), ("urn:uuid:{1}", False)]
)
def test_only_the_canonical_form_is_an_id(text: str, answer: bool):
    made = new_id()

    assert is_uuid(text.format(made.hex, made)) is answer
    assert is_uuid(str(made).upper())


@given(amounts, amounts, currencies)
def test_money_adds_exactly(left: int, right: int, currency: str):
    total = Money(left, currency) + Money(right, currency)

    assert total - Money(right, currency) == Money(left, currency)
    assert total + -total == Money(0, currency)


def test_money_of_two_currencies_never_mixes():
    with pytest.raises(ValueError, match="EUR and UAH"):
        Money(1, "EUR") + Money(1, "UAH")
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, "eur")


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("0.005", "EUR", 1), ("-0.005", "EUR", -1), ("0.0049", "EUR", 0), ("12.5", "JPY", 13), ("1.2345", "KWD", 1235)],
)
def test_fractions_round_half_away_from_zero_in_one_place(amount: str, currency: str, minor: int):
    assert round_to_minor(Decimal(amount), currency) == Money(minor, currency)


@given(st.decimals(-(10**9), 10**9, places=6), currencies)
def test_rounding_is_never_off_by_more_than_half_a_minor_unit(amount: Decimal, currency: str):
    rounded = Decimal(round_to_minor(amount, currency).minor)

    assert abs(rounded - amount.scaleb(exponent(currency))) <= Decimal("0.5")


def test_kilo_units_become_their_plain_ones_a_thousandfold():
    for unit, (stored, factor) in TO_STORED_UNIT.items():
        if unit.startswith("k"):
            assert (stored, factor) == (unit[1:], 1000)
    assert TO_STORED_UNIT["Celcius"] == TO_STORED_UNIT["Celsius"], "OCPP 1.6 misspells it, and both come"


@pytest.mark.parametrize(("energy", "shown"), [("0.5", 0), ("1.5", 2), ("2.5", 2), ("1234.4999", 1234), (None, None)])
def test_energy_is_shown_in_whole_wh(energy: str | None, shown: int | None):
    assert whole_wh(None if energy is None else Decimal(energy)) == shown


def test_secrets_are_long_enough_and_free_of_lookalikes():
    secrets = {random_secret(20) for _ in range(1000)}

    assert len(secrets) == 1000
    assert not set("".join(secrets)) & set("01IlO")


def test_a_keyed_hash_fits_its_key_and_secret_alone():
    stored = keyed_hash(b"a" * 32, "secret")

    assert matches(b"a" * 32, "secret", stored)
    assert not matches(b"b" * 32, "secret", stored)
    assert not matches(b"a" * 32, "Secret", stored)
    assert not matches(b"a" * 32, "secret", None)


def test_processes_that_start_together_share_one_private_key(tmp_path: Path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: load_or_make_key(tmp_path / "deep" / "secret.key"), range(8)))

    assert len(keys) == 1
    assert len(keys.pop()) == 32
    assert stat.S_IMODE((tmp_path / "deep" / "secret.key").stat().st_mode) == 0o600


@given(st.lists(st.one_of(st.text(max_size=50), st.integers(-(2**53), 2**53), st.none()), max_size=4))
def test_a_cursor_gives_its_keys_back(keys: list[object]):
    assert from_cursor(to_cursor(*keys), len(keys)) == keys


def test_a_cursor_takes_ids():
    one = new_id()

    assert [UUID(key) for key in from_cursor(to_cursor(one), 1) or ()] == [one]


@pytest.mark.parametrize("text", ["", "!", "e30", "bnVsbA", "WzFd", "é", "\x00", "W1tbW1s", "A" * 5000])
def test_a_foreign_cursor_is_refused_not_a_fault(text: str):
    with pytest.raises(Invalid) as caught:
        from_cursor(text, 2)

    assert caught.value.arguments["field"] == "cursor"


def test_no_cursor_is_the_first_page():
    assert from_cursor(None, 2) is None
