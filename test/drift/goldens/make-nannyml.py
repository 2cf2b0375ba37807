"""Numbers of NannyML on made tables: writes nannyml.json beside this file, or to another file for fresh random tables.

    bash .ci/python-tool.sh nannyml && .cache/nannyml/bin/python make-nannyml.py [--random SEED TABLES FILE]

Tables are described, not written out: made-columns.ts makes the same values to the last bit.
"""

import json
import logging
import os
import sys
import warnings
from pathlib import Path

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import nannyml  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import scipy  # noqa: E402
from made_columns import column, table  # noqa: E402

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

CONTINUOUS = ["jensen_shannon", "hellinger", "kolmogorov_smirnov", "wasserstein"]
CATEGORICAL = ["jensen_shannon", "hellinger", "l_infinity", "chi2"]


def compared(spec):
    chunking = {f"chunk_{name}": value for name, value in spec["chunking"].items()}
    tables = [table(spec, side) for side in (0, 1)]
    if "period" in spec["chunking"]:
        chunking = {"chunk_period": spec["chunking"]["period"][0].upper(), "timestamp_column_name": "time"}
        for side, made in enumerate(tables):
            made["time"] = times(spec["rows"][side], spec["chunking"]["days"], side)
    calculator = nannyml.UnivariateDriftCalculator(
        column_names=[c["name"] for c in spec["columns"]], continuous_methods=CONTINUOUS, categorical_methods=CATEGORICAL, **chunking
    )
    calculator.fit(tables[0])
    data = calculator.calculate(tables[1]).filter(period="analysis").data
    columns = []
    for made in spec["columns"]:
        name = made["name"]
        found = {}
        for method in CATEGORICAL if made["kind"] in ("category", "bool") else CONTINUOUS:
            result = data[name][method]
            threshold = result["upper_threshold"].iloc[0]
            found[method] = {
                "threshold": None if pd.isna(threshold) else float(threshold),
                "values": [None if pd.isna(value) else float(value) for value in result["value"]],
                # Of a chunk without values its chi2 says again what the chunk before said.
                "alerts": [bool(alert) and not pd.isna(value) for alert, value in zip(result["alert"], result["value"])],
            }
        columns.append({**made, "is": found})
    return {**spec, "columns": columns}


def times(rows, days, side):
    """Times of so many days from 30 December 2025 on, in no order."""
    start = pd.Timestamp("2025-12-30") + pd.Timedelta(days=days * side)
    return pd.Series([start + pd.Timedelta(seconds=(row * 7919) % rows * (86_400 * days // rows)) for row in range(rows)])


def fixtures():
    def mixed(seed, shift):
        made = [column("smooth", "smooth", seed, shift=shift), column("heavy", "heavy", seed + 1, shift=shift)]
        made += [column("steps 3", "steps", seed + 2, 3), column("steps 40", "steps", seed + 3, 40, shift=shift)]
        made += [column("constant", "steps", seed + 4, 1), column("int", "int", seed + 5, 12, shift=4 * shift)]
        made += [column(f"category {k}", "category", seed + 10 + k, k) for k in (1, 2, 7)]
        made += [column("new category", "category", seed + 20, 4, shift=shift), column("bool", "bool", seed + 21, shift=shift / 4)]
        made += [column("missing", "smooth", seed + 22, missing=0.3), column("category missing", "category", seed + 23, 5, missing=0.3)]
        return made

    for i, rows in enumerate([(500, 300), (1003, 999), (57, 40)]):
        yield {"rows": rows, "chunking": {"number": 10}, "columns": mixed(1000 * (i + 1), 0.25 if i == 1 else 0.0)}
    yield {"rows": (700, 900), "chunking": {"size": 120}, "columns": mixed(5000, 0.25)}
    for period, days, shift in [("day", 9, 0.25), ("week", 40, 0.0), ("month", 200, 0.0), ("year", 900, 0.25)]:
        yield {"rows": (700, 500), "chunking": {"period": period, "days": days}, "columns": mixed(7000 + days, shift)}
    # From 10,000 rows on the reference is kept as a histogram.
    many = [column("smooth", "smooth", 6000, shift=0.0625), column("heavy", "heavy", 6001), column("steps", "steps", 6002, 30, shift=1.0)]
    yield {"rows": (10_000, 4000), "chunking": {"number": 10}, "columns": many + [column("constant", "steps", 6003, 1, shift=1.0)]}
    yield {"rows": (12_000, 3000), "chunking": {"size": 1000}, "columns": [column("smooth", "smooth", 6100, missing=0.05, shift=1.0)]}


def random_tables(seed, tables):
    rng = np.random.default_rng(seed)
    for _ in range(tables):
        made = []
        for c in range(int(rng.integers(2, 6))):
            kind = str(rng.choice(["smooth", "heavy", "steps", "int", "category", "bool"]))
            distinct = int(rng.choice([1, 2, 3, 5, 10, 21, 50]))
            shift = float(rng.choice([0, 0, 0.0625, 0.25, 1]))
            made.append(column(f"{c} {kind}", kind, int(rng.integers(0, 2**20)), distinct, shift, float(rng.choice([0, 0, 0.02, 0.3]))))
        rows = [int(rng.choice([60, 300, 999, 2005, 10_500], p=[0.25, 0.25, 0.2, 0.2, 0.1])), int(rng.choice([45, 300, 1500]))]
        # Of a reference that is one chunk NannyML's threshold is rounding, or NaN.
        chunking = {"number": 10} if rng.random() < 0.7 else {"size": min(int(rng.choice([7, 50, 333])), rows[0] // 2)}
        if rng.random() < 0.25:
            period, days = [("day", 12), ("week", 60), ("month", 300), ("year", 1500)][int(rng.integers(4))]
            chunking = {"period": period, "days": days}
        yield {"rows": rows, "chunking": chunking, "columns": made}


if sys.argv[1:2] == ["--random"]:
    specs, path = random_tables(int(sys.argv[2]), int(sys.argv[3])), Path(sys.argv[4])
else:
    specs, path = fixtures(), Path(__file__).with_name("nannyml.json")
versions = {"nannyml": nannyml.__version__, "pandas": pd.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
path.write_text(json.dumps({"versions": versions, "tables": [compared(spec) for spec in specs]}, separators=(",", ":"), allow_nan=False) + "\n")
