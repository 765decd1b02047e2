"""Reads a calendar from standard input with icalendar and with vobject; prints what each understood as JSON."""

import json
import sys

import icalendar
import vobject

text = sys.stdin.buffer.read()
faults = []


def utc(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def required(component):
    for name in component.required:
        if name not in component:
            faults.append(f"{component.name} lacks {name}")
    for name in component.singletons:
        if isinstance(component.get(name), list):
            faults.append(f"{component.name} has {name} more than once")
    for name, reason in getattr(component, "errors", []):
        faults.append(f"{component.name} {name}: {reason}")
    for below in component.subcomponents:
        required(below)


def by_icalendar():
    calendar = icalendar.Calendar.from_ical(text)
    required(calendar)
    return [
        {
            "uid": str(event["UID"]),
            "title": str(event["SUMMARY"]),
            "start": utc(event["DTSTART"].dt),
            "end": utc(event["DTEND"].dt),
        }
        for event in calendar.walk("VEVENT")
        if all(name in event for name in ("UID", "SUMMARY", "DTSTART", "DTEND"))
    ]


def by_vobject():
    calendar = vobject.readOne(text.decode("utf-8"))
    calendar.validate(raiseException=True)
    return [
        {
            "uid": event.uid.value,
            "title": event.summary.value,
            "start": utc(event.dtstart.value),
            "end": utc(event.dtend.value),
        }
        for event in calendar.vevent_list
    ]


read = {}
for name, reader in (("icalendar", by_icalendar), ("vobject", by_vobject)):
    try:
        read[name] = reader()
    except Exception as error:
        faults.append(f"{name}: {type(error).__name__}: {error}")

# RFC 5545 section 3.1: lines of at most 75 octets, ended by CR LF.
for line in text.split(b"\r\n"):
    if len(line) > 75 or b"\n" in line:
        faults.append(f"a line of {len(line)} octets, or one that does not end with CR LF")
        break

json.dump({"read": read, "faults": faults}, sys.stdout, ensure_ascii=False)
