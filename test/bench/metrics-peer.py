"""NumPy's and scikit-learn's side of `npm run bench -- metrics`: rows, seed, resamples, and where their indices go."""

import json
import sys
import time
from pathlib import Path

import numpy as np
import sklearn
from sklearn import metrics as sk

sys.path.insert(0, str(Path(__file__).parent.parent / "evaluation" / "goldens"))
import generator

rows, seed, resamples, path = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
truth, scores = generator.binary(rows, seed)
truth = truth.astype(np.int64)
labels = [(score > 0.5).astype(np.int64) for score in scores]


def averages(function, name):
    yield name, lambda t, p, s: function(t, p)
    for average in ("macro", "micro", "weighted"):
        yield f"{name}_{average}", lambda t, p, s, average=average: function(t, p, average=average)


def recall_at_fpr(t, s, most):
    false_rate, recall, _ = sk.roc_curve(t, s, drop_intermediate=False)
    return recall[false_rate <= most].max()


def calibration_error(t, s, bins):
    bin_of = np.searchsorted(np.arange(1, bins) / bins, s, side="left")
    return np.abs(np.bincount(bin_of, s - t, minlength=bins)).sum() / len(t)


metrics = {
    "accuracy": lambda t, p, s: sk.accuracy_score(t, p),
    "balanced_accuracy": lambda t, p, s: sk.balanced_accuracy_score(t, p),
    "cohen_kappa": lambda t, p, s: sk.cohen_kappa_score(t, p),
    "matthews_corrcoef": lambda t, p, s: sk.matthews_corrcoef(t, p),
    **dict(averages(sk.precision_score, "precision")),
    **dict(averages(sk.recall_score, "recall")),
    **dict(averages(sk.f1_score, "f1")),
    "roc_auc": lambda t, p, s: sk.roc_auc_score(t, s),
    "average_precision": lambda t, p, s: sk.average_precision_score(t, s),
    "log_loss": lambda t, p, s: sk.log_loss(t, s),
    "brier_score": lambda t, p, s: sk.brier_score_loss(t, s),
    "recall_at_fpr=0.01": lambda t, p, s: recall_at_fpr(t, s, 0.01),
    # No two scores tie.
    "precision_at_k=1000": lambda t, p, s: t[np.argpartition(s, -1000)[-1000:]].mean(),
    "expected_calibration_error": lambda t, p, s: calibration_error(t, s, 10),
}
start = time.process_time()
values = {name: [float(of(truth, p, s)) for p, s in zip(labels, scores)] for name, of in metrics.items()}
metrics_seconds = time.process_time() - start

rng = np.random.default_rng(seed)
changes = []
drawn = []
start = time.process_time()
for _ in range(resamples):
    index = rng.integers(0, rows, rows)
    t = truth[index]
    auc, f1, accuracy = [
        [of(t, p[index], s[index]) for p, s in zip(labels, scores)]
        for of in (
            lambda t, p, s: sk.roc_auc_score(t, s),
            lambda t, p, s: sk.f1_score(t, p),
            lambda t, p, s: sk.accuracy_score(t, p),
        )
    ]
    changes.append({"rocAuc": auc[1] - auc[0], "f1": f1[1] - f1[0], "accuracy": accuracy[1] - accuracy[0]})
    drawn.append(index.astype(np.uint32))
resample_seconds = time.process_time() - start

np.concatenate(drawn).tofile(path)
limits = {name: np.percentile([change[name] for change in changes], [2.5, 97.5]).tolist() for name in changes[0]}
print(
    json.dumps(
        {
            "seconds": {"metrics": metrics_seconds, "resample": resample_seconds},
            "versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
            "values": values,
            "changes": changes,
            "limits": limits,
        }
    )
)
