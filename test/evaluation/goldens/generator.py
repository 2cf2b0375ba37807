"""The twin of generator.ts: the same rows to the last bit, from whole-number hashes and exactly rounded arithmetic only."""

import numpy as np


def uniform(stream, rows):
    """A number in [0, 1) a row: MurmurHash3's finaliser of row and stream, 32 bits."""
    x = np.arange(rows, dtype=np.uint32) + np.uint32(stream * 0x9E3779B9 % 2**32)
    for _ in range(2):
        x ^= x >> np.uint32(16)
        x *= np.uint32(0x85EBCA6B)
        x ^= x >> np.uint32(13)
        x *= np.uint32(0xC2B2AE35)
        x ^= x >> np.uint32(16)
    return x / 2.0**32


def binary(rows, seed, steps=0):
    """Truth, and the scores of two models on it. With steps the scores lie on as many, so that they tie."""
    u = [uniform(16 * seed + stream, rows) for stream in range(5)]
    truth = u[0] < 0.2
    models = []
    for own, separation in ((u[3], 0.5), (u[4], 0.55)):
        score = (((u[1] + u[2]) + own) + truth * separation) / 4
        models.append(np.floor(score * steps) / steps if steps else score)
    return truth, models


def multiclass(rows, seed):
    u = [uniform(16 * seed + stream, rows) for stream in range(4)]
    truth = np.floor(u[0] * 3).astype(int)
    weights = [u[label + 1] + ((truth == label) * 0.4 + 0.05) for label in range(3)]
    total = (weights[0] + weights[1]) + weights[2]
    return truth, np.column_stack([weight / total for weight in weights])


def regression(rows, seed):
    u = [uniform(16 * seed + stream, rows) for stream in range(4)]
    truth = u[0] * 100 + 50
    return truth, truth + (((u[1] + u[2]) + u[3]) - 1.5) * 10


def row_weights(rows, seed):
    """0 to 1.75 in quarters, so that they add up exactly."""
    return np.floor(uniform(16 * seed + 15, rows) * 8) / 4


def multilabel(rows, seed, labels):
    """One 0/1 column a label of truth and prediction; at most 7 labels, ever more frequent."""
    u = [uniform(16 * seed + stream, rows) for stream in range(2 * labels)]
    truth = [u[label] < (label + 1) / 16 for label in range(labels)]
    predicted = [u[labels + label] + truth[label] * 0.5 > 0.8125 for label in range(labels)]
    return np.column_stack(truth).astype(int), np.column_stack(predicted).astype(int)
