"""What every part of a questionnaire file has in common: strict keys and allowed short forms."""

from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, StringConstraints, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
"""One or more sentences for a reader; never blank."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=80)]
"""How parts of a file refer to each other: lower-case letters, digits, _ - and dots."""


class FromFile(BaseModel):
    """Base of everything an author writes: no unknown keys, nothing changed after reading.

    A part with one leading key may be written in short as just that key's value; `short_form`
    names the key. `one_person: One person uses it` is then read as `one_person: {text: One ...}`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    short_form: ClassVar[str | None] = None

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, value: object) -> object:
        if cls.short_form is not None and isinstance(value, (str, list)):
            return {cls.short_form: value}
        return value

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        full = handler(core_schema)
        if cls.short_form is None:
            return full
        schema = handler.resolve_ref_schema(full)
        short = dict(schema["properties"][cls.short_form])
        long = dict(schema)
        schema.clear()
        schema.update(title=long.pop("title"), anyOf=[short, long])
        if "description" in long:
            schema["description"] = long.pop("description")
        return full


def ids_as_keys(value: Any) -> Any:
    """Read a plain list of ids, `[a, b]`, as a mapping without texts, `{a: {}, b: {}}`."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return {item: {} for item in value}
    return value


def spoken(identifier: str) -> str:
    """Turn an id into words where an author gave none: `acts_alone` -> `Acts alone`."""
    words = identifier.rsplit(".", 1)[-1].replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
