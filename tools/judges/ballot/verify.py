"""Verifies the public bundle of a secret vote, written from docs/ballot-format.md alone.

python3 verify.py FOLDER: prints one line of JSON; exit 0 valid, 1 not valid, 2 no bundle.
Needs Python 3.9 and the package `cryptography` (Debian: python3-cryptography).
"""

import base64
import json
import math
import os
import re
import sys
from datetime import datetime

sys.dont_write_bytecode = True

from count import count
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from reading import Invalid, b64u, canonical, distinct, lines_of, need, read_as, rising, sha256, unb64u
from shapes import BALLOT, CONFIG, CONFIG_LEAF, COUNTED, COUNTED_LEAF, FILES, ISSUE, KEY, PROTOCOL, ROLL
from standards import is_ed25519, is_pss, open_sealed, root_of


def check_config(config):
    file = "config.json"
    need(2 <= config["threshold"] <= len(config["trustees"]), file, "threshold", "shape")
    need(distinct([one["key"] for one in config["trustees"]]), file, "trustees", "shape")
    questions = config["questions"]
    need(questions and distinct([one["id"] for one in questions]), file, "questions", "shape")
    need(distinct([one["issuer_key"]["n"] for one in questions]), file, "issuer_key", "shape")
    for question in questions:
        options = [one["id"] for one in question["options"]]
        members = question["write_ins"]
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


def check_roll(data, config, election):
    """The entries of everybody on the frozen roll."""
    roll = read_as("roll.json", "", data, ROLL)
    leaves = roll["leaves"]
    need(roll["election"] == b64u(election), "roll.json", "election", "other_election")
    need(rising(leaves), "roll.json", "leaves", "order")
    need(len(leaves) == config["roll"]["size"], "roll.json", "leaves", "size")
    need(b64u(root_of([unb64u(one, 32) for one in leaves])) == config["roll"]["root"], "roll.json", "leaves", "root")
    return set(leaves)


def check_issues(data, config, voters, counting):
    """Papers drawn by question; no more ballots than these."""
    file = "issue_list.jsonl"
    issued = {one["id"]: 0 for one in config["questions"]}
    drawn = []
    for at, line in enumerate(lines_of(file, data), 1):
        issue = read_as(file, f"line {at}", line, ISSUE)
        need(issue["question"] in issued, file, f"line {at}", "shape")
        need(issue["voter"] in voters, file, f"line {at}", "not_on_roll")
        issued[issue["question"]] += 1
        drawn.append(issue["question"] + " " + issue["voter"])
    need(rising(drawn), file, "", "order")
    for name, own in counting.items():
        need(len(own) <= issued[name], file, name, "more_than_issued")
    return issued


def check_key(data, config, election):
    """Private and public half."""
    file = "election_key.json"
    key = read_as(file, "", data, KEY)
    need(key["election"] == b64u(election), file, "election", "other_election")
    secret = X25519PrivateKey.from_private_bytes(unb64u(key["private_key"], 32))
    public = secret.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    need(b64u(public) == key["public_key"] == config["election_key"], file, "", "election_key")
    return secret, public


def check_protocol(data, config, election, issued):
    file = "protocol.json"
    protocol = read_as(file, "", data, PROTOCOL)
    need(protocol["election"] == b64u(election), file, "election", "other_election")
    need(max(issued.values()) <= protocol["present"], file, "present", "more_than_issued")
    drawing, casting = protocol["drawing"], protocol["casting"]
    order = [drawing["opened"], casting["opened"], casting["closed"], protocol["counted_at"]]
    if config["phases"] == "split":
        order.insert(1, drawing["closed"])
    try:
        instants = [datetime.fromisoformat(one[:19]).timestamp() + float("0" + one[19:-1]) for one in order]
    except ValueError:
        raise Invalid(file, "", "times") from None
    need(instants == sorted(instants), file, "drawing, casting", "times")


def check_files(files):
    config, election, root, ballots, counted = check_board(files)
    for name in COUNTED:
        need(b64u(sha256(files[name])) == counted["files"][name], name, "", "hash")
    voters = check_roll(files["roll.json"], config, election)
    questions = config["questions"]
    counting = {one["id"]: last_of([each for each in ballots if each["question"] == one["id"]]) for one in questions}
    issued = check_issues(files["issue_list.jsonl"], config, voters, counting)
    secret, public = check_key(files["election_key.json"], config, election)
    check_protocol(files["protocol.json"], config, election, issued)
    result = []
    for question in questions:
        info = b"cpb-ballot-v1" + election + question["id"].encode()
        own = counting[question["id"]]
        opened = [open_sealed(secret, public, one["ct"], info, sha256(one["tpk"])) for one in own]
        result.append(count(question, opened, issued[question["id"]]))
    expected = canonical({"election": b64u(election), "questions": result}).encode()
    need(files["result.json"] == expected, "result.json", "", "recount")
    return {"valid": True, "election": b64u(election), "root": b64u(root), "questions": result}


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
