"""Writes score-metrics.json beside this file: metrics of scores and of numbers, with weights of rows, of many labels a row, and those
that scikit-learn has under no name of their own. `npm run goldens` calls it.

    pip install scikit-learn==1.9.1 && python make-score-metrics.py

Where scikit-learn warns that a metric is ill-defined or replaces a zero division, the golden is null.
"""

import json
from pathlib import Path

import generator
import numpy as np
import scipy
import sklearn
from label_values import defined
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

rng = np.random.default_rng(20260103)


def counted(weights, *columns):
    """Rows of weight 0 are left out: what only they have does not occur."""
    if weights is None:
        return (None, *columns)
    keep = weights > 0
    return (weights[keep], *(column[keep] for column in columns))


def recall_at_fpr(truth, score, most, weights):
    false_rate, recall, _ = sk.roc_curve(truth, score, sample_weight=weights, drop_intermediate=False)
    return recall[false_rate <= most].max()


def precision_at_k(truth, score, k, weights):
    """What is expected of a random order of rows that tie at the cut."""
    weights = np.ones(len(truth)) if weights is None else weights
    if weights.sum() < k:
        raise ValueError("fewer rows than k")
    levels = np.unique(score)[::-1]
    above, found = 0.0, 0.0
    for level in levels:
        tied = score == level
        take = min(1, (k - above) / weights[tied].sum())
        found += take * weights[tied & truth].sum()
        above += take * weights[tied].sum()
        if take < 1 or above == k:
            break
    return found / k


def calibration_error(came, probability, bins, weights):
    """Guo et al. 2017: bins (i / n, (i + 1) / n], the first with 0 too."""
    weights = np.ones(len(came)) if weights is None else weights
    bin_of = np.searchsorted(np.arange(1, bins) / bins, probability, side="left")
    gap = np.bincount(bin_of, weights * (probability - came), minlength=bins)
    return np.abs(gap).sum() / weights.sum()


def binary_values(truth, score, weights):
    weights, truth, score = counted(weights, truth, score)
    both = len(set(truth)) == 2
    is_probability = len(score) > 0 and bool(((score >= 0) & (score <= 1)).all())
    columns = np.column_stack([1 - score, score])
    weigh = {"sample_weight": weights}

    def probability(compute):
        return defined(compute) if is_probability else None

    return {
        "roc_auc": defined(lambda: sk.roc_auc_score(truth, score, **weigh)) if both else None,
        "average_precision": defined(lambda: sk.average_precision_score(truth, score, **weigh)) if len(truth) else None,
        "log_loss": probability(lambda: sk.log_loss(truth, columns, labels=[False, True], **weigh)),
        "brier_score": probability(lambda: sk.brier_score_loss(truth, columns, labels=[False, True], **weigh)),
        **{f"recall_at_fpr={x}": defined(lambda: recall_at_fpr(truth, score, x, weights)) if both else None for x in [0.01, 0.1, 0.35]},
        **{f"precision_at_k={k}": defined(lambda: precision_at_k(truth, score, k, weights)) for k in [1, 7, 50]},
        "expected_calibration_error": probability(lambda: calibration_error(truth, score, 10, weights)),
        "expected_calibration_error=15": probability(lambda: calibration_error(truth, score, 15, weights)),
    }


def curve(truth, score):
    """scikit-learn's takes no weights."""
    share, probability = calibration_curve(truth, score, n_bins=10)
    return [[float(x), float(y)] for x, y in zip(probability, share)]


def binary(name, truth, score, weights=None):
    truth, score = np.asarray(truth, bool), np.asarray(score, float)
    weights = None if weights is None else np.asarray(weights, float)
    case = {
        "name": name,
        "task": "binary",
        "truth": truth.astype(int).tolist(),
        "columns": [score.tolist()],
        "expected": binary_values(truth, score, weights),
    }
    if weights is not None:
        case["weights"] = weights.tolist()
    elif len(set(truth)) == 2 and ((score >= 0) & (score <= 1)).all():
        case["calibration"] = [curve(truth, score)]
    return case


