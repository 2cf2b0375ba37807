"""Writes two-samples.json beside this file: reference numbers of tests and distances between two samples, from SciPy.
`npm run goldens` calls it.

    pip install scipy==1.17.1 && python make-two-samples.py
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import spatial, special, stats

rng = np.random.default_rng(20260101)


def samples(first, second, decimals, shift=0.0):
    return np.round(rng.normal(size=first), decimals).tolist(), np.round(rng.normal(shift, size=second), decimals).tolist()


def distances(first, second):
    ranks = stats.rankdata(first + second)
    scores = special.ndtri((ranks - 0.5) / len(ranks))
    ks = stats.ks_2samp(first, second)
    return {
        "first": first,
        "second": second,
        "d": ks.statistic,
        "p": ks.pvalue,
        "wasserstein": stats.wasserstein_distance(first, second),
        "normalScores": stats.wasserstein_distance(scores[: len(first)], scores[len(first) :]),
    }


def ks_at(first, second, d):
    """p of the D nearest to d that samples of these sizes can have."""
    lcm = int(np.lcm(first, second))
    d = round(d * lcm) / lcm
    ok = False
    if max(first, second) <= 10_000:
        ok, d, p = stats._stats_py._attempt_exact_2kssamp(first, second, int(np.gcd(first, second)), d, "two-sided")
    return [d, first, second, p if ok else stats.kstwo.sf(d, np.round(first * second / (first + second)))]


def counts(classes, first, second, rare):
    shares = rng.dirichlet(np.full(classes, rare))
    both = [rng.multinomial(first, shares), rng.multinomial(second, shares)]
    kept = both[0] + both[1] > 0
    p, q = (side[kept] for side in both)
    contingency = stats.chi2_contingency([p, q], correction=False)
    filled = [np.where(side == 0, 0.5, side) for side in (p, q)]
    expected = filled[0] * q.sum() / filled[0].sum()
    fit = stats.chisquare(q, expected)
    a, b = filled[0] / filled[0].sum(), filled[1] / filled[1].sum()
    return {
        "first": both[0].tolist(),
        "second": both[1].tolist(),
        "chiSquare": [contingency.statistic, contingency.dof, contingency.pvalue],
        "jensenShannon": spatial.distance.jensenshannon(p, q),
        "observed": q.tolist(),
        "expected": expected.tolist(),
        "fit": [fit.statistic, fit.pvalue],
        "p": a.tolist(),
        "q": b.tolist(),
        "kullbackLeibler": stats.entropy(a, b),
        "psi": float(np.sum((a - b) * np.log(a / b))),
    }


def proportions(hits, others, rows, other_rows):
    z2 = stats.chi2_contingency([[hits, rows - hits], [others, other_rows - others]], correction=False)
    fisher = stats.fisher_exact([[hits, rows - hits], [others, other_rows - others]])
    return {"hits": [hits, others], "rows": [rows, other_rows], "z": z2.pvalue, "fisher": fisher.pvalue}


def false_discovery(p):
    return {"p": p, "bh": stats.false_discovery_control(p).tolist(), "by": stats.false_discovery_control(p, method="by").tolist()}


def beyond(k, rows, reference):
    """A reference's range leaves out a share of Beta(2, n - 1) of what comes. SciPy's own tail is 1 less the rest."""
    return float(np.sum(stats.betabinom.pmf(np.arange(k, rows + 1), rows, 2, reference - 1)))


sizes = [(5, 5), (10, 7), (3, 1), (1, 1), (100, 100), (100, 40), (1000, 250), (997, 1000), (2000, 2000), (10_000, 100), (7000, 9000)]
long = [(10_001, 2), (20_000, 7), (100_000, 100), (100_000, 141), (100_000, 250), (50_000, 1000), (100_000, 100_000), (1_000_000, 900_000)]

Path(__file__).with_name("two-samples.json").write_text(
    json.dumps(
        {
            "versions": {"scipy": scipy.__version__, "numpy": np.__version__},
            "distances": [
                distances(*samples(*case))
                for case in [(40, 40, 3), (60, 25, 1), (7, 50, 0), (30, 80, 2, 1.0), (1, 1, 2), (1, 20, 1), (50, 50, 0, 2.0)]
            ]
            + [distances([1.0, 1.0, 2.0], [2.0, 2.0, 1.0, 1.0]), distances([3.0] * 5, [3.0] * 4), distances([0.0, 1.0], [5.0, 6.0, 7.0])],
            "ksPValue": [ks_at(a, b, d) for a, b in sizes for d in [0.001, 0.01, 0.03, 0.05, 0.1, 0.25, 0.6, 1]]
            + [ks_at(a, b, z / np.sqrt(a * b / (a + b))) for a, b in long for z in [0.4, 0.55, 0.8, 1.2, 1.36, 1.63, 2.2, 3]],
            "kolmogorov": [
                [z / np.sqrt(n), n, stats.kstwo.sf(z / np.sqrt(n), n)]
                for n in [1, 2, 5, 20, 100, 140, 141, 200, 500, 1000, 5000, 20_000]
                for z in [0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.5, 1.7, 2, 2.5, 3, 5, 8]
            ],
            "chiSquareTail": [
                [x, df, stats.chi2.sf(x, df)]
                for x in [1e-5, 0.1, 1, 3.84, 10, 50, 100, 500, 1500]
                for df in [1, 2, 3, 7, 49, 300, 1000, 5000]
            ],
            "chiSquareQuantile": [[p, df, stats.chi2.isf(p, df)] for p in [1e-8, 0.01, 0.05, 0.5, 0.95, 0.999] for df in [1, 2, 7, 49, 1000]],
            "counts": [
                counts(*case)
                for case in [(2, 30, 40, 1), (3, 100, 100, 1), (8, 500, 50, 2), (50, 2000, 2000, 1), (50, 100, 100, 0.3), (200, 1000, 10_000, 0.2)]
            ],
            "proportions": [
                proportions(*case)
                for case in [
                    (3, 9, 20, 30), (0, 5, 100, 100), (1, 9, 100, 10_000), (120, 90, 1000, 1000), (0, 2, 50, 2), (5, 0, 5, 5),
                    (40_000, 41_000, 100_000, 100_000), (17, 3, 17, 40), (2500, 20, 100_000, 1000), (400, 300, 100_000, 100_000),
                ]  # fmt: skip
            ],
            "falseDiscovery": [
                false_discovery(p)
                for p in [[0.01, 0.04, 0.03, 0.005], [0.2], [0.6, 0.5, 0.5], np.round(rng.uniform(size=25) ** 3, 6).tolist()]
            ],
            "beyondRange": [
                [k, m, n, beyond(k, m, n)]
                for m, n in [(10, 10), (100, 100), (2000, 2000), (100, 10_000), (10_000, 100), (5000, 2)]
                for k in [1, 2, 3, 5, 10]
            ]
            + [[100, 2000, 2000, beyond(100, 2000, 2000)], [600, 10_000, 100, beyond(600, 10_000, 100)]],
        },
        separators=(",", ":"),
    )
    + "\n"
)
