"""The members of every file, as docs/ballot-format.md lists them."""

import re

from reading import data_of, flag, like, one_of, scalars, text, text_or_none, whole

COUNTED = ["election_key.json", "issue_list.jsonl", "protocol.json", "result.json", "roll.json"]
FILES = ["checkpoint", "config.json", "leaves.jsonl"] + COUNTED
ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
MEMBER = re.compile(r"[A-Za-z0-9_-]{1,64}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
LISTS = {
    "single": {"picks", "write_ins"},
    "several": {"picks", "write_ins"},
    "approval": {"against", "for", "write_ins"},
    "ranked": {"ranks"},
}

HASH = data_of(32)
CONFIG = {
    "format": one_of("tongxin-ballot-1"),
    "vote": text,
    "organisation": text,
    "title": text,
    "grade": one_of("V2"),
    "phases": one_of("split", "overlap"),
    "hall": flag,
    "times": {name: text_or_none for name in ("draw_opens", "draw_closes", "cast_opens", "cast_closes")},
    "rule": scalars,
    "should_attend": whole,
    "roll": {"root": HASH, "size": whole},
    "questions": [
        {
            "id": like(ID),
            "kind": one_of(*LISTS),
            "title": text,
            "options": [{"id": like(ID), "label": text}],
            "seats": whole,
            "write_ins": [like(MEMBER)],
            "issuer_key": {"n": data_of(384), "e": one_of("AQAB")},
            "plaintext_bytes": whole,
        }
    ],
    "revoting": flag,
    "election_key": HASH,
    "board_key": HASH,
    "trustees": [{"name": text, "role": text, "key": HASH}],
    "threshold": whole,
    "client_hash": text_or_none,
}
CONFIG_LEAF = {"type": one_of("config"), "election": HASH, "signatures": [{"key": HASH, "signature": data_of(64)}]}
BALLOT = {
    "type": one_of("ballot"),
    "election": HASH,
    "question": text,
    "tpk": HASH,
    "prefix": HASH,
    "token_sig": data_of(384),
    "ct": text,
    "seq": whole,
    "cast_sig": data_of(64),
}
COUNTED_LEAF = {"type": one_of("counted"), "election": HASH, "files": {name: HASH for name in COUNTED}}
ISSUE = {"question": text, "voter": HASH, "blinded": HASH, "proof": lambda value: value is None or HASH(value)}
ROLL = {"election": HASH, "leaves": [HASH]}
KEY = {"election": HASH, "private_key": HASH, "public_key": HASH}
COUNT = {
    "question": text,
    **{name: whole for name in ("issued", "returned", "valid", "invalid", "abstained")},
    "reasons": scalars,
    "options": [{"option": text, "for": whole, "against": whole, "abstain": whole}],
    "write_ins": [{"member": text, "votes": whole}],
    "rankings": [{"ranks": [text], "ballots": whole}],
}
PHASE = {"opened": like(INSTANT), "closed": like(INSTANT)}
PROTOCOL = {
    "election": HASH,
    "present": whole,
    "tellers": [{"role": text, "name": text}],
    "drawing": PHASE,
    "casting": PHASE,
    "counted_at": like(INSTANT),
    "paper": [COUNT],
    "written_opinions": [{"question": text, "for": whole, "against": whole}],
}
