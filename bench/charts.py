"""CPU of each composed picture, beside what one would write instead: pyplot and tight_layout.

    python -m bench.charts [--rounds 20]

Both draw the same figures at the same size in one warm process, in turns, so that a busy machine
slows both alike. Aims: 200 ms for a student, 350 ms for a class of 30 with 12 skills.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from io import BytesIO

import matplotlib as mpl

from analytics.charts.classes import draw_class_picture
from analytics.charts.student import draw_student_picture
from analytics.reports.data import ClassReport, StudentReport, TrendPoint
from bot.outgoing import Picture
from bot.workers import DrawingPool
from tests.analytics.charts.samples import class_report, student_report

mpl.use("Agg")

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

STATES = ["too little practice", "needs work", "in progress", "mastered"]


def _plain_trend(ax: Axes, points: tuple[TrendPoint, ...]) -> None:
    starts = [point.start for point in points]
    nan = float("nan")
    low = [point.interval.low if point.interval else nan for point in points]
    high = [point.interval.high if point.interval else nan for point in points]
    own = [nan if point.accuracy is None else point.accuracy for point in points]
    theirs = [nan if p.class_accuracy is None else p.class_accuracy for p in points]
    ax.fill_between(starts, low, high, alpha=0.3)  # type: ignore[arg-type]
    ax.plot(starts, own, marker="o", label="student")  # type: ignore[arg-type]
    ax.plot(starts, theirs, linestyle="--", label="class")  # type: ignore[arg-type]
    ax.set_ylim(0, 1)
    ax.set_title("Accuracy by week")
    ax.legend()


def _plain_png() -> bytes:
    out = BytesIO()
    plt.tight_layout()
    plt.savefig(out)
    plt.close()
    return out.getvalue()


def plain_student(report: StudentReport) -> bytes:
    """The student's picture as pyplot draws it, without much thought."""
    plt.rcParams["font.size"] = 30
    _figure, (top, middle, bottom) = plt.subplots(3, 1, figsize=(12, 18), dpi=100)
    _plain_trend(top, report.progress)
    middle.bar([p.start for p in report.progress], [p.questions for p in report.progress], width=5)
    middle.set_title("Questions by week")
    skills = report.skills[:6]
    bars = bottom.barh([s.skill for s in skills], [s.accuracy or 0 for s in skills])
    bottom.bar_label(bars, [f"{100 * (s.accuracy or 0):.0f} % {s.mastery}" for s in skills])
    return _plain_png()


def plain_class(report: ClassReport) -> bytes:
    """The class's picture as pyplot draws it."""
    plt.rcParams["font.size"] = 30
    figure, axes = plt.subplot_mosaic(
        [["heat", "heat"], ["spread", "weeks"]], figsize=(12, 27), dpi=100, height_ratios=[4, 1]
    )
    heat = report.heatmap
    codes = [[STATES.index(label) for label in row] for row in heat.labels]
    image = axes["heat"].imshow(codes, aspect="auto", cmap=plt.get_cmap("viridis", 4))
    axes["heat"].set_yticks(range(len(heat.students)), heat.students)
    axes["heat"].set_xticks(range(len(heat.skills)), heat.skills, rotation=60, ha="right")
    figure.colorbar(image, ax=axes["heat"], ticks=range(4)).ax.set_yticklabels(STATES)
    axes["spread"].bar(range(10), report.distribution)
    _plain_trend(axes["weeks"], report.trends)
    return _plain_png()


def cpu(draw: Callable[[], bytes]) -> float:
    """Milliseconds of this process's CPU for one picture."""
    start = time.process_time()
    draw()
    return (time.process_time() - start) * 1000


def compare(name: str, ours: Callable[[], bytes], plain: Callable[[], bytes], rounds: int) -> None:
    """Draw both in turns and print their medians and the ratio."""
    ours(), plain()
    pairs = [(cpu(ours), cpu(plain)) for _ in range(rounds)]
    mine, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    sizes = len(ours()) // 1000, len(plain()) // 1000
    print(
        f"{name}: {mine:.0f} ms CPU, {sizes[0]} kB"
        f" | pyplot + tight_layout: {theirs:.0f} ms, {sizes[1]} kB | {theirs / mine:.1f} x"
    )


def first_picture() -> None:
    """Print how long the first picture takes from nothing, and one after it."""
    pool = DrawingPool(1)
    picture = Picture(draw_student_picture, (student_report(),), "picture.png", "")
    for words in ("first picture, a process from nothing", "the next"):
        start = time.perf_counter()
        pool.draw(picture).result()
        print(f"{words}: {(time.perf_counter() - start) * 1000:.0f} ms until there")
    pool.close()


def main() -> None:
    """Run the comparisons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    student, whole = student_report(), class_report(30, 12)
    compare(
        "student", lambda: draw_student_picture(student), lambda: plain_student(student), rounds
    )
    compare(
        "class of 30 x 12", lambda: draw_class_picture(whole), lambda: plain_class(whole), rounds
    )
    first_picture()


if __name__ == "__main__":
    main()
