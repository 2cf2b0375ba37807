"""NannyML's performance without labels (CBPE) on made tables: writes nannyml-cbpe.json beside this file, or to another file
for fresh random tables, but for those where how NannyML's sorting leaves ties decides whether it calibrates, and those with a chunk that
lacks a class, which it refuses.

    bash .ci/python-tool.sh nannyml && .cache/nannyml/bin/python make-nannyml-cbpe.py [--random SEED TABLES FILE]

Missing values only where nothing is calibrated: there NannyML fails at them. Tables are described, not written out: made-predictions.ts makes the same values to the last bit.
"""

import json
import logging
import os
import sys
import warnings
from pathlib import Path

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import nannyml  # noqa: E402
import nannyml.calibration  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from nannyml.exceptions import CalculatorException, InvalidArgumentsException  # noqa: E402
from nannyml.sampling_error import binary_classification as binary_errors  # noqa: E402

sys.path.append(str(Path(__file__).parents[2] / "evaluation" / "goldens"))
from generator import uniform  # noqa: E402

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

METRICS = ["roc_auc", "average_precision", "f1", "precision", "recall", "specificity", "accuracy"]


def made(spec, side):
    """Rows of one side: how likely each class truly is, what the model says, and what turned out."""
    rows, classes = spec["rows"][side], spec["classes"]
    u = [uniform(64 * (2 * spec["seed"] + side) + stream, rows) for stream in range(classes + 3)]
    label, bend, gone = u[classes], spec["bend"], u[classes + 1] < spec["missing"] * side
    if classes == 2:
        # Ties where steps are given.
        likely = u[0] * (0.5 + 0.5 * u[1]) if spec["steps"] == 0 else np.floor(u[0] * spec["steps"]) / spec["steps"]
        shift = spec["shift"] * side
        likely = likely * (1 - shift) + shift * u[1] * u[1]
        said = likely + bend * likely * (1 - likely)
        truth = (label < likely).astype(int)
        predicted = (said >= spec["threshold"]).astype(int)
        return pd.DataFrame({"p": np.where(gone, np.nan, said), "predicted": predicted, "truth": truth})
    weights = [u[i] * u[i] + 0.01 for i in range(classes)]
    total = weights[0]
    for weight in weights[1:]:
        total = total + weight
    likely = [weight / total for weight in weights]
    said = [p + bend * p * (1 - p) for p in likely]
    total = said[0]
    for p in said[1:]:
        total = total + p
    said = [p / total for p in said]
    truth = np.zeros(rows, dtype=int)
    upto = likely[0]
    for p in likely[1:]:
        truth = truth + (label >= upto)
        upto = upto + p
    frame = {f"p{i}": np.where(gone, np.nan, said[i]) for i in range(classes)}
    predicted = np.argmax(np.array(said), axis=0)
    return pd.DataFrame({**frame, "predicted": [f"c{i}" for i in predicted], "truth": [f"c{i}" for i in truth]})


calibration_error = nannyml.calibration._calculate_expected_calibration_error
errors = []


def noted_error(truth, said, bins):
    """How ties are sorted, and so the error, is up to the processor; beside it the one with ties in the order of rows."""
    truth, said = np.asarray(truth), np.asarray(said)
    order = np.argsort(said, kind="stable")
    means = [(np.mean(said[order][a:z]), np.mean(truth[order][a:z]), (z - a) / len(said)) for a, z in bins]
    found = calibration_error(truth, said, bins)
    errors.append((found, sum(weight * abs(said - true) for said, true, weight in means)))
    return found


nannyml.calibration._calculate_expected_calibration_error = noted_error


def decided_by_ties():
    return any((before[0] > after[0]) != (before[1] > after[1]) for before, after in zip(errors[::2], errors[1::2]))


