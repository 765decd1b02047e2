"""Bytes, canonical JSON and strict shapes, as docs/ballot-format.md says under Notation."""

import base64
import hashlib
import json
import re

MOST = 2**53 - 1


class Invalid(Exception):
    def __init__(self, file, place, reason):
        super().__init__(reason)
        self.said = {"valid": False, "file": file, "place": place, "reason": reason}


def need(holds, file, place, reason):
    if not holds:
        raise Invalid(file, place, reason)


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def b64u(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64u(text, length):
    """The bytes of the only writing, else None."""
    if not isinstance(text, str) or not re.fullmatch(r"[A-Za-z0-9_-]*", text):
        return None
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return None
    return data if len(data) == length and b64u(data) == text else None


def canonical(value):
    """RFC 8785 for what occurs here; ValueError for all else."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int):
        if abs(value) > MOST:
            raise ValueError
        return str(value)
    if isinstance(value, str):
        value.encode("utf-8")  # refuses lone surrogates
        # json.dumps escapes exactly what RFC 8785 escapes, but for DEL, which both leave alone.
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    raise ValueError


def parse(data):
    text = data.decode("utf-8")
    value = json.loads(text)
    if canonical(value) != text:
        raise ValueError
    return value


def read(file, place, data):
    try:
        return parse(data)
    except (ValueError, RecursionError):
        raise Invalid(file, place, "not_canonical") from None


def lines_of(file, data):
    lines = data.split(b"\n")
    need(lines.pop() == b"", file, f"line {len(lines) + 1}", "not_canonical")
    return lines


# Shapes: a dict is a strict object, a list of one a list, a callable a test of the value.
def whole(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def text(value):
    return isinstance(value, str)


def flag(value):
    return isinstance(value, bool)


def text_or_none(value):
    return value is None or text(value)


def scalars(value):
    return isinstance(value, dict) and all(not isinstance(item, (dict, list)) for item in value.values())


def data_of(length):
    return lambda value: unb64u(value, length) is not None


def one_of(*allowed):
    return lambda value: text(value) and value in allowed


def like(pattern):
    return lambda value: text(value) and pattern.fullmatch(value) is not None


def fits(value, shape):
    if isinstance(shape, dict):
        return (
            isinstance(value, dict) and value.keys() == shape.keys() and all(fits(value[k], shape[k]) for k in shape)
        )
    if isinstance(shape, list):
        return isinstance(value, list) and all(fits(item, shape[0]) for item in value)
    return shape(value)


def read_as(file, place, data, shape):
    value = read(file, place, data)
    need(fits(value, shape), file, place, "shape")
    return value


def rising(items):
    return all(a < b for a, b in zip(items, items[1:]))


def distinct(items):
    return len(set(items)) == len(items)
