import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import findfont

from analytics import charts
from analytics.charts import fonts
from tests.analytics.charts.samples import NAMES

SCRIPTS = {
    "Arabic": "محمد",
    "Hebrew": "שרה",
    "Devanagari": "मोहन",
    "Bengali": "ভগ্নাংশ",
    "Tamil": "பின்னம்",
    "Thai": "เศษส่วน",
    "Gujarati": "ગણિત",
    "Gurmukhi": "ਗਣਿਤ",
    "Telugu": "గణితం",
    "Kannada": "ಗಣಿತ",
    "Malayalam": "ഗണിതം",
    "Sinhala": "ගණිතය",
    "Armenian": "Արամ",
    "Georgian": "ნინო",
    "Ethiopic": "ሰላም",
    "Khmer": "សុខ",
    "Lao": "ສົມ",
    "Myanmar": "မောင်",
    "Chinese": "王小明",
    "Japanese": "さくら 田中",
    "Korean": "김민준",
    "Greek": "Σοφία",
    "Cyrillic": "Олена Шевченко",
    "Vietnamese": "Nguyễn Thị Ánh",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_scripts_of_real_names_are_kept_whole(script: str) -> None:
    assert fonts.clean(SCRIPTS[script]) == SCRIPTS[script]


@pytest.mark.parametrize("script", ["Chinese", "Korean", "Arabic", "Devanagari", "Tamil"])
def test_each_script_has_ink(script: str) -> None:
    assert fonts.width(SCRIPTS[script], 42) > 40


def test_letters_of_a_shaped_script_join() -> None:
    assert fonts.width("لا", 42) < fonts.width("ل", 42) + fonts.width("ا", 42)
    assert fonts.width("क्ष", 42) < fonts.width("क", 42) + fonts.width("ष", 42)


def test_a_plain_text_needs_one_font_and_a_mixed_one_just_its_own() -> None:
    assert fonts.families("Maya") == (fonts.MAIN,)
    assert fonts.families("Zoë") == (fonts.MAIN,)
    assert fonts.families("Ana 王") == (fonts.MAIN, "DroidSansFallbackFull")


@pytest.mark.parametrize("bold", [False, True])
def test_only_bundled_fonts_are_found(bold: bool) -> None:
    for name in ("Maya", *SCRIPTS.values()):
        found = findfont(fonts.font(name, 42, bold=bold))
        assert Path(found).parent == Path(fonts.__file__).parent / "fonts"


def test_what_no_font_has_and_control_characters_are_left_out() -> None:
    assert fonts.clean(" Ana\t😀\n Ruiz\u202e\x00 ") == "Ana Ruiz"
    assert fonts.clean("क्‍ष") == "क्‍ष"
    assert fonts.clean("😀") == "–"
    assert fonts.clean("") == "–"


def test_a_text_that_fits_is_not_shortened() -> None:
    assert fonts.shorten("Maya Okafor", 400, 42) == "Maya Okafor"


@given(st.text(max_size=60), st.integers(60, 600), st.booleans())
def test_a_shortened_text_fits(text: str, room: int, bold: bool) -> None:
    assert fonts.width(fonts.shorten(text, room, 42, bold=bold), 42, bold=bold) <= room


@given(st.sampled_from(NAMES), st.integers(120, 300))
def test_a_cut_name_is_its_own_start_and_an_ellipsis(name: str, room: int) -> None:
    short = fonts.shorten(name, room, 42)
    assert short == name or (short.endswith("…") and name.startswith(short[:-1]))


def test_a_letter_is_never_parted_from_its_marks() -> None:
    name = "मोहन शर्मा गुप्ता"
    cuts = {fonts.shorten(name, room, 42) for room in range(40, 260)} - {name}
    assert len(cuts) > 4
    for cut in cuts:
        assert cut.endswith("…")
        following = name[len(cut) - 1 :].lstrip()
        assert not unicodedata.category(following[0]).startswith("M")


def test_every_font_has_its_licence_beside_it() -> None:
    folder = Path(fonts.__file__).parent / "fonts"
    families = {file.stem.split("-")[0] for file in folder.glob("*.ttf")}
    assert {"NotoSans", "NanumSquareR", "DroidSansFallbackFull"} <= families
    assert len(list(folder.glob("LICENSE-*.txt"))) == 3
    assert {str(path.name) for path in folder.glob("*.ttf")} == {
        fonts.path_of(family, bold=bold).name
        for family in (fonts.MAIN, *fonts.FALLBACKS)
        for bold in (False, True)
    }


def test_pyplot_is_never_loaded() -> None:
    script = (
        "import sys; import analytics.charts.student, analytics.charts.classes;"
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("writable", [True, False])
def test_a_read_only_home_gets_a_lasting_cache(
    writable: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "not" / "yet"))
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    monkeypatch.setattr(os, "access", lambda path, mode: writable and path == tmp_path)
    charts.keep_a_font_cache()
    folder = os.environ.get("MPLCONFIGDIR")
    assert folder is None if writable else "homeroom-matplotlib-" in str(folder)


@pytest.mark.parametrize(
    ("name", "end"),
    [
        ("Alexandria Montgomery-Featherstonehaugh (S1203)", "… (S1203)"),
        ("Emma Novak (550e8400-e29b-41d4-a716-446655440017)", " (…440017)"),
        ("Alexandria Montgomery-Featherstonehaugh", "…"),
        ("Alexandria (Sasha) Montgomery-Featherstonehaugh", "…"),
    ],
)
def test_a_shortened_name_keeps_what_tells_it_apart(name: str, end: str) -> None:
    short = fonts.shorten_name(name, 396, 32)
    assert short.endswith(end)
    assert short[:5] == name[:5]
    assert fonts.width(short, 32) <= 396


def test_a_name_that_fits_keeps_its_whole_id() -> None:
    assert fonts.shorten_name("Emma Novak (S1203)", 396, 32) == "Emma Novak (S1203)"