def estimated(spec):
    errors.clear()
    is_binary = spec["classes"] == 2
    chunking = {f"chunk_{name}": value for name, value in spec["chunking"].items()}
    np.random.seed(spec["seed"])
    estimator = nannyml.CBPE(
        metrics=METRICS,
        y_pred_proba="p" if is_binary else {f"c{i}": f"p{i}" for i in range(spec["classes"])},
        y_pred="predicted",
        y_true="truth",
        problem_type="classification_binary" if is_binary else "classification_multiclass",
        **chunking,
    )
    reference = made(spec, 0)
    try:
        estimator.fit(reference)
        data = estimator.estimate(made(spec, 1)).filter(period="analysis").data
    except (CalculatorException, InvalidArgumentsException) as error:
        if "n_classes" not in str(error):
            raise
        # NannyML refuses a chunk that lacks a class.
        return None
    if decided_by_ties():
        return None
    number = lambda value: None if pd.isna(value) else float(value)  # noqa: E731
    first_number = lambda values: next((float(value) for value in values if not pd.isna(value)), None)  # noqa: E731
    found = {}
    for metric in METRICS:
        result = data[metric]
        found[metric] = {
            # Of a chunk whose estimate cannot be said NannyML leaves out the thresholds too, which are the metric's.
            "lower": first_number(result["lower_threshold"]),
            "upper": first_number(result["upper_threshold"]),
            "chunks": [
                {
                    "estimate": number(row["value"]),
                    "error": number(row["sampling_error"]),
                    "low": number(row["lower_confidence_boundary"]),
                    "high": number(row["upper_confidence_boundary"]),
                    "alert": None if pd.isna(row["alert"]) else bool(row["alert"]),
                }
                for _, row in result.iterrows()
            ],
        }
    calibrators = [estimator.needs_calibration] if is_binary else [
        type(estimator._calibrators[f"c{i}"]).__name__ != "NoopCalibrator" for i in range(spec["classes"])
    ]
    made_of = {**spec, "calibrated": [bool(c) for c in calibrators], "metrics": found}
    if is_binary and spec["drawn"]:
        # NannyML draws 50 samples; the mean of many such draws is what ours is compared with.
        drawn = [binary_errors.ap_sampling_error_components(reference["truth"], reference["p"]) for _ in range(spec["drawn"])]
        made_of["drawnError"] = float(np.mean([std * np.sqrt(size) for std, size in drawn]))
    return made_of


def described(seed, rows, chunking, classes=2, bend=0.0, threshold=0.5, steps=0, shift=0.0, missing=0.0, drawn=0):
    return {
        **{"seed": seed, "rows": rows, "chunking": chunking, "classes": classes, "bend": bend, "threshold": threshold},
        **{"steps": steps, "shift": shift, "missing": missing, "drawn": drawn},
    }


def fixtures():
    yield described(1, (2000, 1500), {"number": 5}, drawn=40)
    yield described(2, (2000, 1500), {"number": 5}, bend=0.5, drawn=40)
    yield described(3, (3001, 1203), {"size": 400}, bend=-0.75, threshold=0.25, shift=0.5)
    yield described(35, (1200, 900), {"number": 10}, missing=0.2)
    yield described(5, (500, 300), {"size": 50}, threshold=0.9, steps=20)
    # Never predicted positive.
    yield described(6, (400, 300), {"number": 4}, threshold=2.0)
    yield described(7, (2500, 2000), {"number": 5}, classes=3, bend=-0.75)
    yield described(8, (2500, 2000), {"number": 5}, classes=4, bend=0.75)
    yield described(33, (1500, 900), {"number": 3}, classes=3, missing=0.1)
    yield described(9, (60, 45), {"size": 15}, bend=0.5)


def random_tables(seed, tables):
    rng = np.random.default_rng(seed)
    for _ in range(tables):
        rows = [int(rng.choice([200, 601, 1500, 4000])), int(rng.choice([90, 500, 1200]))]
        bend = float(rng.choice([-0.75, -0.25, 0, 0, 0.25, 0.75]))
        yield described(
            int(rng.integers(1, 2**20)),
            rows,
            {"number": int(rng.choice([2, 5, 10]))} if rng.random() < 0.6 else {"size": int(rng.choice([40, 75]))},
            classes=int(rng.choice([2, 2, 3, 5])),
            bend=bend,
            threshold=float(rng.choice([0.25, 0.5, 0.75])),
            shift=float(rng.choice([0, 0, 0.25, 0.5])),
            missing=0.0,
        )


if sys.argv[1:2] == ["--random"]:
    specs, path = random_tables(int(sys.argv[2]), int(sys.argv[3])), Path(sys.argv[4])
else:
    specs, path = fixtures(), Path(__file__).with_name("nannyml-cbpe.json")
tables = [table for table in map(estimated, specs) if table is not None]
versions = {"nannyml": nannyml.__version__, "pandas": pd.__version__, "numpy": np.__version__}
path.write_text(json.dumps({"versions": versions, "tables": tables}, separators=(",", ":"), allow_nan=False) + "\n")
