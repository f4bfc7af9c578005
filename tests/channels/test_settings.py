"""Settings are read once and say in Chinese which variable cannot be used."""

from pathlib import Path

import pytest

from channels.settings import Settings, SettingsInvalid, read_settings


def test_nothing_set_gives_a_loopback_service_with_its_state_in_one_folder():
    settings = read_settings({})
    assert (settings.host, settings.port, settings.home) == ("127.0.0.1", 8000, Path("var"))
    assert settings.embedder is None
    assert not settings.office


def test_every_setting_is_one_variable_and_says_what_it_means(root: Path):
    source = (root / "channels" / "settings.py").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert str(field.title).startswith("BANCHENG_"), name
        meaning = source.split(f'title="{field.title}"')[1].split("\n")[1].strip()
        assert meaning.startswith('"""'), name


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BANCHENG_PORT", "eighty"),
        ("BANCHENG_PORT", "70000"),
        ("BANCHENG_ORIGIN", "banshi.example"),
        ("BANCHENG_WORKERS", "0"),
        ("BANCHENG_OFFICE", "maybe"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable(variable: str, value: str):
    with pytest.raises(SettingsInvalid) as refused:
        read_settings({variable: value})
    assert variable in refused.value.remedy


def test_blank_variables_count_as_unset():
    assert read_settings({"BANCHENG_EMBEDDER": "", "BANCHENG_PORT": ""}).port == 8000
