"""Verifies the public bundle of a secret vote, written from docs/ballot-format.md alone.

python3 ballot_verify.py FOLDER: prints one line of JSON; exit 0 valid, 1 not valid, 2 no bundle.
Needs Python 3.9 and the package `cryptography` (Debian: python3-cryptography).
"""

import base64
import hashlib
import hmac
import json
import math
import os
import re
import sys
from datetime import datetime

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

COUNTED = ["election_key.json", "issue_list.jsonl", "protocol.json", "result.json", "roll.json"]
FILES = ["checkpoint", "config.json", "leaves.jsonl"] + COUNTED
ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
MEMBER = re.compile(r"[A-Za-z0-9_-]{1,64}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
MOST = 2**53 - 1
LISTS = {
    "single": {"picks", "write_ins"},
    "several": {"picks", "write_ins"},
    "approval": {"against", "for", "write_ins"},
    "ranked": {"ranks"},
}


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
            "write_ins": [{"id": like(MEMBER), "label": text}],
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


def read_as(file, place, data, shape):
    value = read(file, place, data)
    need(fits(value, shape), file, place, "shape")
    return value


def rising(items):
    return all(a < b for a, b in zip(items, items[1:]))


def distinct(items):
    return len(set(items)) == len(items)


def is_ed25519(key, message, signature):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except (InvalidSignature, ValueError):
        return False


def is_pss(key, message, signature):
    try:
        scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=48)
        key.verify(signature, message, scheme, hashes.SHA384())
        return True
    except InvalidSignature:
        return False


def root_of(leaves):
    """RFC 9162 section 2.1.1, by a stack of the roots of whole subtrees."""
    stack = []
    for number, leaf in enumerate(leaves, 1):
        node = sha256(b"\x00", leaf)
        while number % 2 == 0:
            node = sha256(b"\x01", stack.pop(), node)
            number //= 2
        stack.append(node)
    if not stack:
        return sha256()
    node = stack.pop()
    while stack:
        node = sha256(b"\x01", stack.pop(), node)
    return node


def extract(suite, salt, label, ikm):
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + ikm, "sha256")


def expand(suite, prk, label, info, length):
    data = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(prk, data + b"\x01", "sha256")[:length]


def open_sealed(secret, public, sealed, info, aad):
    """RFC 9180 base mode, sequence number 0; None where it does not open."""
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"
    enc, ciphertext = sealed[:32], sealed[32:]
    try:
        shared = secret.exchange(X25519PublicKey.from_public_bytes(enc))
        shared = expand(kem, extract(kem, b"", b"eae_prk", shared), b"shared_secret", enc + public, 32)
        context = b"\x00" + extract(suite, b"", b"psk_id_hash", b"") + extract(suite, b"", b"info_hash", info)
        prk = extract(suite, shared, b"secret", b"")
        key, nonce = expand(suite, prk, b"key", context, 32), expand(suite, prk, b"base_nonce", context, 12)
        return AESGCM(key).decrypt(nonce, ciphertext, aad)
    except (InvalidTag, ValueError):
        return None


def check_config(config):
    file = "config.json"
    need(2 <= config["threshold"] <= len(config["trustees"]), file, "threshold", "shape")
    need(distinct([one["key"] for one in config["trustees"]]), file, "trustees", "shape")
    questions = config["questions"]
    need(questions and distinct([one["id"] for one in questions]), file, "questions", "shape")
    need(distinct([one["issuer_key"]["n"] for one in questions]), file, "issuer_key", "shape")
    for question in questions:
        options = [one["id"] for one in question["options"]]
        members = [one["id"] for one in question["write_ins"]]
        seats, kind = question["seats"], question["kind"]
        written = seats * (max(map(len, members)) + 3) if members else 0
        size = 512 * math.ceil((64 + sum(len(one) + 3 for one in options) + written) / 512)
        modulus = unb64u(question["issuer_key"]["n"], 384)
        holds = (
            options
            and distinct(options)
            and seats >= 1
            and (kind != "single" or seats == 1)
            and (kind != "ranked" or not members)
            and rising(members)
            and question["plaintext_bytes"] == size
            and modulus[0] >= 0x80
            and modulus[-1] % 2 == 1
        )
        need(holds, file, "questions " + question["id"], "shape")


