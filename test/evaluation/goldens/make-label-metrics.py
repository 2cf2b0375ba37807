"""Writes label-metrics.json beside this file: weighted labels, and rows with any number of labels. `npm run goldens` calls it.

    pip install scikit-learn==1.9.1 && python make-label-metrics.py

Of rows with any number of labels: a label that is neither in the test set nor predicted is left out of averages over labels, and
averages over rows leave out the rows that have nothing to divide by (`zero_division=np.nan`).
"""

import json
from pathlib import Path

import generator
import numpy as np
import scipy
import sklearn
from label_values import defined, label_values
from sklearn import metrics as sk

rng = np.random.default_rng(20260102)


def labelled(name, task, truth, predicted, weights=None, positive=None):
    truth, predicted = list(map(str, truth)), list(map(str, predicted))
    weights = None if weights is None else np.asarray(weights, float).tolist()
    kept = {"truth": truth, "predicted": predicted, "weights": weights, "positive": positive}
    return {"name": name, "task": task, "expected": label_values(truth, predicted, positive, weights)} | {
        key: value for key, value in kept.items() if value is not None
    }


def random_labelled(name, classes, shares, rows, weights, right=0.7, never=()):
    truth = rng.choice(classes, rows, p=np.array(shares) / sum(shares))
    other = rng.choice([label for label in classes if label not in never], rows)
    predicted = np.where((rng.random(rows) < right) & ~np.isin(truth, never), truth, other)
    task, positive = ("binary", classes[1]) if len(classes) == 2 else ("multiclass", None)
    return labelled(name, task, truth, predicted, weights, positive)


def multilabel_values(truth, predicted, weights=None):
    if weights is not None:
        # A row of weight 0 is left out: what only it has does not occur.
        truth, predicted, weights = truth[weights > 0], predicted[weights > 0], weights[weights > 0]
    weigh = {"sample_weight": weights}
    some = len(truth) > 0
    expected = {
        "accuracy": defined(lambda: sk.accuracy_score(truth, predicted, **weigh)) if some else None,
        "hamming_loss": defined(lambda: sk.hamming_loss(truth, predicted, **weigh)) if some else None,
    }
    options = {
        "macro": {"labels": np.flatnonzero((truth + predicted).sum(0))},
        "micro": {},
        # A label that the truth does not have weighs nothing.
        "weighted": {"labels": np.flatnonzero(truth.sum(0))},
        "samples": {"zero_division": np.nan},
    }
    for name, score in {"precision": sk.precision_score, "recall": sk.recall_score, "f1": sk.f1_score}.items():
        for average, chosen in options.items():
            empty = not some or len(chosen.get("labels", [0])) == 0
            value = None if empty else defined(lambda: score(truth, predicted, average=average, **chosen, **weigh))
            expected[f"{name}_{average}"] = value
    return expected


def multilabel(name, truth, predicted, weights=None):
    truth, predicted = np.asarray(truth, int), np.asarray(predicted, int)
    weights = None if weights is None else np.asarray(weights, float)
    case = {
        "name": name,
        "task": "multilabel",
        "columns": {"truth": truth.T.tolist(), "predicted": predicted.T.tolist()},
        "expected": multilabel_values(truth, predicted, weights),
    }
    return case if weights is None else case | {"weights": weights.tolist()}


def random_multilabel(name, rows, rates, weights=None, right=0.75):
    truth = (rng.random((rows, len(rates))) < rates).astype(int)
    predicted = np.where(rng.random(truth.shape) < right, truth, rng.random(truth.shape) < rates).astype(int)
    return multilabel(name, truth, predicted, weights)


def generated(case, **how):
    """Of a large table only how it is made is kept, and the numbers."""
    kept = {key: case[key] for key in ("name", "task", "positive", "expected") if key in case}
    return kept | {"generated": how}


def large_binary(name, rows, seed, steps):
    truth, (_, score) = generator.binary(rows, seed, steps)
    case = labelled(name, "binary", truth.astype(int), (score > 0.5).astype(int), generator.row_weights(rows, seed), "1")
    return generated(case, by="binary", rows=rows, seed=seed, steps=steps, weighted=True)


def large_multiclass(name, rows, seed):
    truth, columns = generator.multiclass(rows, seed)
    case = labelled(name, "multiclass", truth, np.argmax(columns, axis=1), generator.row_weights(rows, seed))
    return generated(case, by="multiclass", rows=rows, seed=seed, weighted=True)


def large_multilabel(name, rows, seed, labels, weighted):
    weights = generator.row_weights(rows, seed) if weighted else None
    case = multilabel(name, *generator.multilabel(rows, seed, labels), weights)
    return generated(case, by="multilabel", rows=rows, seed=seed, labels=labels, weighted=weighted)


def some(rows):
    return np.round(rng.exponential(1, rows), 3)