def multiclass_values(truth, columns, weights):
    given = weights is not None
    weights, truth, columns = counted(weights, truth, columns)
    labels = list(range(columns.shape[1]))
    every = set(truth) == set(labels)
    weigh = {"sample_weight": weights}

    def auc(**options):
        return defined(lambda: sk.roc_auc_score(truth, columns, labels=labels, **options)) if every else None

    best = columns.argmax(1) if len(truth) else truth
    return {
        "roc_auc_ovr": auc(multi_class="ovr", **weigh),
        "roc_auc_ovr_weighted": auc(multi_class="ovr", average="weighted", **weigh),
        "roc_auc_ovo": None if given else auc(multi_class="ovo"),
        "roc_auc_ovo_weighted": None if given else auc(multi_class="ovo", average="weighted"),
        "average_precision": defined(lambda: sk.average_precision_score(truth, columns, **weigh)) if every else None,
        "log_loss": defined(lambda: sk.log_loss(truth, columns, labels=labels, **weigh)) if len(truth) else None,
        "brier_score": defined(lambda: sk.brier_score_loss(truth, columns, labels=labels, **weigh)) if len(truth) else None,
        **{
            f"expected_calibration_error={bins}": defined(lambda: calibration_error(best == truth, columns.max(1), bins, weights)) if len(truth) else None
            for bins in [10, 3]
        },
    }


def multiclass(name, truth, columns, weights=None):
    truth, columns = np.asarray(truth, int), np.asarray(columns, float)
    weights = None if weights is None else np.asarray(weights, float)
    case = {
        "name": name,
        "task": "multiclass",
        "truth": truth.tolist(),
        "columns": columns.T.tolist(),
        "expected": multiclass_values(truth, columns, weights),
    }
    if weights is not None:
        case["weights"] = weights.tolist()
    elif len(truth) and set(truth) == set(range(columns.shape[1])):
        case["calibration"] = [curve(truth == label, columns[:, label]) for label in range(columns.shape[1])]
    return case


def multilabel_values(truth, columns, weights):
    weights, truth, columns = counted(weights, truth, columns)
    weigh = {"sample_weight": weights}
    kinds = [set(truth[:, label]) for label in range(truth.shape[1])]
    both = all(len(own) == 2 for own in kinds)
    some = all(1 in own for own in kinds)
    return {
        "roc_auc": defined(lambda: sk.roc_auc_score(truth, columns, **weigh)) if both else None,
        "average_precision": defined(lambda: sk.average_precision_score(truth, columns, **weigh)) if some else None,
    }


def multilabel(name, truth, columns, weights=None):
    truth, columns = np.asarray(truth, int), np.asarray(columns, float)
    weights = None if weights is None else np.asarray(weights, float)
    case = {
        "name": name,
        "task": "multilabel",
        "labels": truth.T.tolist(),
        "columns": columns.T.tolist(),
        "expected": multilabel_values(truth, columns, weights),
    }
    return case if weights is None else case | {"weights": weights.tolist()}


def smape(truth, predicted, weights):
    size = np.abs(truth) + np.abs(predicted)
    return np.average(2 * np.abs(truth - predicted) / np.where(size == 0, 1, size), weights=weights)


