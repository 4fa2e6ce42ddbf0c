"""Settings that every test shares."""

import os
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, settings

from assessment.method.questionnaire import Questionnaire

ROOT = Path(__file__).parent.parent

settings.register_profile(
    "quick", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", max_examples=600, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def own() -> Questionnaire:
    """The questionnaire that ships with the product."""
    path = ROOT / "questionnaires/coordination-trace.yaml"
    plain = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    return Questionnaire.model_validate(plain)
