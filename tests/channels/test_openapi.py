"""The published interface under fire: thousands of generated requests, in sequences too; every refusal helps."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import date

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from channels.http.app import create_app
from channels.settings import read_settings
from evals.specimens.draw import picture
from evals.specimens.papers import household_head
from evals.specimens.people import family
from guides.library import Library, load_library
from guides.model import FactKind, Question
from prereview.profiles import profiles

REQUESTS = 5_000
EACH = 150
"""Generated requests per operation; the sequences bring the rest."""
CHINESE = re.compile(r"[一-龥]{4,}")
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
PAPER = picture(household_head(family(3, date(2026, 11, 22)), 3), "clean").data
"""A page that may come in: random bytes are refused before anything else is tried."""
KINDS = sorted(profiles().by_kind)[:40]
"""Most people agree to all that is read."""
CALM = settings(
    max_examples=EACH,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
    verbosity=Verbosity.quiet,
)


class Range:
    """The interface and what came back from it."""

    def __init__(self, schema: schemathesis.BaseSchema) -> None:
        self.schema = schema
        self.statuses: Counter[tuple[str, int]] = Counter()

    def shoot(self, case: schemathesis.Case) -> schemathesis.Response:
        """Send one request and judge the answer."""
        response = case.call()
        self.judge(case, response)
        return response

    def judge(self, case: schemathesis.Case, response: schemathesis.Response) -> None:
        """No 500, nothing undocumented, and every refusal says in Chinese what to do."""
        self.statuses[case.operation.label, response.status_code] += 1
        case.validate_response(response, checks=CHECKS)
        if 400 <= response.status_code < 500:
            problem = response.json()
            assert CHINESE.search(problem["remedy"]), problem
            assert problem["status"] == response.status_code


@pytest.fixture(scope="module")
def range_(tmp_path_factory: pytest.TempPathFactory) -> Range:
    app = create_app(read_settings({"BANCHENG_HOME": str(tmp_path_factory.mktemp("home"))}))
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    aim(schema, load_library())
    return Range(schema)


def aim(schema: schemathesis.BaseSchema, library: Library) -> None:
    """Let most requests name guides and facts that exist: what is refused at the door proves little."""
    guides = {entry.guide.slug: entry.guide for entry in library.entries if not entry.base}

    @schema.hook("map_body")
    def real_names(_context, body):
        # The same body is always changed in the same way: sequences are replayed while they are explored.
        dice = random.Random(repr(body))  # noqa: S311 - a seed for requests
        if isinstance(body, dict) and "file" in body:
            return {**body, "file": PAPER} if dice.random() < 0.5 else body
        if not isinstance(body, dict) or dice.random() < 0.25:
            return body
        guide = guides[dice.choice(list(guides))]
        kept = ("on", "keep", "consents") if dice.random() < 0.3 else ("consents",)
        aimed = {key: body[key] for key in kept if key in body}
        if "question" not in body:
            aimed["bundle"] = guide.slug
        else:
            aimed["matter"] = dice.choice([guide.slug, guide.slug, ""])
            aimed["question"] = str(body["question"]) + dice.choice(["", "要带什么", "要多少钱", "多久办好", "在哪办"])
        if "consents" in aimed and dice.random() < 0.7:
            aimed["consents"] = KINDS
        some = dice.sample(guide.questions, min(len(guide.questions), dice.randint(0, 6)))
        aimed["facts"] = {one.fact: likely(one, dice) for one in some}
        return aimed


def likely(question: Question, dice: random.Random) -> object:
    """Give a value that fits the question, or one that nearly does."""
    odd = dice.random() < 0.08
    match question.kind:
        case FactKind.YES_NO:
            return "maybe" if odd else dice.choice([True, False, "unknown"])
        case FactKind.ONE_OF:
            return "nowhere" if odd else dice.choice([*(option.value for option in question.options), "unknown"])
        case FactKind.NUMBER:
            return dice.choice([-5, 1e300, "many"]) if odd else dice.choice([0, 1, 30, "unknown"])
        case _:
            if odd:
                return dice.choice(["2026-02-30", "0001-01-01", "9999-12-31", "2026-11-15/2026-11-09"])
            return dice.choice(["2026-11-01", "1966-06", "1966-06-15", "2026-11-09/2026-11-15", "unknown"])


def test_no_single_request_breaks_it(range_: Range):
    for found in range_.schema.get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]

        @CALM
        @given(case=operation.as_strategy())
        def fire(case: schemathesis.Case) -> None:
            range_.shoot(case)

        fire()


def test_no_sequence_breaks_it(range_: Range):
    machine = range_.schema.as_state_machine()

    class Watched(machine):  # type: ignore[misc, valid-type]
        def validate_response(self, response, case, additional_checks=None, **_kwargs) -> None:
            range_.judge(case, response)

    Watched.run(settings=settings(CALM, max_examples=320, stateful_step_count=12))


def test_the_fire_was_heavy_and_reached_every_room(range_: Range):
    assert range_.statuses.total() >= REQUESTS
    reached = {operation for (operation, status), count in range_.statuses.items() if 200 <= status < 300 and count}
    assert {
        "POST /api/chat",
        "POST /api/chat/stream",
        "POST /api/checklist",
        "POST /api/submissions",
        "GET /api/answers/{answer_id}",
        "GET /api/trace/{answer_id}",
        "GET /api/submissions/{submission_id}",
        "GET /api/submissions/{submission_id}/findings",
        "POST /api/submissions/{submission_id}/files",
        "DELETE /api/submissions/{submission_id}",
    } <= reached
