"""Writes test/zones/changes.json: every change of the clocks 2020-2040 in the zones below, as Python's zoneinfo and the
machine's tzdata have them. The tests hold the program's own zone arithmetic against it. Run again when rules change:
python3 scripts/record-zones.py > test/zones/changes.json"""

import json
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

ZONES = """America/Los_Angeles America/Denver America/New_York America/Halifax America/St_Johns America/Havana
America/Santiago America/Nuuk Atlantic/Azores Europe/London Europe/Dublin Europe/Paris Europe/Athens Africa/Cairo
Asia/Beirut Asia/Jerusalem Australia/Adelaide Australia/Sydney Australia/Lord_Howe Pacific/Auckland
Pacific/Chatham Antarctica/Troll""".split()
FIRST = datetime(2020, 1, 1, tzinfo=timezone.utc)
LAST = datetime(2041, 1, 1, tzinfo=timezone.utc)


def minutes(instant, zone):
    return int(instant.astimezone(zone).utcoffset().total_seconds() // 60)


def changes(name):
    """[instant, offset before, offset after] in minutes; clocks are changed on full minutes."""
    zone, found, at = ZoneInfo(name), [], FIRST
    while at < LAST:
        following = at + timedelta(days=5)
        if minutes(at, zone) != minutes(following, zone):
            low, high = at, following
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=((high - low) // timedelta(minutes=1)) // 2)
                if minutes(middle, zone) == minutes(low, zone):
                    low = middle
                else:
                    high = middle
            found.append([high.strftime("%Y-%m-%dT%H:%MZ"), minutes(low, zone), minutes(high, zone)])
        at = following
    return found


def version():
    try:
        with open("/usr/share/zoneinfo/tzdata.zi") as file:
            return file.readline().split()[-1]
    except OSError:
        return "unknown"


recorded = {"tzdata": version(), "zones": {name: changes(name) for name in ZONES}}
lines = [f' {json.dumps(name)}: {json.dumps(each)}' for name, each in recorded["zones"].items()]
print('{"tzdata": ' + json.dumps(recorded["tzdata"]) + ', "zones": {\n' + ",\n".join(lines) + "\n}}")
