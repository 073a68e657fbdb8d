from pathlib import Path

import pytest

from omnitui.training.scenario import Scenario, parse

SAMPLES = Path(__file__).parents[3] / "shared/data/transcripts"

SMALL = """
title = "Small"
minutes = 30
agents = 2

[[rate]]
channel = "chat"
per_hour = [20]

[[persona]]
key = "kim"
name = "Kim Reed"
temper = "even"
patience = 60
email = "kim.reed@example.com"
facts = { lights = "All green." }

[[conversation]]
key = "drops"
topic = "Router drops"
queue = "Internet"
channels = ["chat", "email"]
facts = { account = "20001" }
goal.articles = ["router-drops-at-peak-hours"]
goal.words = ["2.1.4", "channel"]
goal.need = 2
goal.answer = "Update to 2.1.4 and change the channel."

[[conversation.beat]]
when = "start"
say = "My router drops every evening."

[[conversation.beat]]
when = "greeted"
say = "Hello, good that you are there."

[[conversation.beat]]
when = "asked"
about = "lights"
say = "Green, all of them."

[[conversation.beat]]
when = "article"
about = "restart-router"
say = "I have restarted it."
mood = -1

[[conversation.beat]]
when = "waiting"
say = "Are you there?"

[[conversation.beat]]
when = "solved"
say = "Thank you, it works!"
"""


@pytest.fixture
def small() -> Scenario:
    return parse(SMALL, Path("small.toml"))


@pytest.fixture
def small_text() -> str:
    return SMALL


@pytest.fixture
def samples() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip("the real customers' transcripts are not here (shared/data/transcripts)")
    return SAMPLES
