"""Which keys a file may have, read off the models."""

from collections.abc import Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from assessment.method.authoring import FromFile

KEY = "[key]"
"""How pydantic ends the way to a key, as opposed to its value."""


def short_forms(model: type[BaseModel]) -> frozenset[str]:
    """The keys that an author may leave out, anywhere in a file read as `model`."""
    return frozenset(
        one.short_form
        for one in models_within(model)
        if issubclass(one, FromFile) and one.short_form is not None
    )


def models_within(model: type[BaseModel]) -> set[type[BaseModel]]:
    """Every model that a file read as `model` is made of, itself among them."""
    waiting, seen = [model], {model}
    while waiting:
        fields = waiting.pop().model_fields.values()
        inner = {found for field in fields for found in _models_in(field.annotation)}
        waiting.extend(inner - seen)
        seen |= inner
    return seen


def keys_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys that a part of a file may have, as an author writes them."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def required_keys(model: type[BaseModel]) -> tuple[str, ...]:
    """Those among its keys that must be there."""
    return tuple(f.alias or name for name, f in model.model_fields.items() if f.is_required())


def choices_of(model: type[BaseModel], key: str) -> tuple[str, ...]:
    """What a key may say where only a few words are allowed."""
    return get_args(_without_none(model.model_fields[key].annotation))


def model_at(model: type[BaseModel], where: Sequence[str | int]) -> type[BaseModel] | None:
    """The model that a part of a file is read as; None where it is plain text or a number."""
    annotation: Any = model
    for part in where:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            fields = {f.alias or name: f for name, f in annotation.model_fields.items()}
            field = fields.get(str(part))
            annotation = None if field is None else _without_none(field.annotation)
        else:
            arguments = get_args(annotation)
            annotation = _without_none(arguments[-1]) if arguments else None
    is_model = isinstance(annotation, type) and issubclass(annotation, BaseModel)
    return annotation if is_model else None


def _without_none(annotation: Any) -> Any:
    """`X | None` as X, and `Annotated[X, ...]` as X."""
    if hasattr(annotation, "__metadata__"):
        return _without_none(get_args(annotation)[0])
    if type(None) in get_args(annotation):
        return next(_without_none(a) for a in get_args(annotation) if a is not type(None))
    return annotation


def _models_in(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and get_origin(annotation) is None:
        return {annotation} if issubclass(annotation, BaseModel) else set()
    return {model for inner in get_args(annotation) for model in _models_in(inner)}
