"""Languages as records name them."""

import pytest

from school.languages import spoken_name


@pytest.mark.parametrize(
    ("on_record", "name"),
    [("ko", "Korean"), ("zh-TW", "Chinese"), ("Korean", "Korean"), ("xx", "xx")],
)
def test_a_language_is_called_by_its_name_where_it_is_known(on_record: str, name: str) -> None:
    assert spoken_name(on_record) == name
