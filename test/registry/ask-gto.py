"""Makes a repository with mixed events by GTO itself, or shows one: ask-gto.py make <folder> <seed> <count> | ask-gto.py show <folder> |
ask-gto.py parse < lines of JSON strings. What is said lies on stdout as JSON."""

import json
import random
import subprocess
import sys

from gto import api
from gto.exceptions import GTOException
from gto.tag import parse_name
from gto.utils import make_ready_to_serialize


def make(folder, seed, count):
    chosen = random.Random(seed)
    commits = subprocess.check_output(["git", "-C", folder, "rev-list", "HEAD"], text=True).split()
    known = {name: [] for name in ["fraud", "churn", "models:price", "a/b_c"]}
    made = 0
    for _ in range(10 * count):
        if made == count:
            return
        name = chosen.choice(list(known))
        kind = chosen.choices(["register", "assign", "unassign", "deregister", "deprecate"], [8, 8, 3, 2, 1])[0]
        stage = chosen.choice(["dev", "prod", "prod/eu"])
        version = chosen.choice(known[name]) if known[name] else None
        try:
            if kind == "register":
                number = f"v0.{len(known[name])}.0" + chosen.choice(["", "-rc.1", "+b7"])
                api.register(folder, name, chosen.choice(commits), version=number)
                known[name].append(number)
            elif version is None:
                continue
            elif kind == "assign":
                api.assign(folder, name, stage, version=version, force=True)
            elif kind == "unassign":
                api.unassign(folder, name, version=version, stage=stage)
            elif kind == "deregister":
                api.deregister(folder, name, version=version, simple=False)
            else:
                api.deprecate(folder, name, simple=False)
            made += 1
        except GTOException:
            continue
    raise SystemExit(f"only {made} events could be made")


def shown(folder):
    refs = subprocess.check_output(["git", "-C", folder, "tag"], text=True).split()
    return {
        "show": make_ready_to_serialize(api.show(folder)),
        "deprecated": make_ready_to_serialize(api.show(folder, deprecated=True)),
        "history": make_ready_to_serialize(api.history(folder)),
        "ascending": make_ready_to_serialize(api.history(folder, ascending=True)),
        "refs": {
            ref: make_ready_to_serialize([e.dict_state(exclude={"priority", "addition"}) for e in api.check_ref(folder, ref)])
            for ref in refs[:: len(refs) // 4]
        },
    }


def parsed(name):
    found = parse_name(name, raise_on_fail=False)
    return {**found, "action": found["action"].value} if "action" in found else {}


verb, *rest = sys.argv[1:]
if verb == "make":
    make(rest[0], int(rest[1]), int(rest[2]))
elif verb == "show":
    print(json.dumps(shown(rest[0])))
else:
    print(json.dumps([parsed(json.loads(line)) for line in sys.stdin]))
