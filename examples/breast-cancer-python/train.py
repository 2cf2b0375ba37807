"""Trains a classifier of breast tumours and writes it as ONNX.

By hand: `python train.py` reads params.yaml and data/train.csv and writes model.onnx and metrics.json here.
In a pull request Assay runs the same command and says by environment variables where things are.
"""

import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from skl2onnx import to_onnx
from sklearn.compose import make_column_transformer
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def first_path(variable: str, default: str) -> Path:
    """The first of the paths in an environment variable, or the one to use without Assay."""
    return Path(os.environ.get(variable, default).split(os.pathsep)[0])


def classifier(params: dict, seed: int):
    if params["model"] == "logistic-regression":
        return LogisticRegression(**params["logistic-regression"], random_state=seed)
    if params["model"] == "gradient-boosting":
        return GradientBoostingClassifier(**params["gradient-boosting"], random_state=seed)
    raise SystemExit(f"params.yaml: train.model is {params['model']!r}; use logistic-regression or gradient-boosting")


def main() -> None:
    output = Path(os.environ.get("ASSAY_OUTPUT_DIR", "."))
    seed = int(os.environ.get("ASSAY_SEED", "1"))
    params = yaml.safe_load(first_path("ASSAY_PARAMS", "params.yaml").read_text())["train"]
    train = pd.read_csv(first_path("ASSAY_DATA", "data/train.csv"))

    # The model takes every column but id and target, in the table's order, and picks its own.
    rows = train.drop(columns=["id", "diagnosis"])
    chosen = [rows.columns.get_loc(name) for name in params["features"]]
    features = rows.to_numpy(dtype=np.float32)
    target = train["diagnosis"].to_numpy(dtype=str)

    model = make_pipeline(
        make_column_transformer((StandardScaler(), chosen)),
        classifier(params, seed),
    )
    model.fit(features, target)

    # Without zipmap the probabilities are one tensor, a column a class.
    onnx = to_onnx(model, features[:1], options={"zipmap": False})
    (output / "model.onnx").write_bytes(onnx.SerializeToString())

    reported = {
        "train_rows": len(train),
        "train_accuracy": model.score(features, target),
        "train_log_loss": log_loss(target, model.predict_proba(features), labels=model.classes_),
    }
    (output / "metrics.json").write_text(json.dumps(reported, indent=2) + "\n")
    print(f"{len(train)} rows, accuracy on them {reported['train_accuracy']:.3f}")


if __name__ == "__main__":
    main()
