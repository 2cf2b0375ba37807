"""Writes metrics.json beside this file: cases and what scikit-learn says of them. `npm run goldens` calls it.

    pip install scikit-learn==1.9.1 && python make-metrics.py
"""

import json
from pathlib import Path

import generator
import numpy as np
import scipy
import sklearn
from label_values import defined, label_values
from sklearn import metrics as sk

none = np.empty(0)
rng = np.random.default_rng(20260101)


def binary(name, truth, predicted, score, positive, columns=False):
    truth, predicted, score = list(map(str, truth)), list(map(str, predicted)), np.asarray(score, float)
    other = sorted((set(truth) | set(predicted)) - {positive}) or ["other"]
    flags = np.array([label == positive for label in truth])
    probabilities = np.column_stack([1 - score, score])
    is_probability = bool(((score >= 0) & (score <= 1)).all())
    both = len(set(flags)) == 2
    expected = label_values(truth, predicted, positive) | {
        "roc_auc": defined(lambda: sk.roc_auc_score(flags, score)) if both else None,
        "average_precision": defined(lambda: sk.average_precision_score(flags, score)) if truth else None,
        "log_loss": defined(lambda: sk.log_loss(flags, probabilities, labels=[False, True])) if is_probability else None,
        "brier_score": defined(lambda: sk.brier_score_loss(flags, probabilities, labels=[False, True])) if is_probability else None,
    }
    return {
        "name": name,
        "task": "binary",
        "positive": positive,
        "truth": truth,
        "predicted": predicted,
        "classes": [other[0], positive] if columns else [positive],
        "probabilities": probabilities.T.tolist() if columns else [score.tolist()],
        "expected": expected,
    }


def multiclass(name, truth, predicted, classes, probabilities):
    truth, predicted = list(map(str, truth)), list(map(str, predicted))
    order = np.argsort(classes)
    labels = [classes[i] for i in order]
    columns = np.asarray(probabilities, float)[:, order]
    every = set(truth) == set(classes)

    def auc(**options):
        return defined(lambda: sk.roc_auc_score(truth, columns, labels=labels, **options)) if every else None

    expected = label_values(truth, predicted) | {
        "roc_auc_ovr": auc(multi_class="ovr"),
        "roc_auc_ovr_weighted": auc(multi_class="ovr", average="weighted"),
        "roc_auc_ovo": auc(multi_class="ovo"),
        "roc_auc_ovo_weighted": auc(multi_class="ovo", average="weighted"),
        "average_precision": defined(lambda: sk.average_precision_score(truth, columns)) if every else None,
        "log_loss": defined(lambda: sk.log_loss(truth, columns, labels=labels)) if set(truth) <= set(classes) else None,
        "brier_score": defined(lambda: sk.brier_score_loss(truth, columns, labels=labels)) if set(truth) <= set(classes) else None,
    }
    return {
        "name": name,
        "task": "multiclass",
        "truth": truth,
        "predicted": predicted,
        "classes": list(classes),
        "probabilities": np.asarray(probabilities, float).T.tolist(),
        "expected": expected,
    }


def regression(name, truth, predicted):
    truth, predicted = np.asarray(truth, float), np.asarray(predicted, float)
    spread = len(truth) > 1 and len(set(truth)) > 1
    return {
        "name": name,
        "task": "regression",
        "truth": truth.tolist(),
        "predicted": predicted.tolist(),
        "expected": {
            "mean_absolute_error": defined(lambda: sk.mean_absolute_error(truth, predicted)),
            "mean_squared_error": defined(lambda: sk.mean_squared_error(truth, predicted)),
            "root_mean_squared_error": defined(lambda: sk.root_mean_squared_error(truth, predicted)),
            "mean_absolute_percentage_error": defined(lambda: sk.mean_absolute_percentage_error(truth, predicted)),
            "median_absolute_error": defined(lambda: sk.median_absolute_error(truth, predicted)),
            "r2": defined(lambda: sk.r2_score(truth, predicted)) if spread else None,
        },
    }


def random_binary(name, rows, rate, decimals, labels=("0", "1"), columns=False, logits=False):
    truth = rng.random(rows) < rate
    raw = rng.normal(truth * 1.2 - 0.5, 1)
    score = np.round(raw if logits else 1 / (1 + np.exp(-raw)), decimals)
    predicted = score > (0 if logits else 0.5)
    return binary(name, np.where(truth, labels[1], labels[0]), np.where(predicted, labels[1], labels[0]), score, labels[1], columns)


def random_multiclass(name, rows, classes, weights, decimals, never=()):
    truth = rng.choice(classes, rows, p=np.array(weights) / sum(weights))
    logits = rng.normal(0, 1, (rows, len(classes))) + 1.3 * (truth[:, None] == np.array(classes))
    probabilities = np.round(np.exp(logits) / np.exp(logits).sum(1, keepdims=True), decimals)
    # The last column takes up the rounding, exactly enough for scikit-learn.
    probabilities[:, -1] = 1 - probabilities[:, :-1].sum(1)
    allowed = np.array([name not in never for name in classes])
    predicted = np.array(classes)[np.argmax(np.where(allowed, probabilities, -1), axis=1)]
    return multiclass(name, truth, predicted, list(classes), np.clip(probabilities, 0, 1))


