"""A language model's answer as bytes: parted anywhere it is the same; none are too strange."""

import json
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from omnitui.channels.assistant import Answer, ModelCall
from omnitui.model.assistant import Asked, Prompt, Purpose
from omnitui.rules.endpoints import endpoint
from properties import share

ASKED = Asked(
    key=1,
    purpose=Purpose.SUMMARY,
    endpoint=endpoint("http://127.0.0.1:9/v1", "small", max_chars=2_000),
    prompts=(Prompt("user", "Words"),),
    fence="data-1",
    held={},
)


class Chunks(httpx.AsyncByteStream):
    """A body in chunks."""

    def __init__(self, chunks: Sequence[bytes]) -> None:
        self._chunks = chunks

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            yield chunk


def answered(chunks: Sequence[bytes], kind: str = "text/event-stream", status: int = 200) -> Answer:
    def answer(request: httpx.Request) -> httpx.Response:
        headers = [(b"content-type", kind.encode("utf-8", "replace"))]
        return httpx.Response(status, headers=headers, stream=Chunks(chunks))

    return ModelCall(ASKED, {}, transport=httpx.MockTransport(answer)).run()


def parted(whole: bytes, places: Sequence[int]) -> list[bytes]:
    cuts = sorted({place % (len(whole) + 1) for place in places} | {0, len(whole)})
    return [whole[start:end] for start, end in pairwise(cuts)]


PIECES = st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=6)


@settings(max_examples=share(100))
@given(PIECES, st.lists(st.integers(0, 5_000), max_size=12), st.sampled_from(["\n\n", "\r\n\r\n"]))
def test_a_stream_is_the_same_however_it_is_parted(
    texts: list[str], places: list[int], ends: str
) -> None:
    found = [{"choices": [{"delta": {"content": text}}]} for text in texts]
    datas = [
        json.dumps(one, ensure_ascii=len(text) % 2 == 0)
        for one, text in zip(found, texts, strict=True)
    ]
    whole = "".join(f"data: {data}{ends}" for data in [*datas, "[DONE]"])
    answer = answered(parted(whole.encode("utf-8", "surrogatepass"), places))
    assert answer.failure is None
    assert answer.text == "".join(texts)


LINES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [
            b"data: ",
            b"[DONE]",
            b'{"choices": [{"delta": {"content": "Hi"}}]}',
            b'{"choices": [{"delta": {"content": null}, "finish_reason": 3}]}',
            b'{"choices": [{"message": {"content": "Hi"}}]}',
            b'{"choices": [null]}',
            b'{"choices": {}}',
            b'{"error": []}',
            b"null",
            b"\n",
            b"\r",
        ]
    ),
)
KINDS = st.sampled_from(["text/event-stream", "application/json", "TEXT/EVENT-STREAM; x", "", "a"])


@settings(max_examples=share(300))
@given(
    st.lists(LINES, max_size=12), KINDS, st.sampled_from([200, 201, 204, 302, 404, 429, 500, 599])
)
def test_whatever_comes_is_an_answer_or_a_sentence(
    chunks: list[bytes], kind: str, status: int
) -> None:
    found = answered(chunks, kind, status)
    assert found.ms >= 0
    if found.failure is None:
        assert found.characters == len(found.text)
    else:
        assert found.text == ""
        assert found.failure.sentence.startswith("127.0.0.1:9 ")
        assert found.failure.sentence.endswith("Your draft is unchanged.")
