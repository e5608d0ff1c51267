"""Writes python/demarche/parts.py, the classes of a record's parts, from the JSON Schema of records.

Run it with the wheel installed, after the record has changed: python tools/parts.py
"""

import json
import keyword
import textwrap
from pathlib import Path

from demarche import _demarche

OUT = Path(__file__).parent.parent / "python" / "demarche" / "parts.py"
HEAD = '''"""The parts of a record, with the names and meanings of `demarche schema`.

Written by tools/parts.py from the JSON Schema; change the record in Rust, and this file with that script.
"""

from __future__ import annotations

from typing import Any

from .part import Part

'''


def class_name(ref: str) -> str:
    name = ref.rsplit("/", 1)[-1]
    return name.removesuffix("Record") or "Record"


def part_of(schema: dict, parts: dict) -> tuple[str, str]:
    """The type of a value, and an expression that makes it of what JSON has, called `it`."""
    if ref := schema.get("$ref"):
        if "properties" not in parts[ref.rsplit("/", 1)[-1]]:
            return part_of(parts[ref.rsplit("/", 1)[-1]], parts)
        return class_name(ref), f"{class_name(ref)}(it)"
    if options := schema.get("anyOf") or schema.get("oneOf"):
        some = [option for option in options if option.get("type") != "null"]
        kinds = [part_of(option, parts) for option in some]
        if len(some) == 1:
            return kinds[0][0] + (" | None" if len(options) > 1 else ""), kinds[0][1]
        return " | ".join(kind for kind, _ in kinds), "it"
    kind = schema.get("type")
    if isinstance(kind, list):
        inner, made = part_of({**schema, "type": next(k for k in kind if k != "null")}, parts)
        return f"{inner} | None", made
    if kind == "array":
        if "prefixItems" in schema:
            inside = ", ".join(part_of(item, parts)[0] for item in schema["prefixItems"])
            return f"tuple[{inside}]", "tuple(it)"
        inner, made = part_of(schema["items"], parts)
        return f"list[{inner}]", "list(it)" if made == "it" else f"[{made} for it in it]"
    plain = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "object": "dict[str, Any]"}
    return plain.get(kind, "Any"), "it"


def written(name: str, schema: dict, parts: dict) -> str:
    lines = [f"class {name}(Part):", f'    """{schema.get("description", name)}"""', "", "    __slots__ = ()"]
    for field, of in schema["properties"].items():
        kind, made = part_of(of, parts)
        optional = field not in schema.get("required", ())
        attribute = field + "_" if keyword.iskeyword(field) else field
        absent = "None"
        if kind.startswith("list["):
            absent = "[]"
        elif optional and not kind.endswith("| None"):
            kind += " | None"
        about = textwrap.fill(of.get("description", field), 108, subsequent_indent="        ")
        lines += ["", "    @property", f"    def {attribute}(self) -> {kind}:", f'        """{about}"""']
        got = f'self._data.get("{field}")'
        if made == "it" and absent == "None":
            lines.append(f"        return {got}" if optional or kind.endswith("| None") else f'        return self._data["{field}"]')
        elif optional or absent == "[]" or kind.endswith("| None"):
            lines += [f"        it = {got}", f"        return {absent} if it is None else {made}"]
        else:
            lines += [f'        it = self._data["{field}"]', f"        return {made}"]
    return "\n".join(lines) + "\n"


def all_parts() -> str:
    schema = json.loads(_demarche.schema())
    parts = schema["$defs"]
    classes = [written(class_name(name), of, parts) for name, of in sorted(parts.items()) if "properties" in of]
    classes.append(written("RecordParts", schema, parts))
    return HEAD + "\n" + "\n\n".join(classes)


if __name__ == "__main__":
    OUT.write_text(all_parts())
