"""A picture that was drawn a moment ago is not drawn again; one of other data is."""

from concurrent.futures import CancelledError, Future
from typing import Any

import pytest

from bot.outgoing import Job, Picture
from bot.pictures import RememberedPictures
from tests.bot.drawings import fail, square


class Board:
    """Notes what is to be drawn; a test draws it when it wants to."""

    def __init__(self) -> None:
        self.orders: list[tuple[Picture, Future[bytes]]] = []

    def draw(self, picture: Picture) -> "Future[bytes]":
        future: Future[bytes] = Future()
        self.orders.append((picture, future))
        return future

    def make(self, job: Job) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(job.run(*job.arguments))
        return future

    def finish(self) -> None:
        for picture, future in self.orders:
            if future.done():
                continue
            try:
                future.set_result(picture.draw(*picture.arguments))
            except ValueError as error:
                future.set_exception(error)


def picture(side: int, words: str = "A square") -> Picture:
    return Picture(square, (side,), "report.png", words)


@pytest.fixture
def board() -> Board:
    return Board()


def test_the_same_data_is_drawn_once(board: Board) -> None:
    pictures = RememberedPictures(board)
    waiting = [pictures.draw(picture(2)) for _ in range(3)]
    board.finish()
    later = pictures.draw(picture(2, "The same square, in other words"))
    assert [one.result(0) for one in [*waiting, later]] == [b"####"] * 4
    assert len(board.orders) == 1


def test_other_data_is_another_picture(board: Board) -> None:
    pictures = RememberedPictures(board)
    found = [pictures.draw(picture(side)) for side in (1, 2)]
    board.finish()
    assert [one.result(0) for one in found] == [b"#", b"####"]


def test_the_oldest_is_forgotten_first(board: Board) -> None:
    pictures = RememberedPictures(board, kept=2)
    for side in (1, 2, 1, 3, 1, 2):
        pictures.draw(picture(side))
    assert [one.arguments for one, _ in board.orders] == [(1,), (2,), (3,), (2,)]


def test_what_failed_is_tried_anew(board: Board) -> None:
    pictures = RememberedPictures(board)
    broken = Picture(fail, ("x",), "report.png", "")
    first = pictures.draw(broken)
    board.finish()
    with pytest.raises(ValueError, match="cannot draw"):
        first.result(0)
    pictures.draw(broken)
    assert len(board.orders) == 2


def test_one_who_gives_up_takes_the_picture_from_nobody(board: Board) -> None:
    pictures = RememberedPictures(board)
    hasty, patient = pictures.draw(picture(2)), pictures.draw(picture(2))
    assert hasty.cancel()
    board.finish()
    assert patient.result(0) == b"####"


def test_a_pool_that_closes_is_told_to_all_who_wait(board: Board) -> None:
    pictures = RememberedPictures(board)
    waiting = [pictures.draw(picture(2)) for _ in range(2)]
    board.orders[0][1].cancel()
    for one in waiting:
        with pytest.raises(CancelledError):
            one.result(0)
    pictures.draw(picture(2))
    assert len(board.orders) == 2


def test_jobs_are_handed_on_and_nothing_of_them_is_kept(board: Board) -> None:
    remembered = RememberedPictures(board)
    assert remembered.make(Job(square, (2,))).result() == b"####"
    assert board.orders == []
