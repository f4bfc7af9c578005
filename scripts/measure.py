"""Figures of a running product: start-up, memory and the time to a full answer, over the same doors citizens use."""

from __future__ import annotations

import json
import statistics
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from scripts.served import Served, serve

QUESTIONS = (
    "我家宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口，需要带什么？",
    "新生儿上户口要结婚证吗？",
    "没领结婚证孩子怎么上户口",
    "出生医学证明要自己带吗",
    "医保给宝宝怎么参",
    "我1976年9月出生，男，什么时候能退休？",
    "弹性提前退休怎么申请",
    "退休要交哪些材料",
    "女工人五十岁退休现在延迟多久",
    "在长沙开个小饭馆要办哪些证",
    "食品经营许可证几天能办下来",
    "门头招牌要不要审批",
    "营业执照和许可证可以一起办吗",
    "宠物狗上户口怎么办",
    "办事窗口几点上班",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one served product."""

    start_s: float
    memory_idle_mib: float
    memory_after_mib: float
    answers: int
    median_ms: float
    p95_ms: float


def post(url: str, body: dict[str, object]) -> tuple[int, bytes]:
    """Send one JSON body and read the whole answer."""
    request = urllib.request.Request(
        url, data=json.dumps(body).encode(), headers={"Content-Type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        return int(response.status), response.read()


def answer_times(served: Served, rounds: int) -> list[float]:
    """Ask every question `rounds` times, each as a new conversation, and give the milliseconds of each full answer."""
    times = []
    for _ in range(rounds):
        for question in QUESTIONS:
            began = time.perf_counter()
            status, body = post(f"{served.url}/api/chat", {"question": question})
            times.append((time.perf_counter() - began) * 1000)
            if status != 200 or not json.loads(body):
                raise SystemExit(f"{question}: {status}")
    return times


def measure(home: Path, rounds: int = 10) -> Figures:
    """Start the product on the state in `home` (built beforehand, so that the start is a warm one) and measure it."""
    with serve(home) as served:
        idle = served.memory_mib()
        answer_times(served, 1)
        times = sorted(answer_times(served, rounds))
        return Figures(
            start_s=served.started_in,
            memory_idle_mib=idle,
            memory_after_mib=served.memory_mib(),
            answers=len(times),
            median_ms=statistics.median(times),
            p95_ms=times[int(len(times) * 0.95)],
        )
