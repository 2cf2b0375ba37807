"""What River's ADWIN finds in made streams: writes river-adwin.json beside this file.

    bash .ci/python-tool.sh river && .cache/river/bin/python make-river-adwin.py
"""

import json
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from river.drift import ADWIN

sys.path.append(str(Path(__file__).parents[2] / "evaluation" / "goldens"))
from generator import uniform  # noqa: E402


def values(spec):
    """Parts of the stream one after the other: 0 and 1 with a share, or numbers around a mean."""
    made = []
    for i, (rows, level) in enumerate(spec["parts"]):
        u = uniform(1000 * spec["seed"] + i, rows)
        made.append((u < level).astype(float) if spec["kind"] == "errors" else u * u + level)
    return np.concatenate(made)


def found(spec):
    adwin = ADWIN(delta=spec["delta"])
    changes, widths = [], []
    for i, value in enumerate(values(spec)):
        adwin.update(float(value))
        if adwin.drift_detected:
            changes.append(i)
            widths.append(int(adwin.width))
    return {**spec, "changes": changes, "widths": widths, "width": int(adwin.width), "mean": float(adwin.estimation)}


def stream(seed, parts, kind="errors", delta=0.002):
    return {"seed": seed, "parts": parts, "kind": kind, "delta": delta}


SPECS = [
    stream(1, [(5000, 0.1), (5000, 0.1)]),
    stream(2, [(3000, 0.1), (3000, 0.2), (3000, 0.1)]),
    stream(3, [(1000, 0.05), (300, 0.5), (2000, 0.05)]),
    stream(4, [(20000, 0.17), (5000, 0.2), (5000, 0.35)]),
    stream(5, [(500, 0.0), (700, 1.0), (64, 0.0)]),
    stream(6, [(4000, 0.0), (4000, 0.25), (2000, 8.0)], kind="numbers"),
    stream(7, [(2000, 0.3), (2000, 0.4)], delta=0.2),
    stream(8, [(20, 0.5)]),
    *[stream(10 + i, [(800 + 37 * i, 0.02 * i), (900, 0.02 * i + 0.15), (650, 0.02 * i)], delta=[0.002, 0.05][i % 2]) for i in range(20)],
]
path = Path(__file__).with_name("river-adwin.json")
path.write_text(json.dumps({"versions": {"river": version("river")}, "streams": [found(spec) for spec in SPECS]}) + "\n")
