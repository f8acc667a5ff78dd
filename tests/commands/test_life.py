"""One outcome a command, whatever comes twice, late or out of order."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from voltkeep.commands.model import ANSWERS, MOVES, OBSERVABLE, OPEN, Settled, State, decide_settled, may_move

ONE = UUID(int=1)
FINAL = frozenset({"rejected", "failed", "expired", "observed"})


def test_the_settled_never_go_back_except_to_observed() -> None:
    for before, after in MOVES.items():
        if before not in OPEN:
            assert after <= {"observed"}, before
    assert {state for state in MOVES if not MOVES[state]} == FINAL
    assert set(OBSERVABLE) == {"sent", "accepted", "timed-out", "unknown"}


@given(st.lists(st.sampled_from(sorted(MOVES)), min_size=1, max_size=8), st.sampled_from(sorted(MOVES)))
def test_of_many_answers_in_a_batch_at_most_the_first_counts(answers: list[State], before: State) -> None:
    verdicts = decide_settled([Settled(ONE, state) for state in answers], {ONE: before})
    assert sum(verdicts) == (1 if before == "sent" and ANSWERS & set(answers) else 0)
    assert not any(decide_settled([Settled(ONE, state) for state in answers], {}))


class Life(RuleBasedStateMachine):
    """A command under every message that may arrive, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.state: State = "queued"
        self.outcomes: list[State] = []

    def move(self, after: State) -> None:
        if may_move(self.state, after):
            if after not in OPEN:
                self.outcomes.append(after)
            self.state = after

    @rule()
    def take(self) -> None:
        self.move("sent")

    @rule(answer=st.sampled_from(sorted(ANSWERS)))
    def answer(self, answer: State) -> None:
        if decide_settled([Settled(ONE, answer)], {ONE: self.state})[0]:
            self.move(answer)

    @rule()
    def expire(self) -> None:
        self.move("expired")

    @rule()
    def observe(self) -> None:
        self.move("observed")

    @precondition(lambda self: self.state == "sent")
    @rule(after=st.sampled_from(["queued", "unknown"]))
    def restart(self, after: State) -> None:
        self.move(after)

    @invariant()
    def has_one_outcome_and_perhaps_its_proof(self) -> None:
        proven = [one for one in self.outcomes if one == "observed"]
        assert len(self.outcomes) - len(proven) <= 1
        assert len(proven) <= 1
        assert not self.outcomes or self.state == self.outcomes[-1]


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