def check_note(data, name, board_key):
    """Size and root of the checkpoint."""
    file = "checkpoint"
    form = r"([^\n]*)\n(0|[1-9][0-9]{0,14})\n([A-Za-z0-9+/]{43}=)\n\n\u2014 (\S+) ([A-Za-z0-9+/]{91}=)\n"
    try:
        match = re.fullmatch(form, data.decode("utf-8"))
    except ValueError:
        match = None
    need(match, file, "", "shape")
    origin, size, root, signer, signed = match.groups()
    need(origin == name, file, "line 1", "other_election")
    root_bytes, signature = base64.b64decode(root), base64.b64decode(signed)
    exact = base64.b64encode(root_bytes).decode() == root and base64.b64encode(signature).decode() == signed
    key_hash = sha256(name.encode() + b"\n\x01", board_key)[:4]
    need(exact and signer == name and signature[:4] == key_hash, file, "line 5", "signature")
    message = f"{origin}\n{size}\n{root}\n".encode()
    need(is_ed25519(board_key, message, signature[4:]), file, "", "signature")
    return int(size), root_bytes


def check_ballot(line, place, election, config, keys):
    file = "leaves.jsonl"
    ballot = read_as(file, place, line, BALLOT)
    need(ballot["election"] == b64u(election), file, place, "other_election")
    question = next((one for one in config["questions"] if one["id"] == ballot["question"]), None)
    need(question, file, place, "shape")
    ct = unb64u(ballot["ct"], 48 + question["plaintext_bytes"])
    need(ct and (ballot["seq"] == 0 or (config["revoting"] and ballot["seq"] < 2**32)), file, place, "shape")
    about = election + question["id"].encode()
    tpk = unb64u(ballot["tpk"], 32)
    token = unb64u(ballot["prefix"], 32) + b"cpb-token-v1" + about + tpk
    need(is_pss(keys[question["id"]], token, unb64u(ballot["token_sig"], 384)), file, place, "token")
    cast = b"cpb-cast-v1" + sha256(ct) + ballot["seq"].to_bytes(4, "big") + about
    need(is_ed25519(tpk, cast, unb64u(ballot["cast_sig"], 64)), file, place, "cast_signature")
    return {**ballot, "ct": ct, "tpk": tpk}


def fault_of(question, said):
    """Why the choice does not count, None for a valid one."""
    if "abstain" in said:
        return None if said == {"abstain": True} and said["abstain"] is True else "malformed"
    shaped = said.keys() == LISTS[question["kind"]] and all(
        isinstance(ids, list) and all(isinstance(one, str) for one in ids) for ids in said.values()
    )
    if not shaped:
        return "malformed"
    options = [one["id"] for one in question["options"]]
    members = [one["id"] for one in question["write_ins"]]
    written = said.get("write_ins", [])
    marks = {name: ids for name, ids in said.items() if name != "write_ins"}
    named = [one for ids in marks.values() for one in ids]
    if any(one not in options for one in named) or any(one not in members for one in written):
        return "unknown_option"
    ordered = all(rising([options.index(one) for one in ids]) for name, ids in marks.items() if name != "ranks")
    if not ordered or not rising(written) or not distinct(named) or not named + written:
        return "malformed"
    favoured = len(said.get("picks", [])) + len(said.get("for", []))
    if favoured + len(written) > question["seats"]:
        return "too_many"
    if question["kind"] == "approval" and len(written) > len(said["against"]):
        return "write_in"
    return None


def paper_of(question, plaintext):
    """The choice of a ballot, or the reason for which it does not count."""
    if plaintext is None:
        return "unreadable"
    content, _, rest = plaintext.partition(b"\x00")
    if len(plaintext) != question["plaintext_bytes"] or rest.strip(b"\x00"):
        return "padding"
    try:
        said = parse(content)
    except (ValueError, RecursionError):
        return "malformed"
    return "malformed" if not isinstance(said, dict) else fault_of(question, said) or said


