"""What scikit-learn says of metrics of labels; the scripts that make goldens share it.

Where scikit-learn warns that a metric is ill-defined or replaces a zero division, the golden is null.
"""

import warnings

import numpy as np
from sklearn import metrics as sk

warnings.simplefilter("error")


def defined(compute):
    """None where scikit-learn warns or refuses: of no rows, of one class, of a division by zero."""
    try:
        value = float(compute())
    except (Warning, ValueError):
        return None
    return value if np.isfinite(value) else None


def label_values(truth, predicted, positive=None, weights=None):
    """One label a row. A row of weight 0 is left out: what only it has does not occur."""
    if weights is not None:
        truth, predicted, weights = zip(*[row for row in zip(truth, predicted, weights) if row[2] > 0])
    weigh = {"sample_weight": weights}
    expected = {"accuracy": defined(lambda: sk.accuracy_score(truth, predicted, **weigh))}
    one_class = len(set(truth)) < 2
    ignoring = {"balanced_accuracy": lambda: sk.balanced_accuracy_score(truth, predicted, **weigh)}
    for name, compute in ignoring.items():
        with warnings.catch_warnings():
            # A predicted class that the truth does not have is left out, as documented.
            warnings.simplefilter("ignore")
            expected[name] = None if one_class else defined(compute)
    constant = one_class or len(set(predicted)) < 2
    expected["matthews_corrcoef"] = None if constant else defined(lambda: sk.matthews_corrcoef(truth, predicted, **weigh))
    expected["cohen_kappa"] = defined(lambda: sk.cohen_kappa_score(truth, predicted, **weigh))
    scores = {"precision": sk.precision_score, "recall": sk.recall_score, "f1": sk.f1_score}
    for name, score in scores.items():
        for average in ["macro", "micro", "weighted"]:
            if name == "recall" and average == "weighted":
                # A class that only the predictions have weighs nothing: its recall does not matter.
                expected["recall_weighted"] = expected["accuracy"]
                continue
            expected[f"{name}_{average}"] = defined(lambda: score(truth, predicted, average=average, **weigh))
        if positive is not None:
            labels = set(truth) | set(predicted)
            known = len(labels) <= 2
            expected[name] = defined(lambda: score(truth, predicted, pos_label=positive, **weigh)) if known and positive in labels else None
    return expected
