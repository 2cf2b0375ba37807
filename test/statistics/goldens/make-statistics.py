"""Writes statistics.json beside this file: reference numbers from SciPy, and from slow, literal forms of the definitions.
`npm run goldens` calls it.

    pip install scipy==1.17.1 && python make-statistics.py
"""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import optimize, special, stats

rng = np.random.default_rng(20260101)
z95 = stats.norm.ppf(0.975)


def tango(gained, lost, rows):
    """Inverts the score test with the restricted likelihood maximised numerically."""
    both = rows - gained - lost

    def score(difference):
        low, high = max(0, -difference), (1 - difference) / 2

        def loss(q):
            rest = 1 - 2 * q - difference
            return -(special.xlogy(gained, q + difference) + special.xlogy(lost, q) + special.xlogy(both, rest))

        grid = np.linspace(low, high, 2001)
        values = np.array([loss(q) for q in grid])
        at = int(np.nanargmin(np.where(np.isfinite(values), values, np.nan)))
        found = optimize.minimize_scalar(
            loss, bounds=(grid[max(at - 1, 0)], grid[min(at + 1, 2000)]), method="bounded", options={"xatol": 1e-13}
        )
        q = min([found.x, low, high], key=lambda x: loss(x) if np.isfinite(loss(x)) else np.inf)
        variance = rows * (2 * q + difference * (1 - difference))
        return (gained - lost - rows * difference) / np.sqrt(max(variance, 1e-300))

    estimate = (gained - lost) / rows
    edge = 1 - 1e-9
    low = optimize.brentq(lambda d: score(d) - z95, -edge, estimate) if score(-edge) > z95 else -1
    high = optimize.brentq(lambda d: score(d) + z95, estimate, edge) if score(edge) < -z95 else 1
    return {"gained": gained, "lost": lost, "rows": rows, "low": low, "high": high}


def placements(scores, positive):
    ours, theirs = scores[positive], scores[~positive]
    wins = (ours[:, None] > theirs[None, :]) + 0.5 * (ours[:, None] == theirs[None, :])
    return wins.mean(1), wins.mean(0)


def degrees_of_freedom(values):
    return min(len(values) - 1, 2 * len(values) / (stats.kurtosis(values, fisher=False) - 1))


def t_of(*samples):
    """97.5% quantile of t for a sum of means, by Welch and Satterthwaite."""
    parts = [np.var(values, ddof=1) / len(values) for values in samples]
    return stats.t.ppf(0.975, sum(parts) ** 2 / sum(v**2 / degrees_of_freedom(x) for v, x in zip(parts, samples)))


def seed_interval(baseline, candidate, row_error):
    seeds = len(baseline) + len(candidate) - 2
    pooled = (np.var(baseline) * len(baseline) + np.var(candidate) * len(candidate)) / seeds
    of_seeds = pooled * (1 / len(baseline) + 1 / len(candidate))
    variance = of_seeds + row_error**2
    df = np.inf if of_seeds == 0 else variance**2 / (of_seeds**2 / seeds)
    change, half = np.mean(candidate) - np.mean(baseline), stats.t.ppf(0.975, df) * np.sqrt(variance)
    return {
        "baseline": baseline,
        "candidate": candidate,
        "rowError": row_error,
        "low": change - half,
        "high": change + half,
    }


def delong(rows, rate, decimals):
    positive = rng.random(rows) < rate
    base = rng.normal(positive, 1)
    first = np.round(base + rng.normal(0, 0.7, rows), decimals)
    second = np.round(base + rng.normal(0, 0.5, rows), decimals)
    p1, n1 = placements(first, positive)
    p2, n2 = placements(second, positive)
    error = np.sqrt(np.var(p2 - p1, ddof=1) / len(p1) + np.var(n2 - n1, ddof=1) / len(n1))
    change = p2.mean() - p1.mean()
    own = np.sqrt(np.var(p2, ddof=1) / len(p2) + np.var(n2, ddof=1) / len(n2))
    logit, half = special.logit(p2.mean()), t_of(p2, n2) * own / (p2.mean() * (1 - p2.mean()))
    return {
        "positive": positive.astype(int).tolist(),
        "baseline": first.tolist(),
        "candidate": second.tolist(),
        "aucs": [p1.mean(), p2.mean()],
        "paired": [change - t_of(p2 - p1, n2 - n1) * error, change + t_of(p2 - p1, n2 - n1) * error],
        "single": [special.expit(logit - half), special.expit(logit + half)],
    }


def significance(change, error, df, level):
    of = stats.norm() if df is None else stats.t(df)
    half = of.ppf((1 + level) / 2) * error
    return {
        "change": change,
        "error": error,
        "df": df,
        "p": 2 * of.sf(abs(change) / error),
        "level": level,
        "low": change - half,
        "high": change + half,
    }


zs = [-37, -20, -8, -5.5, -3.6, -3.5, -2, -1.23456, -0.5, -1e-9, 0, 0.3, 1.23456, 1.96, 3.4, 3.54, 5, 8.2]
ps = [1e-300, 1e-100, 1e-20, 1e-8, 0.001, 0.02425, 0.025, 0.3, 0.5, 0.7, 0.975, 0.999, 1 - 1e-10]
ts = [(p, df) for p in [0.6, 0.9, 0.975, 0.9995] for df in [1, 2, 3.5, 9, 29, 99, 500, 999, 1000, 5000, 1e6]]
wilson = [(0, 10), (1, 10), (10, 10), (81, 263), (999, 1000), (5, 1_000_000)]
tangos = [(12, 2, 50), (0, 0, 100), (8, 0, 100), (0, 8, 100), (1, 1, 10), (30, 10, 40), (3, 14, 1000), (100, 90, 2000), (5, 0, 5)]

Path(__file__).with_name("statistics.json").write_text(
    json.dumps(
        {
            "versions": {"scipy": scipy.__version__, "numpy": np.__version__},
            "normalCdf": [[z, stats.norm.cdf(z)] for z in zs],
            "normalQuantile": [[p, stats.norm.ppf(p)] for p in ps],
            "studentTQuantile": [[p, df, stats.t.ppf(p, df)] for p, df in ts],
            "wilson": [[k, n, *stats.binomtest(k, n).proportion_ci(0.95, "wilson")] for k, n in wilson],
            "tango": [tango(*case) for case in tangos],
            "delong": [delong(60, 0.4, 6), delong(150, 0.3, 1)],
            "seedInterval": [
                seed_interval([0.81, 0.82, 0.815], [0.83, 0.824, 0.841], 0.004),
                seed_interval([0.5, 0.6, 0.4, 0.55], [0.58, 0.5, 0.62], 0.0001),
                seed_interval([0.9, 0.9, 0.9], [0.91, 0.91, 0.91], 0.003),
                seed_interval([12.1, 11.8, 12.4, 12.0, 12.2], [11.9, 12.0, 11.7, 12.3, 11.6], 0.3),
            ],
            "significance": [
                significance(0.01, 0.004, None, 0.99),
                significance(-0.02, 0.004, 12.3, 0.9),
                significance(0.3, 0.2, 3, 1 - 0.05 / 12),
                significance(-0.5, 0.1, 1999, 0.8),
                significance(0.001, 0.01, 250_000.5, 0.999),
            ],
            "degreesOfFreedom": [
                {"values": values.tolist(), "df": degrees_of_freedom(values)}
                for values in [np.arange(9.0), np.array([0.0] * 30 + [1.0, 5.0]), np.round(np.random.default_rng(1).normal(size=20), 3)]
            ],
        },
        separators=(",", ":"),
    )
    + "\n"
)