cases = [
    random_binary("binary, no ties", 120, 0.4, 6),
    random_binary("binary, two columns", 80, 0.5, 5, columns=True),
    random_binary("binary, many ties", 150, 0.4, 1),
    random_binary("binary, rare class", 200, 0.04, 3),
    random_binary("binary, text labels", 90, 0.3, 2, labels=("no fraud", "fraud"), columns=True),
    random_binary("binary, positive sorts first", 90, 0.3, 2, labels=("malignant", "benign")),
    random_binary("binary, logits as scores", 100, 0.5, 3, logits=True),
    binary("binary, every score the same", [0, 1, 1, 0, 1], [1, 1, 1, 1, 1], [0.5] * 5, "1"),
    binary("binary, perfect", [0, 0, 1, 1], [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9], "1"),
    binary("binary, all wrong", [0, 0, 1, 1], [1, 1, 0, 0], [0.9, 0.8, 0.2, 0.1], "1"),
    binary("binary, certain and wrong", [0, 1, 1, 0], [0, 1, 0, 1], [0.0, 1.0, 0.0, 1.0], "1"),
    binary("binary, no positive row", [0, 0, 0], [0, 1, 0], [0.2, 0.6, 0.3], "1"),
    binary("binary, only positive rows", [1, 1, 1], [1, 1, 0], [0.7, 0.6, 0.3], "1"),
    binary("binary, never predicted", [0, 1, 0, 1], [0, 0, 0, 0], [0.2, 0.4, 0.1, 0.3], "1"),
    binary("binary, one row", [1], [1], [0.9], "1"),
    random_multiclass("three classes", 150, ["a", "b", "c"], [3, 2, 1], 6),
    random_multiclass("three classes, ties", 150, ["a", "b", "c"], [1, 1, 1], 1),
    random_multiclass("five classes, a rare one", 200, ["0", "1", "2", "3", "10"], [5, 5, 3, 2, 0.3], 4),
    random_multiclass("columns not in order", 100, ["zebra", "ant", "mouse"], [1, 2, 3], 3),
    random_multiclass("a class is never predicted", 80, ["a", "b", "c"], [3, 2, 1], 3, never=["c"]),
    random_multiclass("a class is absent from the truth", 80, ["a", "b", "c", "d"], [3, 2, 1, 0], 3),
    multiclass("one class only", ["a", "a"], ["a", "b"], ["a", "b", "c"], [[0.6, 0.3, 0.1], [0.2, 0.7, 0.1]]),
    multiclass("perfect", ["a", "b", "c"], ["a", "b", "c"], ["a", "b", "c"], np.eye(3)),
]
truth = rng.normal(10, 3, 120)
cases += [
    regression("noise", truth, truth + rng.normal(0, 1, 120)),
    regression("even count, ties", np.round(truth[:60]), np.round(truth[:60] + rng.normal(0, 2, 60))),
    regression("odd count", truth[:41], truth[:41] * 1.1 - 1),
    regression("heavy tails", truth[:80], truth[:80] + rng.standard_t(2, 80)),
    regression("large offset", truth[:50] + 1e8, truth[:50] + 1e8 + rng.normal(0, 1, 50)),
    regression("zeros in the target", [0, 0, 1, 2], [0.5, 0, 1, 3]),
    regression("constant target", [3, 3, 3], [3, 2, 4]),
    regression("perfect", [1, 2, 3], [1, 2, 3]),
    regression("one row", [1], [2]),
]


def generated(case, generator_name, **how):
    """Of a large table only how it is made is kept, and the numbers."""
    kept = {key: case[key] for key in ("name", "task", "positive", "expected") if key in case}
    return kept | {"generated": {"by": generator_name, **how}}


def large_binary(name, rows, seed, steps):
    truth, (_, score) = generator.binary(rows, seed, steps)
    case = binary(name, truth.astype(int), (score > 0.5).astype(int), score, "1")
    return generated(case, "binary", rows=rows, seed=seed, steps=steps)


def large_multiclass(name, rows, seed):
    truth, columns = generator.multiclass(rows, seed)
    case = multiclass(name, truth, np.argmax(columns, axis=1), ["0", "1", "2"], columns)
    return generated(case, "multiclass", rows=rows, seed=seed)


def large_regression(name, rows, seed):
    return generated(regression(name, *generator.regression(rows, seed)), "regression", rows=rows, seed=seed)


cases += [
    binary("binary, no rows", [], [], none, "1"),
    multiclass("multiclass, no rows", [], [], ["a", "b"], np.empty((0, 2))),
    regression("regression, no rows", [], []),
    binary("binary, two rows", [0, 1], [0, 1], [0.4, 0.6], "1"),
    binary("binary, two rows, both wrong", [0, 1], [1, 0], [0.6, 0.4], "1"),
    binary("binary, two rows that tie", [0, 1], [0, 0], [0.5, 0.5], "1"),
    multiclass("multiclass, two rows", ["a", "b"], ["a", "c"], ["a", "b", "c"], [[0.5, 0.3, 0.2], [0.1, 0.2, 0.7]]),
    regression("regression, two rows", [1, 3], [1.5, 2]),
    binary("binary, constant scores of many rows", [0, 1] * 40, [0, 0] * 40, [0.3] * 80, "1"),
    regression("regression, constant predictions", np.arange(40) / 7, np.full(40, 2.0)),
    large_binary("binary, 100,000 rows on 50 scores", 100_000, 1, 50),
    large_binary("binary, 1,000,000 rows", 1_000_000, 2, 0),
    large_multiclass("multiclass, 1,000,000 rows", 1_000_000, 3),
    large_regression("regression, 1,000,000 rows", 1_000_000, 4),
]
versions = {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
Path(__file__).with_name("metrics.json").write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
