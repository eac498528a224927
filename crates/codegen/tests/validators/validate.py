"""Holds the specifications of all samples against the validators of the Python ecosystem.

    python validate.py <folder with a folder for each sample>

Prints what is wrong and exits with 1, or prints how much was looked at.
"""

import io
import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from fastavro import parse_schema, schemaless_reader, schemaless_writer
from openapi_spec_validator import OpenAPIV31SpecValidator


def kind(schema):
    """The type of a field that is not null."""
    return next(one for one in schema if one != "null") if isinstance(schema, list) else schema


def native(value, schema):
    """A value of JSON as fastavro takes it."""
    schema = kind(schema)
    if value is None or not isinstance(schema, dict):
        return value
    if schema["type"] == "array":
        return [native(item, schema["items"]) for item in value]
    read = {"date": date.fromisoformat, "uuid": UUID, "decimal": lambda number: Decimal(str(number))}
    return read.get(schema.get("logicalType"), lambda same: same)(value)


def round_trip(path):
    """The example of an event is the same after a way through bytes."""
    raw = json.loads(path.read_text())
    example = path.parent.parent / "cloudevents" / f"{path.name.removesuffix('.avsc')}.json"
    data = json.loads(example.read_text())["data"]
    data = {field["name"]: native(data[field["name"]], field["type"]) for field in raw["fields"]}
    schema = parse_schema(raw)
    stream = io.BytesIO()
    schemaless_writer(stream, schema, data)
    stream.seek(0)
    back = schemaless_reader(stream, schema, None)
    if back != data:
        raise ValueError(f"came back as {back}")


def main(folder):
    problems, documents, records = [], 0, 0
    samples = sorted(path for path in folder.iterdir() if path.is_dir())
    for sample in samples:
        documents += 1
        for error in OpenAPIV31SpecValidator(json.loads((sample / "openapi.json").read_text())).iter_errors():
            problems.append(f"{sample.name}/openapi.json {'/'.join(map(str, error.path))}: {error.message}")
        for path in sorted(sample.glob("avro/*.avsc")):
            records += 1
            try:
                round_trip(path)
            except Exception as error:  # noqa: BLE001: whatever it is, it belongs to the file
                problems.append(f"{sample.name}/avro/{path.name}: {error!r}")
    print(f"{len(samples)} samples: {documents} OpenAPI documents, {records} Avro records, {len(problems)} problems")
    print(*problems, sep="\n", end="", file=sys.stderr)
    return 1 if problems or not samples else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
