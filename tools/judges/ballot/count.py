"""What an opened ballot says, and the sum of all of one question."""

import json

from reading import canonical, distinct, parse, rising
from shapes import LISTS


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
    members = question["write_ins"]
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
