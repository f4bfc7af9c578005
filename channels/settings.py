"""Everything the product takes from its environment, read once, here.

Each setting says what it means, its unit and why the default is what it is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError, model_validator


class SettingsInvalid(Exception):
    """A setting cannot be used as given; `remedy` is a Chinese sentence saying what to write instead."""

    def __init__(self, remedy: str) -> None:
        super().__init__(remedy)
        self.remedy = remedy


def _none_if_blank(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


class Settings(BaseModel):
    """The settings of one running product; every field is one variable of the environment."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # --- where it runs
    host: str = Field("127.0.0.1", title="BANCHENG_HOST")
    """Address to listen on. Loopback: publishing a service that receives papers is a decision, not a default."""
    port: int = Field(8000, ge=0, le=65535, title="BANCHENG_PORT")
    """TCP port. 8000 needs no rights and is what people expect of a local service; 0 takes any free one."""
    home: Path = Field(Path("var"), title="BANCHENG_HOME")
    """The one folder that holds all state: index, archive, ledger, uploads, key. Deleting it forgets everything."""
    origin: str = Field("", title="BANCHENG_ORIGIN", pattern=r"^(https?://[^/\s]+)?$")
    """Address people see, e.g. https://banshi.example, when a proxy stands in front; "" means the Host header."""

    # --- how it finds
    embedder: Annotated[str | None, BeforeValidator(_none_if_blank)] = Field(None, title="BANCHENG_EMBEDDER")
    """Folder of a local sentence-transformers model; unset means words alone, which needs no download."""
    chroma: str = Field("", title="BANCHENG_CHROMA", pattern=r"^([^\s:/]+:\d{1,5})?$")
    """host:port of a Chroma server; "" keeps the vectors in the home folder."""

    # --- a language model, if anybody wants one
    model_url: str = Field("", title="BANCHENG_MODEL_URL", pattern=r"^(https?://[^\s]+)?$")
    """Address of an OpenAI-compatible service, e.g. http://127.0.0.1:8080/v1; "" means none: rules are complete."""
    model: str = Field("", title="BANCHENG_MODEL")
    """Name of the model as that service knows it, e.g. deepseek-chat or qwen-plus. Needed with an address."""
    model_key: SecretStr = Field(SecretStr(""), title="BANCHENG_MODEL_KEY")
    """Key for that service; a local server needs none. Never shown, never logged."""
    model_filing: str = Field("", title="BANCHENG_MODEL_FILING")
    """Name and number under which the model is filed (备案), shown with the labels. A public service must name it."""
    model_seconds: float = Field(12.0, gt=0, le=60, title="BANCHENG_MODEL_SECONDS")
    """Seconds a model may take of one answer; then the rules' words are shown. 12 suits a local model of 7 billion."""
    model_tokens: int = Field(500_000, ge=1000, title="BANCHENG_MODEL_TOKENS")
    """Tokens an hour, questions and replies together; about 250 worded answers. Beyond that the rules answer."""

    # --- who runs it
    operator: str = Field("办成（自行部署）", title="BANCHENG_OPERATOR", min_length=1)
    """Name shown on every page. Whoever runs it must be visible; the default admits that nobody has said so yet."""
    phone: str = Field("12345", title="BANCHENG_PHONE", min_length=3)
    """Phone shown on every page: a human who can be reached. 12345 exists everywhere in the country."""
    window: str = Field("就近的政务服务中心窗口（打 12345 可问地址和上班时间）", title="BANCHENG_WINDOW", min_length=1)
    """Nearest counter shown on every page."""
    office: bool = Field(False, title="BANCHENG_OFFICE")
    """True only where a government office runs it; otherwise every page says 非政府网站."""

    # --- how much it takes
    upload_mib: int = Field(20, ge=1, le=200, title="BANCHENG_UPLOAD_MIB")
    """Largest file admitted, MiB. Portals allow 5 to 20; 20 holds a 50-page scan."""
    workers: int = Field(1, ge=1, le=8, title="BANCHENG_WORKERS")
    """Documents read at the same time. One reader takes about one core; the pages must stay quick."""

    @property
    def model_shown(self) -> str:
        """Give the name of the model as it is shown: as it is filed, else as the service knows it; "" for none."""
        return (self.model_filing or self.model) if self.model_url else ""

    @model_validator(mode="after")
    def _name_goes_with_address(self) -> Settings:
        if self.model_url and not self.model:
            raise ValueError("BANCHENG_MODEL")
        return self


_VARIABLES = {name: str(info.title) for name, info in Settings.model_fields.items()}


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises SettingsInvalid naming the variable that cannot be used."""
    found = os.environ if environment is None else environment
    given = {name: found[variable] for name, variable in _VARIABLES.items() if found.get(variable, "") != ""}
    try:
        return Settings.model_validate(given)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        # What is wrong between two settings has no place of its own: a model's name is missing beside its address.
        variable = _VARIABLES[str(first["loc"][0])] if first["loc"] else _VARIABLES["model"]
        raise SettingsInvalid(f"环境变量 {variable} 的值不能用，请改成说明里的写法。") from wrong