def regression_values(truth, predicted, weights):
    weights, truth, predicted = counted(weights, truth, predicted)
    weigh = {"sample_weight": weights}
    spread = len(truth) > 1 and len(set(truth)) > 1
    names = ["mean_absolute_error", "mean_squared_error", "root_mean_squared_error", "mean_absolute_percentage_error", "median_absolute_error"]
    return {name: defined(lambda: getattr(sk, name)(truth, predicted, **weigh)) for name in names} | {
        "r2": defined(lambda: sk.r2_score(truth, predicted, **weigh)) if spread else None,
        "smape": defined(lambda: smape(truth, predicted, weights)) if len(truth) else None,
        "max_error": defined(lambda: sk.max_error(truth, predicted)),
        "mean_pinball_loss": defined(lambda: sk.mean_pinball_loss(truth, predicted, **weigh)),
        "mean_pinball_loss=0.9": defined(lambda: sk.mean_pinball_loss(truth, predicted, alpha=0.9, **weigh)),
        "mean_pinball_loss=0": defined(lambda: sk.mean_pinball_loss(truth, predicted, alpha=0, **weigh)),
    }


def regression(name, truth, predicted, weights=None):
    truth, predicted = np.asarray(truth, float), np.asarray(predicted, float)
    weights = None if weights is None else np.asarray(weights, float)
    case = {
        "name": name,
        "task": "regression",
        "target": truth.tolist(),
        "predicted": predicted.tolist(),
        "expected": regression_values(truth, predicted, weights),
    }
    return case if weights is None else case | {"weights": weights.tolist()}


def scored(name, scores, weights=None):
    scores = np.asarray(scores, float)
    case = {
        "name": name,
        "task": "scored",
        "scores": scores.tolist(),
        "expected": {"grade": defined(lambda: np.average(scores, weights=weights))},
    }
    return case if weights is None else case | {"weights": np.asarray(weights, float).tolist()}


def random_binary(name, rows, rate, decimals, weights=None, logits=False):
    truth = rng.random(rows) < rate
    raw = rng.normal(truth * 1.2 - 0.5, 1)
    return binary(name, truth, np.round(raw if logits else 1 / (1 + np.exp(-raw)), decimals), weights)


def random_multiclass(name, rows, shares, decimals, weights=None):
    truth = rng.choice(len(shares), rows, p=np.array(shares) / sum(shares))
    logits = rng.normal(0, 1, (rows, len(shares))) + 1.3 * (truth[:, None] == np.arange(len(shares)))
    columns = np.round(np.exp(logits) / np.exp(logits).sum(1, keepdims=True), decimals)
    # The last column takes up the rounding, exactly enough for scikit-learn.
    columns[:, -1] = 1 - columns[:, :-1].sum(1)
    return multiclass(name, truth, np.clip(columns, 0, 1), weights)


def random_multilabel(name, rows, rates, decimals, weights=None):
    truth = rng.random((rows, len(rates))) < rates
    return multilabel(name, truth, np.round(rng.random(truth.shape) * 0.7 + truth * 0.3, decimals), weights)


def random_regression(name, rows, weights=None, decimals=6):
    truth = np.round(rng.normal(10, 3, rows), decimals)
    return regression(name, truth, np.round(truth + rng.normal(0, 2, rows), decimals), weights)


def large(case, **how):
    """Of a large table only how it is made is kept, and the numbers."""
    return {key: case[key] for key in ("name", "task", "expected")} | {"generated": how}


def large_binary(name, rows, seed, steps, weighted):
    truth, (_, score) = generator.binary(rows, seed, steps)
    values = binary_values(truth, score, generator.row_weights(rows, seed) if weighted else None)
    return large({"name": name, "task": "binary", "expected": values}, rows=rows, seed=seed, steps=steps, weighted=weighted)


def large_multiclass(name, rows, seed, weighted):
    truth, columns = generator.multiclass(rows, seed)
    values = multiclass_values(truth, columns, generator.row_weights(rows, seed) if weighted else None)
    return large({"name": name, "task": "multiclass", "expected": values}, rows=rows, seed=seed, weighted=weighted)


def large_multilabel(name, rows, seed, weighted):
    """The columns of three classes as labels."""
    truth, columns = generator.multiclass(rows, seed)
    flags = (truth[:, None] == np.arange(3)).astype(int)
    values = multilabel_values(flags, columns, generator.row_weights(rows, seed) if weighted else None)
    return large({"name": name, "task": "multilabel", "expected": values}, rows=rows, seed=seed, weighted=weighted)


