"""Writes the employment census of Massachusetts that ships in NannyML's package as tables, and what NannyML says of them.

    .cache/nannyml/bin/python scripts/census/make-tables.py FOLDER

FOLDER/2015.parquet … 2018.parquet: the columns that the model reads. FOLDER/predictions.parquet: every row in the file's order with
its year, what the model said and what was true. FOLDER/nannyml.json: NannyML's estimates of each year and of each 5,000 rows.
"""

import json
import logging
import os
import sys
import warnings
from pathlib import Path

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import nannyml  # noqa: E402
import pandas as pd  # noqa: E402

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
folder = Path(sys.argv[1])
WINDOW = 5000
METRICS = ["roc_auc", "accuracy", "f1", "precision", "recall", "specificity"]

reference, analysis, target = nannyml.load_us_census_ma_employment_data()
everything = pd.concat([reference, analysis.merge(target, on="id")], ignore_index=True)
said = ["prediction", "predicted_probability", "employed"]
for year, rows in everything.groupby("year"):
    rows.drop(columns=["id", "year", *said]).to_parquet(folder / f"{year}.parquet", index=False)
kept = everything[["year", *said, "RELP"]].astype({"RELP": "string"}).astype({"RELP": "float"})
kept.to_parquet(folder / "predictions.parquet", index=False)
# Chunks by period want a time.
for frame in (reference, analysis):
    frame["when"] = pd.to_datetime(frame["year"].astype(str) + "-06-30")


def estimates(**chunking):
    estimator = nannyml.CBPE(
        metrics=METRICS,
        y_pred_proba="predicted_probability",
        y_pred="prediction",
        y_true="employed",
        problem_type="classification_binary",
        **chunking,
    )
    estimator.fit(reference)
    data = estimator.estimate(analysis).filter(period="analysis").data
    values = {metric: [float(value) for value in data[metric]["value"]] for metric in METRICS}
    alerts = {metric: [bool(alert) for alert in data[metric]["alert"]] for metric in METRICS}
    return {"estimates": values, "alerts": alerts}


written = {
    "version": nannyml.__version__,
    "window": WINDOW,
    "years": estimates(chunk_period="Y", timestamp_column_name="when"),
    "windows": estimates(chunk_size=WINDOW),
}
(folder / "nannyml.json").write_text(json.dumps(written))
