"""What is seen in the pixels alone: blur, darkness, cut edges, glare, ink, and what faint print hides."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ingestion.model import Box
from prereview.adapters.page_eye import PageEye
from prereview.checks.legible import LIGHT, SHARP
from prereview.checks.signed import EMPTY, INKED
from prereview.model import Edge, PageQuality

EYE = PageEye()
ZONE = Box(0.25, 0.4, 0.75, 0.6)


def paper(shade: int = 225) -> np.ndarray:
    return np.full((800, 1200, 3), shade, np.uint8)


def written(picture: np.ndarray, thickness: int = 2) -> np.ndarray:
    for line in range(12):
        cv2.putText(
            picture, "SPECIMEN 0123456789", (60, 60 + 60 * line), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (30, 30, 30), thickness
        )
    return picture


def encoded(picture: np.ndarray) -> bytes:
    done, data = cv2.imencode(".png", picture)
    assert done
    return data.tobytes()


def test_a_sharp_page_is_sharp_and_a_blurred_one_is_not() -> None:
    sharp = EYE.quality(encoded(written(paper())), [])
    blurred = EYE.quality(encoded(cv2.GaussianBlur(written(paper()), (0, 0), 4)), [])
    assert sharp.sharpness is not None
    assert blurred.sharpness is not None
    assert blurred.sharpness < SHARP < sharp.sharpness


def test_a_dark_page_is_dark_but_as_sharp() -> None:
    dark = EYE.quality(encoded((written(paper()) * 0.15).astype(np.uint8)), [])
    assert dark.light is not None
    assert dark.light < LIGHT


def test_the_height_of_lines_is_told_in_pixels() -> None:
    quality = EYE.quality(encoded(written(paper())), [Box(0.1, 0.1, 0.5, 0.15), Box(0.1, 0.2, 0.5, 0.25)])
    assert quality.line_height == pytest.approx(40)


@pytest.mark.parametrize("edge", list(Edge))
def test_a_sheet_that_runs_off_one_side_is_cut_there(edge: Edge) -> None:
    desk = np.full((800, 1200, 3), 60, np.uint8)
    rows, columns = slice(100, 700), slice(150, 1050)
    if edge in (Edge.TOP, Edge.BOTTOM):
        rows = slice(0, 700) if edge is Edge.TOP else slice(100, 800)
    else:
        columns = slice(0, 1050) if edge is Edge.LEFT else slice(150, 1200)
    desk[rows, columns] = 230
    assert EYE.quality(encoded(desk), []).cut == (edge,)


def test_a_sheet_that_fills_or_lies_within_the_picture_is_not_cut() -> None:
    assert EYE.quality(encoded(written(paper())), []).cut == ()
    desk = np.full((800, 1200, 3), 60, np.uint8)
    desk[100:700, 150:1050] = 230
    assert EYE.quality(encoded(desk), []).cut == ()


def test_glare_is_a_white_spot_on_darker_paper_only() -> None:
    grey = written(paper(190))
    cv2.circle(grey, (600, 400), 110, (255, 255, 255), -1)
    (spot,) = EYE.quality(encoded(grey), []).glare
    assert spot.x0 < 0.5 < spot.x1
    white = written(paper(250))
    cv2.circle(white, (600, 400), 110, (255, 255, 255), -1)
    assert EYE.quality(encoded(white), []).glare == ()


def test_ink_is_told_from_paper_and_from_the_rule_under_it() -> None:
    empty = paper()
    ruled = paper()
    cv2.line(ruled, (200, 470), (1000, 470), (40, 40, 40), 2)
    signed = ruled.copy()
    cv2.putText(signed, "Zhang", (400, 450), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2.5, (120, 30, 20), 4)
    for picture, low, high in ((empty, 0.0, EMPTY), (ruled, 0.0, EMPTY), (signed, INKED, 1.0)):
        ink = EYE.ink(encoded(picture), ZONE)
        assert ink is not None
        assert low <= ink <= high


def test_ink_in_the_dark_or_in_no_space_cannot_be_judged() -> None:
    assert EYE.ink(encoded(paper(20)), ZONE) is None
    assert EYE.ink(encoded(paper()), Box(0.1, 0.1, 0.103, 0.103)) is None


def test_faint_print_is_taken_away_and_ink_is_kept() -> None:
    page = written(paper(235))
    cv2.putText(page, "COPY", (200, 500), cv2.FONT_HERSHEY_SIMPLEX, 8, (195, 195, 195), 30)
    cleared = cv2.imdecode(np.frombuffer(EYE.without_faint(encoded(page)), np.uint8), cv2.IMREAD_GRAYSCALE)
    assert cleared is not None
    was = cv2.cvtColor(page, cv2.COLOR_BGR2GRAY)
    assert cleared[was == 195].min() > 240
    assert cleared[was == 30].max() < 60


def test_bytes_that_are_no_picture_measure_as_nothing() -> None:
    assert EYE.quality(b"none", []) == PageQuality()
    assert EYE.ink(b"none", ZONE) is None
    assert EYE.without_faint(b"none") == b"none"