def count(question, plaintexts, issued):
    papers = [paper_of(question, plaintext) for plaintext in plaintexts]
    valid = [paper for paper in papers if isinstance(paper, dict)]
    reasons = [paper for paper in papers if isinstance(paper, str)]
    blank = [paper for paper in valid if "abstain" in paper]
    marked = [paper for paper in valid if "abstain" not in paper]
    options = []
    for option in question["options"]:
        name = option["id"]
        favour = sum(
            name in paper.get("picks", []) + paper.get("for", []) + paper.get("ranks", [])[:1] for paper in marked
        )
        against = sum(name in paper.get("against", []) for paper in marked)
        neither = len(marked) - favour - against if question["kind"] == "approval" else 0
        options.append({"option": name, "for": favour, "against": against, "abstain": len(blank) + neither})
    members = [one for paper in marked for one in paper.get("write_ins", [])]
    ranks = [canonical(paper["ranks"]) for paper in marked if "ranks" in paper]
    ranked = sorted(set(ranks), key=lambda one: (-ranks.count(one), one))
    return {
        "question": question["id"],
        "issued": issued,
        "returned": len(papers),
        "valid": len(valid),
        "invalid": len(reasons),
        "abstained": len(blank),
        "reasons": {one: reasons.count(one) for one in set(reasons)},
        "options": options,
        "write_ins": [{"member": one, "votes": members.count(one)} for one in sorted(set(members))],
        "rankings": [{"ranks": json.loads(one), "ballots": ranks.count(one)} for one in ranked],
    }


def last_of(ballots):
    last = {}
    for ballot in ballots:
        known = last.get(ballot["tpk"])
        if known is None or known["seq"] < ballot["seq"]:
            last[ballot["tpk"]] = ballot
    return list(last.values())


def check_board(files):
    data = files["config.json"]
    election = sha256(data)
    name = "tongxin-ballot/" + b64u(election)
    lines = lines_of("leaves.jsonl", files["leaves.jsonl"])
    # Where checkpoint and first leaf agree on another election, it is the config that was changed.
    own = name.encode() + b"\n"
    named = files["checkpoint"].startswith(own) or (lines and b64u(election).encode() in lines[0])
    need(named, "config.json", "", "other_election")
    config = read_as("config.json", "", data, CONFIG)
    check_config(config)
    board_key = unb64u(config["board_key"], 32)
    size, root = check_note(files["checkpoint"], name, board_key)
    need(len(lines) == size and size >= 2, "leaves.jsonl", "", "size")
    first = read_as("leaves.jsonl", "line 1", lines[0], CONFIG_LEAF)
    need(first["election"] == b64u(election), "leaves.jsonl", "line 1", "other_election")
    signers = [config["board_key"]] + [one["key"] for one in config["trustees"]]
    signed = [one["key"] for one in first["signatures"]] == signers and all(
        is_ed25519(unb64u(one["key"], 32), b"cpb-config-v1" + election, unb64u(one["signature"], 64))
        for one in first["signatures"]
    )
    need(signed, "leaves.jsonl", "line 1", "signature")
    keys = {
        one["id"]: rsa.RSAPublicNumbers(65537, int.from_bytes(unb64u(one["issuer_key"]["n"], 384), "big")).public_key()
        for one in config["questions"]
    }
    ballots = [check_ballot(line, f"line {at}", election, config, keys) for at, line in enumerate(lines[1:-1], 2)]
    counted = read_as("leaves.jsonl", f"line {size}", lines[-1], COUNTED_LEAF)
    need(counted["election"] == b64u(election), "leaves.jsonl", f"line {size}", "other_election")
    need(root_of(lines) == root, "leaves.jsonl", "", "root")
    seen = set()
    for at, ballot in enumerate(ballots, 2):
        once = (ballot["question"], ballot["tpk"], ballot["seq"] if config["revoting"] else 0)
        need(once not in seen, "leaves.jsonl", f"line {at}", "cast_twice")
        seen.add(once)
    return config, election, root, ballots, counted


