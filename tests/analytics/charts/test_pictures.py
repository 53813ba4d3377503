import subprocess
import sys

from analytics.charts.classes import draw_class_picture
from analytics.charts.pictures import class_picture, student_picture
from analytics.charts.student import draw_student_picture
from bot.outgoing import Picture
from bot.workers import DrawingPool
from tests.analytics.charts.samples import class_report, student_report


def test_a_picture_is_the_same_whichever_process_draws_it() -> None:
    pool = DrawingPool(2)
    students = [Picture(student_picture, (student_report(),), "picture.png", "") for _ in range(3)]
    whole = Picture(class_picture, (class_report(),), "picture.png", "")
    drawn = [future.result() for future in [pool.draw(picture) for picture in students]]
    assert set(drawn) == {draw_student_picture(student_report())}
    assert pool.draw(whole).result() == draw_class_picture(class_report())
    pool.close()


def test_the_names_stand_for_the_pictures() -> None:
    assert student_picture(student_report()) == draw_student_picture(student_report())
    assert class_picture(class_report(4, 3)) == draw_class_picture(class_report(4, 3))


def test_ordering_a_picture_does_not_load_what_draws_it() -> None:
    script = "import sys, analytics.charts.pictures; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
