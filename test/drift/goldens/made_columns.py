"""Made columns of two tables: the twin of made-columns.ts, with the same values to the last bit."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.append(str(Path(__file__).parents[2] / "evaluation" / "goldens"))
from generator import uniform  # noqa: E402


def column(name, kind, seed, distinct=0, shift=0.0, missing=0.0, infinite=0.0):
    return {"name": name, "kind": kind, "seed": seed, "distinct": distinct, "shift": shift, "missing": missing, "infinite": infinite}


def values(column, rows, side):
    u = [uniform(16 * (2 * column["seed"] + side) + stream, rows) for stream in range(5)]
    shift = column["shift"] * side
    kind, distinct = column["kind"], column["distinct"]
    if kind == "smooth":
        made = ((u[0] + u[1]) + u[2]) + shift
    elif kind == "heavy":
        made = 1 / (1.001 - u[0]) + shift
    elif kind == "steps":
        made = np.floor(u[0] * distinct) / 8 + shift
    elif kind == "int":
        made = (np.floor(u[0] * distinct) + np.floor(shift)).astype(np.int64)
    elif kind == "category":
        made = np.array([f"c{int(value)}" for value in np.floor((u[0] * u[0]) * distinct + shift)], dtype=object)
    elif kind == "bool":
        made = u[0] < 0.25 + shift
    is_missing = u[3] < column["missing"]
    if is_missing.any():
        if kind == "category" or kind == "bool":
            made = np.where(is_missing, None, made.astype(object))
        else:
            made = np.where(is_missing, np.nan, made.astype(float))
    if column["infinite"] > 0:
        made = np.where(u[4] < column["infinite"], np.where(u[1] < 0.5, -np.inf, np.inf), made.astype(float))
    return made


def table(spec, side):
    return pd.DataFrame({c["name"]: pd.Series(values(c, spec["rows"][side], side)) for c in spec["columns"]})