def large_regression(name, rows, seed, weighted):
    truth, predicted = generator.regression(rows, seed)
    values = regression_values(truth, predicted, generator.row_weights(rows, seed) if weighted else None)
    return large({"name": name, "task": "regression", "expected": values}, rows=rows, seed=seed, weighted=weighted)


def some(rows):
    return np.round(rng.exponential(1, rows), 3)


cases = [
    random_binary("no ties", 120, 0.4, 6),
    random_binary("many ties", 150, 0.4, 1),
    random_binary("rare class", 300, 0.03, 3),
    random_binary("logits as scores", 100, 0.5, 3, logits=True),
    random_binary("weights", 150, 0.4, 6, some(150)),
    random_binary("weights and many ties", 150, 0.4, 1, some(150)),
    random_binary("whole weights", 120, 0.5, 2, rng.integers(1, 5, 120)),
    random_binary("every third weight is 0", 120, 0.5, 2, np.arange(120) % 3),
    random_binary("the same weight", 90, 0.3, 2, np.full(90, 0.1)),
    random_binary("weights of many sizes", 100, 0.5, 3, 10.0 ** rng.integers(-6, 7, 100)),
    random_binary("logits with weights", 100, 0.5, 3, some(100), logits=True),
    binary("every score the same", [0, 1, 1, 0, 1], [0.5] * 5),
    binary("every score the same, weights", [0, 1, 1, 0, 1], [0.5] * 5, [1, 2, 3, 4, 0.5]),
    binary("constant scores of many rows", [0, 1] * 40, [0.3] * 80),
    binary("perfect", [0, 0, 1, 1], [0.1, 0.2, 0.8, 0.9], [1, 0.5, 2, 1]),
    binary("all wrong", [0, 0, 1, 1], [0.9, 0.8, 0.2, 0.1], [1, 0.5, 2, 1]),
    binary("certain and wrong", [0, 1, 1, 0], [0.0, 1.0, 0.0, 1.0]),
    binary("scores on the bounds of bins", [0, 1] * 11, np.arange(22) // 2 / 10),
    binary("no positive row", [0, 0, 0], [0.2, 0.6, 0.3], [1, 2, 1]),
    binary("only positive rows", [1, 1, 1], [0.7, 0.6, 0.3]),
    binary("the only positive row weighs 0", [0, 1, 0], [0.2, 0.6, 0.3], [1, 0, 2]),
    binary("the only negative row weighs 0", [1, 0, 1], [0.2, 0.6, 0.3], [1, 0, 2]),
    binary("one row", [1], [0.9], [2]),
    binary("two rows", [0, 1], [0.4, 0.6]),
    binary("two rows, both wrong, weights", [0, 1], [0.6, 0.4], [0.3, 0.7]),
    binary("two rows that tie", [0, 1], [0.5, 0.5], [0.3, 0.7]),
    binary("no rows", [], []),
    random_multiclass("three classes", 150, [3, 2, 1], 6),
    random_multiclass("three classes, weights", 150, [3, 2, 1], 6, some(150)),
    random_multiclass("three classes, weights and ties", 150, [1, 1, 1], 1, some(150)),
    random_multiclass("three classes, weights of 0", 120, [1, 1, 1], 3, np.arange(120) % 2),
    random_multiclass("five classes, a rare one, weights", 250, [5, 5, 3, 2, 0.3], 4, some(250)),
    random_multiclass("a class is absent from the truth", 80, [3, 2, 1, 0], 3, some(80)),
    multiclass("a class that only a row of weight 0 has", [0, 1, 2, 0], [[0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.2, 0.2, 0.6], [0.5, 0.3, 0.2]], [1, 2, 0, 3]),
    multiclass("one class only", [0, 0], [[0.6, 0.3, 0.1], [0.2, 0.7, 0.1]], [1, 2]),
    multiclass("perfect", [0, 1, 2], np.eye(3), [1, 2, 3]),
    multiclass("constant scores", [0, 1, 2] * 20, [[0.5, 0.25, 0.25]] * 60),
    multiclass("two rows", [0, 1], [[0.5, 0.3, 0.2], [0.1, 0.2, 0.7]]),
    multiclass("no rows", [], np.empty((0, 2))),
    random_multilabel("many labels", 120, [0.5, 0.3, 0.2, 0.4], 6),
    random_multilabel("many labels, ties", 120, [0.5, 0.3, 0.2, 0.4], 1),
    random_multilabel("many labels, weights and ties", 120, [0.5, 0.3, 0.2, 0.4], 1, some(120)),
    random_multilabel("many labels, weights of 0", 120, [0.5, 0.3], 2, np.arange(120) % 3),
    multilabel("every row has a label", [[1, 0], [1, 1]], [[0.2, 0.4], [0.3, 0.1]]),
    multilabel("no row has a label", [[0, 0], [0, 1]], [[0.2, 0.4], [0.3, 0.1]]),
    multilabel("only a row of weight 0 has a label", [[1, 0], [0, 0], [0, 1]], [[0.2, 0.4], [0.3, 0.1], [0.6, 0.7]], [0, 2, 1]),
    multilabel("two rows of many labels", [[0, 1], [1, 0]], [[0.2, 0.4], [0.3, 0.1]], [2, 1]),
    multilabel("no rows of many labels", np.empty((0, 2)), np.empty((0, 2))),
    random_regression("noise", 121),
    random_regression("weighted noise", 121, some(121)),
    random_regression("whole weights and ties", 120, rng.integers(1, 5, 120), decimals=0),
    random_regression("weights of 0", 90, np.arange(90) % 3, decimals=1),
    random_regression("the same weight, an even count", 60, np.full(60, 0.5)),
    random_regression("weights of many sizes", 80, 10.0 ** rng.integers(-6, 7, 80)),
    regression("zeros on both sides", [0, 0, 1, -2, 0], [0, 0.5, 1, 2, 0], [1, 2, 3, 1, 1]),
    regression("constant target", [3, 3, 3], [3, 2, 4], [1, 2, 3]),
    regression("a constant target but for a row of weight 0", [3, 3, 5], [3, 2, 4], [1, 2, 0]),
    regression("constant predictions", np.arange(40) / 7, np.full(40, 2.0), some(40)),
    regression("perfect", [1, 2, 3], [1, 2, 3], [1, 2, 3]),
    regression("one row", [1], [2], [3]),
    regression("two rows", [1, 3], [1.5, 2], [3, 1]),
    regression("no rows of numbers", [], []),
    scored("grades", np.round(rng.random(50), 3)),
    scored("weighted grades", np.round(rng.normal(0, 5, 50), 3), some(50)),
    scored("shares", rng.integers(0, 2, 50), np.arange(50) % 3),
    scored("two rows of scores", [0.25, 1], [1, 3]),
    large_binary("100,000 rows on 50 scores", 100_000, 1, 50, False),
    large_binary("100,000 weighted rows on 50 scores", 100_000, 1, 50, True),
    large_binary("1,000,000 weighted rows", 1_000_000, 2, 0, True),
    large_multiclass("multiclass, 1,000,000 weighted rows", 1_000_000, 3, True),
    large_multilabel("multilabel, 1,000,000 rows", 1_000_000, 3, False),
    large_multilabel("multilabel, 1,000,000 weighted rows", 1_000_000, 3, True),
    large_regression("regression, 1,000,000 rows", 1_000_000, 4, False),
    large_regression("regression, 1,000,000 weighted rows", 1_000_000, 4, True),
]
versions = {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__}
Path(__file__).with_name("score-metrics.json").write_text(json.dumps({"versions": versions, "cases": cases}) + "\n")
