/** Where the script is written, beside what trains. */
export const predictScriptName = "assay_predict.py";

/**
 * Scores rows with a pickled estimator of scikit-learn's interface, for repositories that train one and have no program that
 * uses it. It reads the columns by the names that the estimator was fitted with.
 */
export const predictScript = `"""Scores the rows of a table with a pickled scikit-learn model: python assay_predict.py model table out.csv

Written by \`assay init\`; yours to change. The model must have been fitted with a DataFrame, so that it knows its columns.
"""

import sys

import joblib
import pandas as pd

model_path, data_path, out_path = sys.argv[1:4]
model = joblib.load(model_path)
rows = pd.read_parquet(data_path) if data_path.endswith(".parquet") else pd.read_csv(data_path)
if not hasattr(model, "feature_names_in_"):
    sys.exit("The model does not know its columns: fit it with a DataFrame, or choose the columns here.")
features = rows[list(model.feature_names_in_)]
columns = {"prediction": model.predict(features)}
if hasattr(model, "predict_proba"):
    for label, values in zip(model.classes_, model.predict_proba(features).T):
        columns[f"proba_{label}"] = values
if len(sys.argv) > 4:
    columns = {"id": rows[sys.argv[4]], **columns}
pd.DataFrame(columns).to_csv(out_path, index=False)
`;
