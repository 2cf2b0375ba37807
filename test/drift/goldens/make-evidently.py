"""Numbers of Evidently on made tables: writes evidently.json beside this file, or to another file for fresh random tables.

    bash .ci/python-tool.sh evidently && .cache/evidently/bin/python make-evidently.py [--random SEED TABLES FILE]

Tables are described, not written out: made-columns.ts makes the same values to the last bit.
"""

import json
import sys
import warnings
from pathlib import Path

import evidently
import numpy as np
import pandas as pd
import scipy
from evidently import Dataset, Report
from evidently.legacy.calculations import stattests
from evidently.legacy.core import ColumnType
from evidently.metrics import ValueDrift
from evidently.presets import DataDriftPreset
from made_columns import column, table

warnings.filterwarnings("ignore")


SHORT = {
    "K-S p_value": "ks",
    "Wasserstein distance (normed)": "wasserstein",
    "chi-square p_value": "chi-square",
    "Z-test p_value": "z",
    "Jensen-Shannon distance": "js",
}


def cleaned(series):
    return series.replace([-np.inf, np.inf], np.nan).dropna()


def by_measure(reference, current, kind):
    """Every measure that Evidently has for the type, whichever is the default; chi-square of a single class is left out: it is NaN or 0."""
    tests = {"psi": stattests.psi_stat_test, "kl": stattests.kl_div_stat_test, "js": stattests.jensenshannon_stat_test}
    if kind == ColumnType.Numerical:
        tests |= {"ks": stattests.ks_stat_test, "wasserstein": stattests.wasserstein_stat_test}
    elif pd.concat([cleaned(reference), cleaned(current)]).nunique() > 1:
        tests |= {"chi-square": stattests.chi_stat_test}
    results = {}
    for name, test in tests.items():
        result = test(cleaned(reference), cleaned(current), kind, None)
        results[name] = {"score": float(result.drift_score), "drifted": bool(result.drifted)}
    return results


def compared(spec):
    reference, current = table(spec, 0), table(spec, 1)
    definition = Dataset.from_pandas(current).data_definition
    types = {}
    for column in spec["columns"]:
        try:
            types[column["name"]] = definition.get_column_type(column["name"])
        except KeyError:
            types[column["name"]] = ColumnType.Unknown
    comparable = [name for name, kind in types.items() if kind in (ColumnType.Numerical, ColumnType.Categorical)]
    # The preset's count of drifted columns keeps infinite values that its columns' numbers leave out.
    if any(column["infinite"] > 0 for column in spec["columns"]):
        metrics = [ValueDrift(column=name) for name in comparable]
    else:
        metrics = [DataDriftPreset(columns=comparable)]
    report = Report(metrics, include_tests=True).run(current, reference).dict()
    failed = {test["metric_config"]["params"].get("column"): test["status"].value == "FAIL" for test in report["tests"]}
    columns = {}
    dataset = None
    for metric in report["metrics"]:
        if "column" not in metric["config"]:
            dataset = {"drifted": int(metric["value"]["count"]), "share": float(metric["value"]["share"]), "isDrift": failed[None]}
            continue
        name = metric["config"]["column"]
        columns[name] = {
            "type": types[name].name.lower(),
            "default": {"measure": SHORT[metric["config"]["method"]], "score": float(metric["value"]), "drifted": failed[name]},
            "byMeasure": by_measure(reference[name], current[name], types[name]),
        }
    for name, kind in types.items():
        columns.setdefault(name, {"type": kind.name.lower()})
    return {**spec, "columns": [{**column, "is": columns[column["name"]]} for column in spec["columns"]], "dataset": dataset}


def mixed(seed, shift):
    """Every rule of the preset's table: distinct values on both sides of 2, 5, 10 and 20; constants, missing values, one category."""
    made = [column("smooth", "smooth", seed, shift=shift), column("heavy", "heavy", seed + 1, shift=shift)]
    made += [column(f"steps {k}", "steps", seed + 10 + k, k) for k in (1, 2, 3, 5, 6, 20, 21, 60)]
    made += [column(f"int {k}", "int", seed + 40 + k, k) for k in (1, 2, 3, 10, 11, 40)]
    made += [column(f"category {k}", "category", seed + 80 + k, k) for k in (1, 2, 3, 12)]
    made += [column("new category", "category", seed + 100, 4, shift=shift), column("bool", "bool", seed + 101, shift=shift / 4)]
    made += [column("missing", "smooth", seed + 102, missing=0.1), column("int missing", "int", seed + 103, 8, missing=0.05)]
    made += [column("category missing", "category", seed + 104, 5, missing=0.3), column("int shifted", "int", seed + 105, 30, shift=40 * shift)]
    return made


def fixtures():
    sizes = [(999, 800), (1000, 1000), (1001, 1000), (1100, 60), (30, 40), (400, 2500), (3000, 700)]
    for i, rows in enumerate(sizes):
        yield {"rows": rows, "columns": mixed(1000 * (i + 1), 0.2 if i % 2 else 0.0)}
    # Missing values decide on which side of 1,000 a column is; the current side's type counts.
    yield {"rows": (1050, 500), "columns": [column("a", "smooth", 9000, missing=0.1), column("b", "smooth", 9001), column("c", "category", 9002, 4, missing=0.1)]}
    yield {"rows": (600, 600), "columns": [column("a", "smooth", 9100, infinite=0.02), column("b", "heavy", 9101, missing=0.1, infinite=0.05)]}
    yield {"rows": (1500, 600), "columns": [column("a", "smooth", 9200, infinite=0.02), column("b", "steps", 9201, 4, infinite=0.05)]}
    # Texts, true and false with missing ones, next to what is compared.
    yield {"rows": (50, 60), "columns": [column("text", "category", 9300, 5000), column("flag", "bool", 9301, missing=0.2), column("a", "smooth", 9302)]}


def random_tables(seed, tables):
    rng = np.random.default_rng(seed)
    around = [10, 60, 300, 950, 1000, 1001, 1050, 1500, 4000]
    for i in range(tables):
        made = []
        for c in range(int(rng.integers(3, 9))):
            kind = str(rng.choice(["smooth", "heavy", "steps", "int", "category", "bool"]))
            distinct = int(rng.choice([1, 2, 3, 5, 6, 10, 11, 20, 21, 50, 200]))
            shift = float(rng.choice([0, 0, 0.0625, 0.25, 1]))
            missing = float(rng.choice([0, 0, 0.02, 0.3])) if kind != "bool" else 0.0
            infinite = 0.0 if i % 5 or kind not in ("smooth", "heavy", "steps") else float(rng.choice([0, 0.03]))
            made.append(column(f"{c} {kind}", kind, int(rng.integers(0, 2**20)), distinct, shift, missing, infinite))
        yield {"rows": [int(rng.choice(around)), int(rng.choice(around))], "columns": made}


if sys.argv[1:2] == ["--random"]:
    specs, path = random_tables(int(sys.argv[2]), int(sys.argv[3])), Path(sys.argv[4])
else:
    specs, path = fixtures(), Path(__file__).with_name("evidently.json")
versions = {"evidently": evidently.__version__, "pandas": pd.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
path.write_text(json.dumps({"versions": versions, "tables": [compared(spec) for spec in specs]}, separators=(",", ":"), allow_nan=False) + "\n")