three = ["a", "b", "c"]
cases = [
    random_labelled("binary, weights", ["0", "1"], [3, 2], 150, some(150)),
    random_labelled("binary, whole weights", ["0", "1"], [1, 1], 120, rng.integers(1, 5, 120)),
    random_labelled("binary, every third weight is 0", ["0", "1"], [3, 1], 90, np.arange(90) % 3),
    random_labelled("binary, the same weight", ["no", "yes"], [3, 1], 90, np.full(90, 0.1)),
    random_labelled("binary, weights of many sizes", ["0", "1"], [1, 1], 100, 10.0 ** rng.integers(-6, 7, 100)),
    random_labelled("binary, rare class", ["0", "1"], [49, 1], 300, some(300)),
    labelled("binary, two rows", "binary", [0, 1], [0, 1], [0.3, 0.7], "1"),
    labelled("binary, two rows, one wrong", "binary", [0, 1], [1, 1], [0.3, 0.7], "1"),
    labelled("binary, the only positive row weighs 0", "binary", [0, 1, 0], [0, 1, 1], [1, 0, 2], "1"),
    labelled("binary, one class only", "binary", [0, 0, 0], [0, 1, 0], [1, 2, 3], "1"),
    labelled("binary, one class and nothing else", "binary", [0, 0, 0], [0, 0, 0], [1, 2, 3], "1"),
    labelled("binary, constant predictions", "binary", [0, 1, 1], [1, 1, 1], [1, 2, 0.1], "1"),
    random_labelled("three classes, weights", three, [3, 2, 1], 200, some(200)),
    random_labelled("three classes, weights of 0", three, [1, 1, 1], 120, np.arange(120) % 2),
    random_labelled("five classes, a rare one", ["0", "1", "2", "3", "10"], [5, 5, 3, 2, 0.3], 250, some(250)),
    random_labelled("a class is never predicted", three, [3, 2, 1], 80, some(80), never=["c"]),
    random_labelled("a class is absent from the truth", three, [3, 2, 0], 80, some(80)),
    labelled("multiclass, a class that only rows of weight 0 have", "multiclass", three + ["a"], ["a", "b", "a", "b"], [1, 2, 0, 3]),
    labelled("multiclass, two rows", "multiclass", ["a", "b"], ["a", "c"], [2, 1]),
    random_multilabel("multilabel", 120, [0.5, 0.3, 0.2, 0.4]),
    random_multilabel("multilabel, weights", 120, [0.5, 0.3, 0.2, 0.4], some(120)),
    random_multilabel("multilabel, weights of 0", 90, [0.5, 0.3, 0.2], np.arange(90) % 3),
    random_multilabel("multilabel, mostly empty rows", 150, [0.1, 0.05, 0.08]),
    random_multilabel("multilabel, twelve labels", 300, np.linspace(0.05, 0.6, 12), some(300)),
    random_multilabel("multilabel, two labels", 60, [0.5, 0.5]),
    multilabel("multilabel, perfect", [[1, 0, 1], [0, 1, 0], [0, 0, 1]], [[1, 0, 1], [0, 1, 0], [0, 0, 1]]),
    multilabel("multilabel, perfect, with an empty row", [[1, 0], [0, 0], [0, 1]], [[1, 0], [0, 0], [0, 1]]),
    multilabel("multilabel, all wrong", [[1, 0], [0, 1], [1, 0]], [[0, 1], [1, 0], [0, 1]]),
    multilabel("multilabel, a label is never predicted", [[1, 1, 0], [0, 1, 1]], [[1, 0, 0], [0, 0, 1]]),
    multilabel("multilabel, a label is never true", [[1, 0, 0], [0, 0, 1]], [[1, 1, 0], [0, 0, 1]]),
    multilabel("multilabel, a label occurs nowhere", [[1, 0, 0], [0, 0, 1]], [[1, 0, 1], [0, 0, 1]], [1, 2]),
    multilabel("multilabel, a label that only a row of weight 0 has", [[1, 1, 0], [0, 0, 1]], [[1, 1, 1], [0, 0, 1]], [0, 2]),
    multilabel("multilabel, one label only", [[1, 0], [0, 0], [1, 0]], [[1, 0], [1, 0], [0, 0]]),
    multilabel("multilabel, nothing is true", [[0, 0], [0, 0]], [[1, 0], [0, 1]]),
    multilabel("multilabel, nothing is predicted", [[1, 0], [0, 1]], [[0, 0], [0, 0]]),
    multilabel("multilabel, nothing at all", [[0, 0], [0, 0]], [[0, 0], [0, 0]]),
    multilabel("multilabel, the same in every row", [[1, 0, 1]] * 40, [[1, 1, 0]] * 40),
    multilabel("multilabel, two rows", [[1, 0, 1], [0, 1, 1]], [[1, 0, 0], [0, 1, 1]]),
    multilabel("multilabel, one row", [[1, 0, 1]], [[1, 1, 1]]),
    multilabel("multilabel, no rows", np.empty((0, 2)), np.empty((0, 2))),
    large_binary("binary, 1,000,000 weighted rows", 1_000_000, 5, 0),
    large_multiclass("multiclass, 1,000,000 weighted rows", 1_000_000, 6),
    large_multilabel("multilabel, 1,000,000 rows", 1_000_000, 7, 5, False),
    large_multilabel("multilabel, 1,000,000 weighted rows", 1_000_000, 8, 7, True),
]
versions = {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
Path(__file__).with_name("label-metrics.json").write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