def check_files(files):
    config, election, root, ballots, counted = check_board(files)
    for name in COUNTED:
        need(b64u(sha256(files[name])) == counted["files"][name], name, "", "hash")

    roll = read_as("roll.json", "", files["roll.json"], ROLL)
    leaves = roll["leaves"]
    need(roll["election"] == b64u(election), "roll.json", "election", "other_election")
    need(rising(leaves), "roll.json", "leaves", "order")
    need(len(leaves) == config["roll"]["size"], "roll.json", "leaves", "size")
    need(b64u(root_of([unb64u(one, 32) for one in leaves])) == config["roll"]["root"], "roll.json", "leaves", "root")

    issued = {one["id"]: 0 for one in config["questions"]}
    drawn, voters = [], set(leaves)
    for at, line in enumerate(lines_of("issue_list.jsonl", files["issue_list.jsonl"]), 1):
        issue = read_as("issue_list.jsonl", f"line {at}", line, ISSUE)
        need(issue["question"] in issued, "issue_list.jsonl", f"line {at}", "shape")
        need(issue["voter"] in voters, "issue_list.jsonl", f"line {at}", "not_on_roll")
        issued[issue["question"]] += 1
        drawn.append(issue["question"] + " " + issue["voter"])
    need(rising(drawn), "issue_list.jsonl", "", "order")
    counting = {name: last_of([one for one in ballots if one["question"] == name]) for name in issued}
    for name, own in counting.items():
        need(len(own) <= issued[name], "issue_list.jsonl", name, "more_than_issued")

    key = read_as("election_key.json", "", files["election_key.json"], KEY)
    need(key["election"] == b64u(election), "election_key.json", "election", "other_election")
    secret = X25519PrivateKey.from_private_bytes(unb64u(key["private_key"], 32))
    public = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    need(b64u(public) == key["public_key"] == config["election_key"], "election_key.json", "", "election_key")

    protocol = read_as("protocol.json", "", files["protocol.json"], PROTOCOL)
    need(protocol["election"] == b64u(election), "protocol.json", "election", "other_election")
    need(max(issued.values()) <= protocol["present"], "protocol.json", "present", "more_than_issued")
    drawing, casting = protocol["drawing"], protocol["casting"]
    order = [drawing["opened"], casting["opened"], casting["closed"], protocol["counted_at"]]
    if config["phases"] == "split":
        order.insert(1, drawing["closed"])
    try:
        instants = [datetime.fromisoformat(one[:19]).timestamp() + float("0" + one[19:-1]) for one in order]
    except ValueError:
        raise Invalid("protocol.json", "", "times") from None
    need(instants == sorted(instants), "protocol.json", "drawing, casting", "times")

    questions = []
    for question in config["questions"]:
        info = b"cpb-ballot-v1" + election + question["id"].encode()
        own = counting[question["id"]]
        opened = [open_sealed(secret, public, one["ct"], info, sha256(one["tpk"])) for one in own]
        questions.append(count(question, opened, issued[question["id"]]))
    result = canonical({"election": b64u(election), "questions": questions}).encode()
    need(files["result.json"] == result, "result.json", "", "recount")
    return {"valid": True, "election": b64u(election), "root": b64u(root), "questions": questions}


def main():
    folder = sys.argv[1] if len(sys.argv) == 2 else ""
    try:
        names = sorted(os.listdir(folder))
        files = {}
        for name in names:
            if name in FILES:
                with open(os.path.join(folder, name), "rb") as file:
                    files[name] = file.read()
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    if not files:
        print("no bundle", file=sys.stderr)
        return 2
    try:
        for name in names:
            need(name in FILES, name, "", "unknown_file")
        for name in FILES:
            need(name in files, name, "", "missing_file")
        said = check_files(files)
    except Invalid as invalid:
        said = invalid.said
    print(json.dumps(said, ensure_ascii=False))
    return 0 if said["valid"] else 1


sys.exit(main())
