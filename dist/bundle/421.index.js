export const id = 421;
export const ids = [421];
export const modules = {

/***/ 25226:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   w: () => (/* binding */ compareModels)
/* harmony export */ });
/* harmony import */ var _statistics_interval_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(93928);
/* harmony import */ var _evaluate_model_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(69822);
/* harmony import */ var _metrics_label_metric_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54695);
/* harmony import */ var _rows_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(94415);




/**
 * The change of each metric from baseline to candidate on the same rows, candidate − baseline, with its paired 95% interval.
 * What is the same in both is a change of exactly 0.
 * @throws MissingDataError when either's predictions are of another kind or of other rows than the truth
 */
function compareModels(request) {
    const [baseline, candidate] = (0,_rows_js__WEBPACK_IMPORTED_MODULE_2__/* .joinRows */ .U5)(request, [request.baseline, request.candidate]);
    if (baseline === undefined || candidate === undefined)
        throw new Error("Two models were joined and fewer came back.");
    const comparisons = request.metrics.map((name) => compare(name, request.task, baseline, candidate));
    if (baseline.kind !== "classification" || candidate.kind !== "classification")
        return { comparisons };
    return { comparisons, flipped: (0,_metrics_label_metric_js__WEBPACK_IMPORTED_MODULE_1__/* .countFlipped */ .K)(baseline, candidate) };
}
function compare(name, task, baseline, candidate) {
    const metric = (0,_evaluate_model_js__WEBPACK_IMPORTED_MODULE_0__/* .metricFor */ ._)(name, task);
    const none = { metric: name, baseline: null, candidate: null, change: null, rows: candidate.count, identical: false };
    if ("undefinedBecause" in metric) {
        return { ...none, greaterIsBetter: true, method: "none", noIntervalBecause: metric.undefinedBecause };
    }
    const { greaterIsBetter } = metric;
    const identical = metric.isIdentical(baseline, candidate);
    const [theirs, ours] = [metric.measure(baseline), metric.measure(candidate)];
    const values = {
        baseline: "value" in theirs ? theirs.value : null,
        candidate: "value" in ours ? ours.value : null,
    };
    if (!("value" in ours)) {
        const noIntervalBecause = `undefined for the candidate: ${ours.undefinedBecause}`;
        return { ...none, ...values, greaterIsBetter, identical, method: "none", noIntervalBecause };
    }
    if (!("value" in theirs)) {
        const noIntervalBecause = `undefined for the baseline: ${theirs.undefinedBecause}`;
        return { ...none, ...values, greaterIsBetter, identical, method: "none", noIntervalBecause };
    }
    const known = { ...none, ...values, greaterIsBetter };
    if (identical)
        return { ...known, identical, change: 0, interval: { low: 0, high: 0 }, method: "identical predictions" };
    return { ...known, change: ours.value - theirs.value, ...estimate(metric, baseline, candidate, ours.value - theirs.value) };
}
/** Resampling is seeded, so the two directions are kept mirrors of each other by estimating always the one that rises. */
function estimate(metric, baseline, candidate, change) {
    if (change >= 0)
        return metric.estimateChange(baseline, candidate);
    const estimated = metric.estimateChange(candidate, baseline);
    return "interval" in estimated ? { ...estimated, interval: (0,_statistics_interval_js__WEBPACK_IMPORTED_MODULE_3__/* .mirror */ .e7)(estimated.interval) } : estimated;
}


/***/ }),

/***/ 69822:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  H: () => (/* binding */ evaluateModel),
  _: () => (/* binding */ metricFor)
});

// EXTERNAL MODULE: ./build/src/evaluation/metrics/index.js + 9 modules
var metrics = __webpack_require__(35261);
// EXTERNAL MODULE: ./build/src/statistics/roc-auc.js
var roc_auc = __webpack_require__(77659);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/order.js
var metrics_order = __webpack_require__(69750);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/probabilities.js
var probabilities = __webpack_require__(22313);
;// CONCATENATED MODULE: ./build/src/evaluation/pictures.js



const mostPoints = 200;
/** Points of all of a model's curves of one kind together, so that evidence stays small with many classes. */
const mostPointsTogether = 2_000;
const mostCurves = 20;
const mostLabels = 100;
const longestLabel = 200;
const mostBins = 60;
/** What the page draws of one model; a picture that its rows do not give is left out. */
function drawPictures(rows) {
    if (rows.kind === "regression")
        return drawResiduals(rows);
    return { ...drawConfusion(rows), ...drawCurves(rows) };
}
function drawConfusion({ labels, truth, predicted }) {
    if (labels.length > mostLabels || truth.length === 0)
        return {};
    const counts = labels.map(() => labels.map(() => 0));
    for (let row = 0; row < truth.length; row++) {
        const line = counts[truth[row] ?? 0];
        const column = predicted[row] ?? 0;
        if (line)
            line[column] = (line[column] ?? 0) + 1;
    }
    return { confusion: { labels: labels.map(shorten), counts } };
}
function drawCurves(rows) {
    const rankings = rankingsOf(rows);
    if (rankings.length === 0 || rankings.length > mostCurves)
        return {};
    const points = Math.min(mostPoints, Math.floor(mostPointsTogether / rankings.length));
    const curves = rankings.map(({ label, scores, positive }) => ({ label: shorten(label), ...sweep(scores, positive) }));
    return {
        roc: curves.map(({ label, roc }) => ({ label, points: thin(roc, points) })),
        precisionRecall: curves.map(({ label, precisionRecall }) => ({ label, points: thin(precisionRecall, points) })),
    };
}
function rankingsOf(rows) {
    if (rows.task === "binary") {
        const found = (0,probabilities/* binaryScores */.jM)(rows);
        if ("undefinedBecause" in found || new Set(rows.truth).size < 2)
            return [];
        return [{ label: rows.labels[Number(rows.positive)] ?? "", ...found }];
    }
    const found = (0,probabilities/* classScores */.Sg)(rows);
    if ("undefinedBecause" in found)
        return [];
    return found.columns.map(({ label, scores }) => ({ label: rows.labels[label] ?? "", scores, positive: (0,probabilities/* isLabel */.J2)(rows, label) }));
}
/** Both curves from the highest score down; ROC starts at the origin. */
function sweep(scores, positive) {
    const order = (0,metrics_order/* orderOf */.m)(scores).toReversed();
    const positives = positive.reduce((count, flag) => count + flag, 0);
    const falses = new Float64Array(order.length + 1);
    const trues = new Float64Array(order.length + 1);
    const precisions = new Float64Array(order.length + 1);
    let found = 0;
    let points = 1;
    for (let start = 0; start < order.length; points++) {
        const { end, tiedPositives } = (0,roc_auc/* tieFrom */.v)(start, scores, positive, order);
        found += tiedPositives;
        falses[points] = (end - found) / (order.length - positives);
        trues[points] = found / positives;
        precisions[points] = found / end;
        start = end;
    }
    return {
        roc: { x: falses.subarray(0, points), y: trues.subarray(0, points) },
        precisionRecall: { x: trues.subarray(1, points), y: precisions.subarray(1, points) },
    };
}
/** Keeps both ends and points at about even steps along the curve. */
function thin({ x, y }, most) {
    const lengths = new Float64Array(x.length);
    for (let i = 1; i < x.length; i++)
        lengths[i] = (lengths[i - 1] ?? 0) + Math.abs((x[i] ?? 0) - (x[i - 1] ?? 0)) + Math.abs((y[i] ?? 0) - (y[i - 1] ?? 0));
    const step = (lengths.at(-1) ?? 0) / (most - 1);
    const kept = [];
    for (let i = 0; i < x.length; i++) {
        const isEnd = i === 0 || i === x.length - 1;
        if (x.length <= most || isEnd || (kept.length < most - 1 && (lengths[i] ?? 0) >= kept.length * step))
            kept.push([round(x[i] ?? 0), round(y[i] ?? 0)]);
    }
    return kept;
}
/** Equal bins as Freedman and Diaconis have them, 10 to 60. */
function drawResiduals({ truth, predicted }) {
    const errors = predicted
        .map((value, row) => value - (truth[row] ?? 0))
        .filter(Number.isFinite)
        .sort();
    const [low, high] = [errors[0], errors.at(-1)];
    if (low === undefined || high === undefined || !Number.isFinite(high - low))
        return {};
    if (high - low <= Number.EPSILON * Math.max(Math.abs(low), Math.abs(high))) {
        const margin = Math.max(Math.abs(low), 1) / 2;
        return { residuals: { edges: [low - margin, high + margin], counts: [errors.length] } };
    }
    const quarter = Math.floor(errors.length / 4);
    const spread = (errors[errors.length - 1 - quarter] ?? high) - (errors[quarter] ?? low);
    const wanted = spread > 0 ? (high - low) / ((2 * spread) / Math.cbrt(errors.length)) : mostBins;
    const bins = Math.min(mostBins, Math.max(10, Math.ceil(wanted)));
    const counts = Array.from({ length: bins }, () => 0);
    for (const error of errors) {
        const bin = Math.min(bins - 1, Math.floor(((error - low) / (high - low)) * bins));
        counts[bin] = (counts[bin] ?? 0) + 1;
    }
    return { residuals: { edges: Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins), counts } };
}
function shorten(label) {
    return label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;
}
function round(value) {
    return Math.round(value * 1e5) / 1e5;
}

// EXTERNAL MODULE: ./build/src/evaluation/rows.js
var evaluation_rows = __webpack_require__(94415);
;// CONCATENATED MODULE: ./build/src/evaluation/evaluate-model.js



/**
 * The metrics of one model on a test set, each with the 95% interval of its value, and what is drawn of it.
 * @throws MissingDataError when the predictions are of another kind or of other rows than the truth
 */
function evaluateModel(request) {
    const [rows] = (0,evaluation_rows/* joinRows */.U5)(request, [request.predictions]);
    if (rows === undefined)
        throw new Error("One model was joined and none came back.");
    return { metrics: request.metrics.map((name) => measure(name, request.task, rows)), pictures: drawPictures(rows) };
}
function measure(name, task, rows) {
    const found = metricFor(name, task);
    if ("undefinedBecause" in found)
        return { metric: name, value: null, ...found };
    const measured = found.measure(rows);
    if ("undefinedBecause" in measured)
        return { metric: name, value: null, ...measured };
    return { metric: name, ...measured, ...found.estimate(rows) };
}
/** The metric of that name if it has a meaning for the task. */
function metricFor(name, task) {
    const metric = (0,metrics/* findMetric */.GF)(name);
    if (metric === undefined)
        return { undefinedBecause: "Assay has no metric of this name" };
    if (!metric.tasks.includes(task))
        return { undefinedBecause: `it is no metric of ${task} tasks` };
    return metric;
}


/***/ }),

/***/ 13235:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $d: () => (/* binding */ occurring),
/* harmony export */   Eh: () => (/* binding */ countClasses),
/* harmony export */   PJ: () => (/* binding */ addRows),
/* harmony export */   W1: () => (/* binding */ emptyCounts),
/* harmony export */   X5: () => (/* binding */ total),
/* harmony export */   gU: () => (/* binding */ clearCounts),
/* harmony export */   xw: () => (/* binding */ influenceOf)
/* harmony export */ });
function emptyCounts(labels) {
    return {
        rows: 0,
        truth: new Float64Array(labels),
        predicted: new Float64Array(labels),
        correct: new Float64Array(labels),
    };
}
function countClasses(rows) {
    const counts = emptyCounts(rows.labels.length);
    for (let row = 0; row < rows.count; row++)
        addRows(counts, rows.truth[row] ?? 0, rows.predicted[row] ?? 0, 1);
    return counts;
}
function addRows(counts, truth, predicted, weight) {
    counts.rows += weight;
    counts.truth[truth] = (counts.truth[truth] ?? 0) + weight;
    counts.predicted[predicted] = (counts.predicted[predicted] ?? 0) + weight;
    if (truth === predicted)
        counts.correct[truth] = (counts.correct[truth] ?? 0) + weight;
}
function clearCounts(counts) {
    counts.rows = 0;
    for (const values of [counts.truth, counts.predicted, counts.correct])
        values.fill(0);
}
/** Labels that occur in the truth or in the predictions. */
function occurring({ truth, predicted }) {
    return [...truth.keys()].filter((label) => (truth[label] ?? 0) + (predicted[label] ?? 0) > 0);
}
/** Total over labels. */
function total(values) {
    return values.reduce((sum, value) => sum + value, 0);
}
/**
 * Influence of every row on a statistic of the counts, by central differences: of a row with labels (t, p) the derivative
 * towards truth[t], towards predicted[p] and, where t = p, towards correct[t], times the number of rows.
 */
function influenceOf(rows, counts, statistic) {
    const step = 1e-4;
    const derivative = (values) => values.map((value, label) => {
        values[label] = value + step;
        const above = statistic(counts);
        values[label] = value - step;
        const below = statistic(counts);
        values[label] = value;
        return ((above - below) / (2 * step)) * counts.rows;
    });
    const truth = derivative(counts.truth);
    const predicted = derivative(counts.predicted);
    const correct = derivative(counts.correct);
    return Float64Array.from({ length: rows.count }, (_, row) => {
        const [t, p] = [rows.truth[row] ?? 0, rows.predicted[row] ?? 0];
        return (truth[t] ?? 0) + (predicted[p] ?? 0) + (t === p ? (correct[t] ?? 0) : 0);
    });
}


/***/ }),

/***/ 64213:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MX: () => (/* binding */ deltaMethod),
/* harmony export */   ao: () => (/* binding */ bootstrapMethod),
/* harmony export */   hy: () => (/* binding */ notStable),
/* harmony export */   kN: () => (/* binding */ mostResampledCells),
/* harmony export */   ny: () => (/* binding */ clipChange),
/* harmony export */   pq: () => (/* binding */ countOf)
/* harmony export */ });
/* harmony import */ var _statistics_interval_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(93928);

const deltaMethod = "delta method";
const bootstrapMethod = "percentile bootstrap";
const notStable = "the metric is undefined in too many resamples of the rows";
/** Rows times columns up to which rows are resampled; above, the delta method says the same in a fraction of the time. */
const mostResampledCells = 10_000;
/** A change lies within the width of the metric's range. */
function clipChange(interval, { low, high }) {
    return (0,_statistics_interval_js__WEBPACK_IMPORTED_MODULE_0__/* .clip */ .$Q)(interval, { low: low - high, high: high - low });
}
/** `1 row`, `3 rows`. */
function countOf(count, noun) {
    return `${count} ${noun}${count === 1 ? "" : "s"}`;
}


/***/ }),

/***/ 35261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  Jn: () => (/* reexport */ metric_names/* defaultMetrics */.Jn),
  GF: () => (/* binding */ findMetric),
  Zv: () => (/* reexport */ metric_names/* metricNames */.Zv)
});

// EXTERNAL MODULE: ./build/src/statistics/roc-auc.js
var roc_auc = __webpack_require__(77659);
// EXTERNAL MODULE: ./build/src/statistics/sorted-order.js
var sorted_order = __webpack_require__(34169);
;// CONCATENATED MODULE: ./build/src/statistics/average-precision.js


/**
 * Average precision, Σ (recallₖ − recallₖ₋₁) · precisionₖ over the distinct scores from the highest down, as scikit-learn has
 * it: no interpolation.
 * @param order of the scores, smallest first
 * @param weights how often each row counts; undefined: once
 * @returns NaN without a positive row
 */
function averagePrecision(scores, positive, order = (0,sorted_order/* sortedOrder */.u)(scores), weights) {
    let found = 0;
    let seen = 0;
    let total = 0;
    for (let i = order.length - 1; i >= 0;) {
        const score = scores[order[i] ?? 0];
        let foundHere = 0;
        let seenHere = 0;
        for (; i >= 0; i--) {
            const row = order[i] ?? 0;
            if (scores[row] !== score)
                break;
            const weight = weights === undefined ? 1 : (weights[row] ?? 0);
            seenHere += weight;
            if (positive[row] === 1)
                foundHere += weight;
        }
        found += foundHere;
        seen += seenHere;
        if (foundHere > 0)
            total += foundHere * (found / seen);
    }
    return total / found;
}
/**
 * Influence of each row on the average precision T = E[P(Y=1 | S ≥ s)] over the scores s of positive rows. With the share of
 * positives π, N(s) = P(S ≥ s) and K(s) = P(S ≥ s, Y = 1), a row (x, y) has
 * y · K(x)/N(x) + y · Σ_{s ≤ x} 1/N(s) − Σ_{s ≤ x} K(s)/N(s)² − T · y, all over π, with the sums over positive rows' scores
 * as shares of all rows.
 */
function averagePrecisionInfluence(scores, positive, order = (0,sorted_order/* sortedOrder */.u)(scores)) {
    const rows = scores.length;
    const positives = positive.reduce((count, flag) => count + flag, 0);
    const value = averagePrecision(scores, positive, order);
    const share = positives / rows;
    const influence = new Float64Array(rows);
    let positivesBelow = 0;
    let gain = 0;
    let cost = 0;
    for (let start = 0; start < rows;) {
        const { end, tiedPositives } = (0,roc_auc/* tieFrom */.v)(start, scores, positive, order);
        const above = (rows - start) / rows;
        const positivesAbove = (positives - positivesBelow) / rows;
        gain += tiedPositives / rows / above;
        cost += ((tiedPositives / rows) * positivesAbove) / (above * above);
        for (let i = start; i < end; i++) {
            const row = order[i] ?? 0;
            influence[row] = ((positive[row] === 1 ? positivesAbove / above + gain - value : 0) - cost) / share;
        }
        positivesBelow += tiedPositives;
        start = end;
    }
    return influence;
}

// EXTERNAL MODULE: ./build/src/statistics/bootstrap.js + 1 modules
var bootstrap = __webpack_require__(22524);
// EXTERNAL MODULE: ./build/src/statistics/influence.js
var statistics_influence = __webpack_require__(13370);
// EXTERNAL MODULE: ./build/src/statistics/interval.js
var statistics_interval = __webpack_require__(93928);
// EXTERNAL MODULE: ./build/src/evaluation/metric-names.js
var metric_names = __webpack_require__(29083);
// EXTERNAL MODULE: ./build/src/evaluation/rows.js
var evaluation_rows = __webpack_require__(94415);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/estimating.js
var estimating = __webpack_require__(64213);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/order.js
var metrics_order = __webpack_require__(69750);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/probabilities.js
var probabilities = __webpack_require__(22313);
// EXTERNAL MODULE: ./build/src/statistics/moments.js
var moments = __webpack_require__(26816);
// EXTERNAL MODULE: ./build/src/statistics/normal.js
var normal = __webpack_require__(75966);
;// CONCATENATED MODULE: ./build/src/statistics/delong.js




/**
 * 95% interval of the difference of two AUCs on the same rows (DeLong, DeLong and Clarke-Pearson 1988).
 * Where the placements leave no variance though the models rank differently (both separate the classes without an error, say)
 * the interval is put together from those of the two AUCs as if they were independent (MOVER, Zou and Donner 2008), which is
 * wider than the truth.
 */
function delongPairedInterval(baseline, candidate, positive) {
    const change = candidate.auc - baseline.auc;
    const apart = (0,statistics_influence/* differences */.tX)(candidate.placements, baseline.placements);
    const error = standardError(apart, positive);
    if (error > 1e-12 || (apart.every((difference) => difference === 0) && candidate.auc < 1 && candidate.auc > 0))
        return (0,statistics_interval/* clip */.$Q)((0,statistics_interval/* symmetric */.WG)(change, normal/* z95 */.Xy * error), { low: -1, high: 1 });
    const [theirs, ours] = [delongInterval(baseline, positive), delongInterval(candidate, positive)];
    return {
        low: change - Math.hypot(candidate.auc - ours.low, theirs.high - baseline.auc),
        high: change + Math.hypot(ours.high - candidate.auc, baseline.auc - theirs.low),
    };
}
/**
 * 95% interval of one AUC: DeLong's variance on the logit scale, which keeps it inside (0, 1). An AUC without any variance, 1
 * above all, gets Newcombe's score interval instead (2006, Statistics in Medicine 25:559, method 5).
 */
function delongInterval({ auc, placements, positives, negatives }, positive) {
    const error = standardError(placements, positive);
    if (!(error > 1e-12) || auc <= 0 || auc >= 1)
        return newcombeInterval(auc, positives, negatives);
    const logit = Math.log(auc / (1 - auc));
    const half = (normal/* z95 */.Xy * error) / (auc * (1 - auc));
    return { low: 1 / (1 + Math.exp(half - logit)), high: 1 / (1 + Math.exp(-half - logit)) };
}
function standardError(placements, positive) {
    const ofPositives = placements.filter((_, row) => positive[row] === 1);
    const ofNegatives = placements.filter((_, row) => positive[row] !== 1);
    return Math.hypot((0,moments/* standardDeviation */.Fx)(ofPositives) / Math.sqrt(ofPositives.length), (0,moments/* standardDeviation */.Fx)(ofNegatives) / Math.sqrt(ofNegatives.length));
}
function newcombeInterval(auc, positives, negatives) {
    const others = (positives + negatives) / 2 - 1;
    const reaches = (bound) => {
        const spread = 1 + others * ((1 - bound) / (2 - bound) + bound / (1 + bound));
        return (auc - bound) ** 2 <= (normal/* z95 */.Xy * normal/* z95 */.Xy * bound * (1 - bound) * spread) / (positives * negatives);
    };
    return { low: furthest(auc, 0, reaches), high: furthest(auc, 1, reaches) };
}
/** The point furthest from `inside` towards `end` that is still reached. */
function furthest(inside, end, reaches) {
    if (inside === end)
        return end;
    let near = inside;
    let far = end;
    for (let step = 0; step < 60; step++) {
        const middle = (near + far) / 2;
        if (reaches(middle))
            near = middle;
        else
            far = middle;
    }
    return near;
}

;// CONCATENATED MODULE: ./build/src/evaluation/metrics/roc-auc.js






/** Rows of each class below which DeLong's interval does not cover what it says. */
const leastOfEachClass = 30;
const method = "DeLong";
/** Binary ROC-AUC. */
const rocAucMetric = {
    name: "roc_auc",
    ...metric_names/* metricFacts */.gt.roc_auc,
    range: { low: 0, high: 1 },
    isIdentical: sameBinaryScores,
    measure(rows) {
        const found = (0,probabilities/* binaryScores */.jM)(rows);
        if ("undefinedBecause" in found)
            return found;
        const { auc } = ranked(found);
        return Number.isNaN(auc) ? { undefinedBecause: (0,probabilities/* oneClass */.Xt)((0,evaluation_rows/* asLabelled */.an)(rows)) } : { value: auc };
    },
    estimate(rows) {
        const missing = (0,probabilities/* needOfEachClass */.BD)(rows, leastOfEachClass);
        if (missing !== undefined)
            return { method, noIntervalBecause: missing };
        const ours = defined(rows);
        return { method, interval: delongInterval(ranked(ours), ours.positive) };
    },
    estimateChange(baseline, candidate) {
        const missing = (0,probabilities/* needOfEachClass */.BD)(candidate, leastOfEachClass);
        if (missing !== undefined)
            return { method, noIntervalBecause: missing };
        const ours = defined(candidate);
        return { method, interval: delongPairedInterval(ranked(defined(baseline)), ranked(ours), ours.positive) };
    },
};
function ranked({ scores, positive }) {
    return (0,roc_auc/* rocAuc */.o)(scores, positive, (0,metrics_order/* orderOf */.m)(scores));
}
/** Scores of the positive class, asked only where they were found before. */
function defined(rows) {
    const found = (0,probabilities/* binaryScores */.jM)(rows);
    if ("undefinedBecause" in found)
        throw new Error(`Asked for an interval where there are no scores: ${found.undefinedBecause}.`);
    return found;
}
function sameBinaryScores(baseline, candidate) {
    const [theirs, ours] = [(0,probabilities/* binaryScores */.jM)(baseline), (0,probabilities/* binaryScores */.jM)(candidate)];
    return "scores" in theirs && "scores" in ours && (0,probabilities/* sameNumbers */.pB)(theirs.scores, ours.scores);
}

;// CONCATENATED MODULE: ./build/src/evaluation/metrics/average-precision.js










const range = { low: 0, high: 1 };
/** Average precision; of several classes the unweighted mean of each against the rest. */
const averagePrecisionMetric = {
    name: "average_precision",
    ...metric_names/* metricFacts */.gt.average_precision,
    range,
    isIdentical: (baseline, candidate) => (0,evaluation_rows/* asLabelled */.an)(baseline).task === "binary" ? sameBinaryScores(baseline, candidate) : (0,probabilities/* sameScores */.Oc)(baseline, candidate),
    measure(rows) {
        const rankings = rankingsOf(rows);
        if ("undefinedBecause" in rankings)
            return rankings;
        const value = average(rankings, ({ scores, positive }) => averagePrecision(scores, positive, (0,metrics_order/* orderOf */.m)(scores)));
        return Number.isNaN(value) ? { undefinedBecause: (0,probabilities/* oneClass */.Xt)((0,evaluation_rows/* asLabelled */.an)(rows)) } : { value };
    },
    estimate(rows) {
        const { value, influence, resampled, missing, cells } = prepare(rows);
        const method = cells <= estimating/* mostResampledCells */.kN ? estimating/* bootstrapMethod */.ao : estimating/* deltaMethod */.MX;
        if (missing !== undefined)
            return { method, noIntervalBecause: missing };
        if (value === 1)
            return { method, noIntervalBecause: "every positive row ranks first, so the rows show no noise" };
        const interval = method === estimating/* bootstrapMethod */.ao ? (0,bootstrap/* bootstrapRows */.D)(rows.count, resampled()) : (0,statistics_influence/* deltaInterval */._G)(value, influence());
        return interval ? { method, interval: (0,statistics_interval/* clip */.$Q)(interval, range) } : { method, noIntervalBecause: estimating/* notStable */.hy };
    },
    estimateChange(baseline, candidate) {
        const [theirs, ours] = [prepare(baseline), prepare(candidate)];
        const method = ours.cells <= estimating/* mostResampledCells */.kN ? estimating/* bootstrapMethod */.ao : estimating/* deltaMethod */.MX;
        if (ours.missing !== undefined)
            return { method, noIntervalBecause: ours.missing };
        if (theirs.value === 1 && ours.value === 1)
            return { method, noIntervalBecause: "in both models every positive row ranks first, so the rows show no noise" };
        if (method === estimating/* deltaMethod */.MX) {
            const influence = (0,statistics_influence/* differences */.tX)(ours.influence(), theirs.influence());
            return { method, interval: (0,estimating/* clipChange */.ny)((0,statistics_influence/* deltaInterval */._G)(ours.value - theirs.value, influence), range) };
        }
        const [baselineOf, candidateOf] = [theirs.resampled(), ours.resampled()];
        const interval = (0,bootstrap/* bootstrapRows */.D)(candidate.count, (weights) => candidateOf(weights) - baselineOf(weights));
        return interval ? { method, interval: (0,estimating/* clipChange */.ny)(interval, range) } : { method, noIntervalBecause: estimating/* notStable */.hy };
    },
};
function rankingsOf(given) {
    const rows = (0,evaluation_rows/* asLabelled */.an)(given);
    if (rows.task === "binary") {
        const found = (0,probabilities/* binaryScores */.jM)(rows);
        return "undefinedBecause" in found ? found : [found];
    }
    const found = (0,probabilities/* classScores */.Sg)(rows);
    if ("undefinedBecause" in found)
        return found;
    return found.columns.map(({ label, scores }) => ({ scores, positive: (0,probabilities/* isLabel */.J2)(rows, label) }));
}
function prepare(rows) {
    const rankings = rankingsOf(rows);
    if ("undefinedBecause" in rankings)
        throw new Error("Average precision was asked for an interval where it is undefined.");
    const ordered = rankings.map((ranking) => ({ ...ranking, order: (0,metrics_order/* orderOf */.m)(ranking.scores) }));
    return {
        cells: rows.count * rankings.length,
        missing: (0,probabilities/* needOfEachClass */.BD)(rows, leastOfEachClass),
        value: average(ordered, ({ scores, positive, order }) => averagePrecision(scores, positive, order)),
        influence: () => {
            const each = ordered.map(({ scores, positive, order }) => averagePrecisionInfluence(scores, positive, order));
            return Float64Array.from({ length: rows.count }, (_, row) => average(each, (influence) => influence[row] ?? 0));
        },
        resampled: () => (weights) => average(ordered, ({ scores, positive, order }) => averagePrecision(scores, positive, order, weights)),
    };
}
function average(items, of) {
    return items.reduce((sum, item) => sum + of(item), 0) / items.length;
}

// EXTERNAL MODULE: ./build/src/statistics/wilson.js
var wilson = __webpack_require__(23365);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/class-counts.js
var class_counts = __webpack_require__(13235);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/label-metric.js + 1 modules
var label_metric = __webpack_require__(54695);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/label-statistics.js
var label_statistics = __webpack_require__(88046);
;// CONCATENATED MODULE: ./build/src/evaluation/metrics/labels.js




const ofShare = {
    method: "Wilson",
    interval: ({ correct, rows }) => (0,wilson/* wilsonInterval */.Y)((0,class_counts/* total */.X5)(correct), rows),
};
/** Given the rows that were predicted positive (precision) or are (recall), the true positives among them are binomial. */
const ofPredicted = {
    method: "Wilson",
    interval: ({ correct, predicted }, positive) => (0,wilson/* wilsonInterval */.Y)(correct[positive] ?? 0, predicted[positive] ?? 0),
};
const ofTrue = {
    method: "Wilson",
    interval: ({ correct, truth }, positive) => (0,wilson/* wilsonInterval */.Y)(correct[positive] ?? 0, truth[positive] ?? 0),
};
/** F1 = 2J/(1+J) of the Jaccard index J, a binomial share of the rows that are positive or predicted so. */
function f1Interval({ correct, truth, predicted }, positive) {
    const hits = correct[positive] ?? 0;
    const jaccard = (0,wilson/* wilsonInterval */.Y)(hits, (truth[positive] ?? 0) + (predicted[positive] ?? 0) - hits);
    return { low: (2 * jaccard.low) / (1 + jaccard.low), high: (2 * jaccard.high) / (1 + jaccard.high) };
}
/** Metrics of predicted labels. */
const labelMetrics = [
    (0,label_metric/* labelMetric */.d)({ name: "accuracy", statistic: label_statistics/* shareCorrect */.cW, by: "delta", ofValue: ofShare }),
    (0,label_metric/* labelMetric */.d)({ name: "precision_micro", statistic: label_statistics/* shareCorrect */.cW, by: "delta", ofValue: ofShare }),
    (0,label_metric/* labelMetric */.d)({ name: "recall_micro", statistic: label_statistics/* shareCorrect */.cW, by: "delta", ofValue: ofShare }),
    (0,label_metric/* labelMetric */.d)({ name: "recall_weighted", statistic: label_statistics/* shareCorrect */.cW, by: "delta", ofValue: ofShare }),
    (0,label_metric/* labelMetric */.d)({ name: "f1_micro", statistic: label_statistics/* shareCorrect */.cW, by: "delta", ofValue: ofShare }),
    (0,label_metric/* labelMetric */.d)({ name: "precision", statistic: (0,label_statistics/* ofPositive */.Lc)(label_statistics/* precisionOf */.ij), by: "bootstrap", ofValue: ofPredicted }),
    (0,label_metric/* labelMetric */.d)({ name: "recall", statistic: (0,label_statistics/* ofPositive */.Lc)(label_statistics/* recallOf */.HR), by: "bootstrap", ofValue: ofTrue }),
    (0,label_metric/* labelMetric */.d)({
        name: "f1",
        statistic: (0,label_statistics/* ofPositive */.Lc)(label_statistics/* f1Of */.li),
        by: "delta",
        ofValue: { method: "Wilson, of the Jaccard index", interval: f1Interval },
    }),
    (0,label_metric/* labelMetric */.d)({ name: "precision_macro", statistic: (0,label_statistics/* macro */.Vp)(label_statistics/* precisionOf */.ij), by: "bootstrap" }),
    (0,label_metric/* labelMetric */.d)({ name: "precision_weighted", statistic: (0,label_statistics/* weighted */.Y1)(label_statistics/* precisionOf */.ij), by: "bootstrap" }),
    (0,label_metric/* labelMetric */.d)({ name: "recall_macro", statistic: (0,label_statistics/* macro */.Vp)(label_statistics/* recallOf */.HR), by: "bootstrap" }),
    (0,label_metric/* labelMetric */.d)({ name: "f1_macro", statistic: (0,label_statistics/* macro */.Vp)(label_statistics/* f1Of */.li), by: "delta" }),
    (0,label_metric/* labelMetric */.d)({ name: "f1_weighted", statistic: (0,label_statistics/* weighted */.Y1)(label_statistics/* f1Of */.li), by: "delta" }),
    (0,label_metric/* labelMetric */.d)({ name: "balanced_accuracy", statistic: label_statistics/* balancedAccuracy */.q2, by: "bootstrap" }),
    (0,label_metric/* labelMetric */.d)({ name: "matthews_corrcoef", statistic: label_statistics/* matthewsCorrelation */.uT, by: "bootstrap", range: { low: -1, high: 1 } }),
];

;// CONCATENATED MODULE: ./build/src/evaluation/metrics/multiclass-roc-auc.js










/** Mean of each class's AUC against the rest; weighted by how often the class occurs, or not. */
function oneVsRest(isWeighted) {
    return (rows, columns) => {
        const influence = new Float64Array(rows.count);
        let value = 0;
        for (const { label, scores } of columns) {
            const positive = (0,probabilities/* isLabel */.J2)(rows, label);
            const { auc, placements, positives, negatives } = (0,roc_auc/* rocAuc */.o)(scores, positive, (0,metrics_order/* orderOf */.m)(scores));
            const share = positives / rows.count;
            const weight = isWeighted ? share : 1 / columns.length;
            value += weight * auc;
            for (let row = 0; row < rows.count; row++) {
                const own = positive[row] === 1;
                const part = ((placements[row] ?? 0) - auc) * (rows.count / (own ? positives : negatives));
                const ofWeight = isWeighted ? ((own ? 1 : 0) - share) * auc : 0;
                influence[row] = (influence[row] ?? 0) + weight * part + ofWeight;
            }
        }
        return { value, influence };
    };
}
/**
 * Mean over ordered pairs of classes of the AUC that tells them apart (Hand and Till 2001); weighted by the pair's rows, or
 * not. One sweep over each class's scores serves all of its pairs: O(rows · (log rows + classes)) a class.
 */
function oneVsOne(isWeighted) {
    return (rows, columns) => {
        const sizes = new Float64Array(rows.labels.length);
        for (const label of rows.truth)
            sizes[label] = (sizes[label] ?? 0) + 1;
        const influence = new Float64Array(rows.count);
        const pairs = columns.length * (columns.length - 1);
        let value = 0;
        for (const { label, scores } of columns) {
            const own = sizes[label] ?? 0;
            // Each unordered pair is met twice.
            const weights = sizes.map((size, other) => {
                if (other === label || size === 0)
                    return 0;
                return isWeighted ? (own + size) / rows.count / 2 / (columns.length - 1) : 1 / pairs;
            });
            const aucs = new Float64Array(sizes.length);
            const below = new Float64Array(sizes.length);
            const tied = new Float64Array(sizes.length);
            const order = (0,metrics_order/* orderOf */.m)(scores);
            for (let start = 0; start < order.length;) {
                tied.fill(0);
                let end = start;
                for (const score = scores[order[start] ?? 0]; end < order.length && scores[order[end] ?? 0] === score; end++) {
                    const truth = rows.truth[order[end] ?? 0] ?? 0;
                    tied[truth] = (tied[truth] ?? 0) + 1;
                }
                const ownTied = tied[label] ?? 0;
                const ownAbove = (own - (below[label] ?? 0) - ownTied / 2) / own;
                let ofOwn = 0;
                if (ownTied > 0) {
                    for (let other = 0; other < sizes.length; other++) {
                        const weight = weights[other] ?? 0;
                        if (weight === 0)
                            continue;
                        const placement = ((below[other] ?? 0) + (tied[other] ?? 0) / 2) / (sizes[other] ?? 0);
                        ofOwn += weight * placement;
                        aucs[other] = (aucs[other] ?? 0) + (ownTied * placement) / own;
                    }
                }
                for (let i = start; i < end; i++) {
                    const row = order[i] ?? 0;
                    const truth = rows.truth[row] ?? 0;
                    const placement = truth === label ? ofOwn : (weights[truth] ?? 0) * ownAbove;
                    influence[row] = (influence[row] ?? 0) + placement * (rows.count / (sizes[truth] ?? 0));
                }
                for (let other = 0; other < sizes.length; other++)
                    below[other] = (below[other] ?? 0) + (tied[other] ?? 0);
                start = end;
            }
            const average = aucs.reduce((total, auc, other) => total + (weights[other] ?? 0) * auc, 0);
            value += average;
            // What is left of the influence is the same for all rows of a class: centring, and the pair's weight.
            const ofWeight = aucs.map((auc) => (isWeighted ? auc / 2 / (columns.length - 1) : 0));
            const shifts = sizes.map((size, other) => (ofWeight[other] ?? 0) - ((weights[other] ?? 0) * (aucs[other] ?? 0) * rows.count) / size);
            shifts[label] = ofWeight.reduce((total, part) => total + part, 0) - (average * rows.count) / own;
            for (let row = 0; row < rows.count; row++)
                influence[row] = (influence[row] ?? 0) + (shifts[rows.truth[row] ?? 0] ?? 0);
        }
        return { value, influence };
    };
}
const multiclassRocAucMetrics = [
    multiclassRocAuc("roc_auc_ovr", oneVsRest(false)),
    multiclassRocAuc("roc_auc_ovr_weighted", oneVsRest(true)),
    multiclassRocAuc("roc_auc_ovo", oneVsOne(false)),
    multiclassRocAuc("roc_auc_ovo_weighted", oneVsOne(true)),
];
function multiclassRocAuc(name, rank) {
    const range = { low: 0, high: 1 };
    const method = `DeLong, ${estimating/* deltaMethod */.MX}`;
    const ranked = (rows) => {
        const found = (0,probabilities/* classScores */.Sg)(rows);
        if ("undefinedBecause" in found)
            throw new Error(`${name} was asked for an interval where it is undefined.`);
        return rank((0,evaluation_rows/* asLabelled */.an)(rows), found.columns);
    };
    return {
        name,
        ...metric_names/* metricFacts */.gt[name],
        range,
        isIdentical: probabilities/* sameScores */.Oc,
        measure(rows) {
            const found = (0,probabilities/* classScores */.Sg)(rows);
            return "undefinedBecause" in found ? found : { value: rank((0,evaluation_rows/* asLabelled */.an)(rows), found.columns).value };
        },
        estimate(rows) {
            const missing = (0,probabilities/* needOfEachClass */.BD)(rows, leastOfEachClass);
            if (missing !== undefined)
                return { method, noIntervalBecause: missing };
            const { value, influence } = ranked(rows);
            if (value < 1)
                return { method, interval: (0,statistics_interval/* clip */.$Q)((0,statistics_influence/* deltaInterval */._G)(value, influence), range) };
            return { method: "Wilson, of the rarest class", interval: withoutErrors((0,evaluation_rows/* asLabelled */.an)(rows)) };
        },
        estimateChange(baseline, candidate) {
            const missing = (0,probabilities/* needOfEachClass */.BD)(candidate, leastOfEachClass);
            if (missing !== undefined)
                return { method, noIntervalBecause: missing };
            const [theirs, ours] = [ranked(baseline), ranked(candidate)];
            if (theirs.value === 1 && ours.value === 1) {
                const { low } = withoutErrors((0,evaluation_rows/* asLabelled */.an)(candidate));
                return { method: "Wilson, of the rarest class", interval: { low: low - 1, high: 1 - low } };
            }
            const interval = (0,statistics_influence/* deltaInterval */._G)(ours.value - theirs.value, (0,statistics_influence/* differences */.tX)(ours.influence, theirs.influence));
            return { method, interval: (0,estimating/* clipChange */.ny)(interval, range) };
        },
    };
}
/** Every class is told apart without an error, which leaves no variance: as if a right ranking were an event of each row of the rarest class. */
function withoutErrors({ truth }) {
    const counts = new Map();
    for (const label of truth)
        counts.set(label, (counts.get(label) ?? 0) + 1);
    const rarest = Math.min(...counts.values());
    return (0,wilson/* wilsonInterval */.Y)(rarest, rarest);
}

;// CONCATENATED MODULE: ./build/src/evaluation/metrics/loss-metric.js





const leastRows = 30;
const leastDifferentRows = 10;
/** The mean of a loss over the rows, or its square root: greater is worse. */
function lossMetric({ name, losses, isIdentical, range = { low: 0, high: Infinity }, guard, root = false, }) {
    const scale = (average) => (root ? Math.sqrt(average) : average);
    const defined = (rows) => {
        const found = losses(rows);
        if (!(found instanceof Float64Array))
            throw new Error(`${name} was asked for an interval where it is undefined.`);
        return found;
    };
    /** Of a mean the losses themselves; of its root their share in its derivative, which is none where no row has a loss. */
    const influence = (of) => {
        const value = scale((0,moments/* mean */.i2)(of));
        return root ? of.map((loss) => (value > 0 ? loss / (2 * value) : 0)) : of;
    };
    const method = root ? estimating/* deltaMethod */.MX : "t of the mean";
    return {
        name,
        ...metric_names/* metricFacts */.gt[name],
        range,
        isIdentical,
        measure(rows) {
            if (rows.count === 0)
                return { undefinedBecause: "there are no rows" };
            const found = losses(rows);
            if (!(found instanceof Float64Array))
                return found;
            const value = scale((0,moments/* mean */.i2)(found));
            return Number.isFinite(value) ? { value } : { undefinedBecause: "the losses are too large to add up" };
        },
        estimate(rows) {
            const missing = needRows(rows) ?? guard?.(rows);
            if (missing !== undefined)
                return { method, noIntervalBecause: missing };
            const found = defined(rows);
            const interval = root ? (0,statistics_influence/* deltaInterval */._G)(scale((0,moments/* mean */.i2)(found)), influence(found)) : (0,statistics_influence/* meanInterval */.VO)(found);
            return { method, interval: (0,statistics_interval/* clip */.$Q)(interval, range) };
        },
        estimateChange(baseline, candidate) {
            const paired = root ? estimating/* deltaMethod */.MX : "paired t of the mean";
            const missing = needRows(candidate) ?? guard?.(candidate);
            if (missing !== undefined)
                return { method: paired, noIntervalBecause: missing };
            const [theirs, ours] = [defined(baseline), defined(candidate)];
            const different = ours.reduce((count, loss, row) => count + (loss === theirs[row] ? 0 : 1), 0);
            if (different < leastDifferentRows)
                return {
                    method: paired,
                    noIntervalBecause: `needs ${leastDifferentRows} rows that the models predict differently, has ${different}`,
                };
            const change = scale((0,moments/* mean */.i2)(ours)) - scale((0,moments/* mean */.i2)(theirs));
            return {
                method: paired,
                interval: (0,estimating/* clipChange */.ny)((0,statistics_influence/* deltaInterval */._G)(change, (0,statistics_influence/* differences */.tX)(influence(ours), influence(theirs))), range),
            };
        },
    };
}
function needRows({ count }) {
    return count < leastRows ? `needs ${leastRows} rows, has ${count}` : undefined;
}

;// CONCATENATED MODULE: ./build/src/evaluation/metrics/probability-losses.js



const probability_losses_leastOfEachClass = 10;
/** −log of the probability of the true class, clipped to [ε, 1 − ε] of a double as scikit-learn does. */
const logLoss = probabilityLoss("log_loss", Number.POSITIVE_INFINITY, (own) => {
    return -Math.log(Math.min(Math.max(own, Number.EPSILON), 1 - Number.EPSILON));
});
/** Squared distance of the probabilities to the truth; halved for two classes, so that it is that of the positive class. */
const brierScore = probabilityLoss("brier_score", 2, (own, squares, columns) => {
    return (squares - own * own + (1 - own) ** 2) * (columns < 3 ? 0.5 : 1);
});
const probabilityLosses = [logLoss, brierScore];
/** @param loss of a row by the probability of its class, the sum of squares of all its probabilities, and their number */
function probabilityLoss(name, high, loss) {
    return lossMetric({
        name,
        range: { low: 0, high },
        isIdentical: probabilities/* sameScores */.Oc,
        guard: (rows) => (0,probabilities/* needOfEachClass */.BD)(rows, probability_losses_leastOfEachClass),
        losses(given) {
            const rows = (0,evaluation_rows/* asLabelled */.an)(given);
            const found = (0,probabilities/* classProbabilities */.oy)(rows);
            if ("undefinedBecause" in found)
                return found;
            const { byLabel, all } = found;
            return Float64Array.from(rows.truth, (label, row) => {
                let squares = 0;
                for (const column of all)
                    squares += (column[row] ?? 0) ** 2;
                return loss(byLabel.get(label)?.[row] ?? Number.NaN, squares, all.length);
            });
        },
    });
}

;// CONCATENATED MODULE: ./build/src/evaluation/metrics/regression.js











/** Loss of each row by its error, prediction − truth. */
function errorLoss(name, loss, rest = {}) {
    return lossMetric({
        name,
        ...rest,
        isIdentical: samePredictions,
        losses: (given) => {
            const rows = (0,evaluation_rows/* asNumbered */.v5)(given);
            return notNumbers(rows) ?? rows.predicted.map((value, row) => loss(value - (rows.truth[row] ?? 0), rows.truth[row] ?? 0));
        },
    });
}
const regressionMetrics = [
    errorLoss("mean_absolute_error", Math.abs),
    errorLoss("mean_squared_error", (error) => error * error),
    errorLoss("root_mean_squared_error", (error) => error * error, { root: true }),
    errorLoss("mean_absolute_percentage_error", (error, truth) => Math.abs(error) / Math.max(Math.abs(truth), Number.EPSILON), {
        guard: needTargetsAwayFromZero,
    }),
    errorStatistic({
        name: "median_absolute_error",
        range: { low: 0, high: Number.POSITIVE_INFINITY },
        why: () => undefined,
        prepare: medianAbsoluteError,
    }),
    errorStatistic({
        name: "r2",
        range: { low: Number.NEGATIVE_INFINITY, high: 1 },
        why: ({ count, truth }) => {
            if (count < 2)
                return "it needs two rows";
            return truth.every((value) => value === truth[0]) ? "the target is the same in every row" : undefined;
        },
        prepare: rSquared,
    }),
];
function errorStatistic({ name, range, why, prepare }) {
    const methodFor = ({ count }) => (count <= estimating/* mostResampledCells */.kN ? estimating/* bootstrapMethod */.ao : estimating/* deltaMethod */.MX);
    return {
        name,
        ...metric_names/* metricFacts */.gt[name],
        range,
        isIdentical: samePredictions,
        measure(given) {
            const rows = (0,evaluation_rows/* asNumbered */.v5)(given);
            if (rows.count === 0)
                return { undefinedBecause: "there are no rows" };
            const reason = why(rows);
            const problem = notNumbers(rows) ?? (reason === undefined ? undefined : { undefinedBecause: reason });
            if (problem)
                return problem;
            const { value } = prepare(rows);
            return Number.isFinite(value) ? { value } : { undefinedBecause: "the errors are too large to add up" };
        },
        estimate(rows) {
            const method = methodFor(rows);
            const missing = needRows(rows);
            if (missing !== undefined)
                return { method, noIntervalBecause: missing };
            const { value, resampled, influence } = prepare((0,evaluation_rows/* asNumbered */.v5)(rows));
            const interval = method === estimating/* bootstrapMethod */.ao ? (0,bootstrap/* bootstrapRows */.D)(rows.count, resampled) : (0,statistics_influence/* deltaInterval */._G)(value, influence());
            return interval ? { method, interval: (0,statistics_interval/* clip */.$Q)(interval, range) } : { method, noIntervalBecause: estimating/* notStable */.hy };
        },
        estimateChange(baseline, candidate) {
            const method = methodFor(candidate);
            const missing = needRows(candidate) ?? needDifferent((0,evaluation_rows/* asNumbered */.v5)(baseline), (0,evaluation_rows/* asNumbered */.v5)(candidate));
            if (missing !== undefined)
                return { method, noIntervalBecause: missing };
            const [theirs, ours] = [prepare((0,evaluation_rows/* asNumbered */.v5)(baseline)), prepare((0,evaluation_rows/* asNumbered */.v5)(candidate))];
            const interval = method === estimating/* bootstrapMethod */.ao
                ? (0,bootstrap/* bootstrapRows */.D)(candidate.count, (weights) => ours.resampled(weights) - theirs.resampled(weights))
                : (0,statistics_influence/* deltaInterval */._G)(ours.value - theirs.value, (0,statistics_influence/* differences */.tX)(ours.influence(), theirs.influence()));
            return interval ? { method, interval: (0,estimating/* clipChange */.ny)(interval, range) } : { method, noIntervalBecause: estimating/* notStable */.hy };
        },
    };
}
/** 1 − Σ(y − ŷ)² / Σ(y − ȳ)². */
function rSquared({ count, truth, predicted }) {
    const squares = truth.map((value, row) => (value - (predicted[row] ?? 0)) ** 2);
    const centre = (0,moments/* mean */.i2)(truth);
    const centred = truth.map((value) => value - centre);
    const spreads = centred.map((value) => value * value);
    const [error, spread] = [(0,moments/* sum */.cz)(squares), (0,moments/* sum */.cz)(spreads)];
    return {
        value: 1 - error / spread,
        resampled(weights) {
            let [errors, first, second] = [0, 0, 0];
            for (let row = 0; row < count; row++) {
                const weight = weights[row] ?? 0;
                const value = centred[row] ?? 0;
                errors += weight * (squares[row] ?? 0);
                first += weight * value;
                second += weight * value * value;
            }
            return 1 - errors / (second - (first * first) / count);
        },
        influence: () => squares.map((square, row) => (((spreads[row] ?? 0) * error) / spread - square) / (spread / count)),
    };
}
function medianAbsoluteError({ count, truth, predicted }) {
    const errors = truth.map((value, row) => Math.abs(value - (predicted[row] ?? 0)));
    const order = (0,sorted_order/* sortedOrder */.u)(errors);
    const sorted = Float64Array.from(order, (row) => errors[row] ?? 0);
    const value = (0,moments/* quantileOfSorted */.mY)(sorted, 0.5);
    return {
        value,
        resampled(weights) {
            let seen = 0;
            let lower = Number.NaN;
            for (let i = 0; i < count; i++) {
                seen += weights[order[i] ?? 0] ?? 0;
                if (Number.isNaN(lower) && 2 * seen >= count)
                    lower = sorted[i] ?? 0;
                if (2 * seen > count)
                    return (lower + (sorted[i] ?? 0)) / 2;
            }
            return Number.NaN;
        },
        influence() {
            // Woodruff 1952: the density at the median from the order statistics one standard error to either side.
            const reach = normal/* z95 */.Xy / (2 * Math.sqrt(count));
            const slope = ((0,moments/* quantileOfSorted */.mY)(sorted, 0.5 + reach) - (0,moments/* quantileOfSorted */.mY)(sorted, 0.5 - reach)) / (2 * reach);
            return errors.map((error) => (error > value ? slope / 2 : error < value ? -slope / 2 : 0));
        },
    };
}
/** Near a target of 0 percentages are without bound, and their mean has no interval that can be trusted (measured: 26%, not 95%). */
function needTargetsAwayFromZero(rows) {
    const { truth } = (0,evaluation_rows/* asNumbered */.v5)(rows);
    const sizes = truth.map(Math.abs).sort();
    const signs = new Set(truth.map(Math.sign));
    const isAway = signs.size === 1 && !signs.has(0) && (sizes[0] ?? 0) >= 0.01 * (0,moments/* quantileOfSorted */.mY)(sizes, 0.5);
    return isAway ? undefined : "needs targets away from 0, where percentages are without bound";
}
function samePredictions(baseline, candidate) {
    return (0,probabilities/* sameNumbers */.pB)((0,evaluation_rows/* asNumbered */.v5)(baseline).predicted, (0,evaluation_rows/* asNumbered */.v5)(candidate).predicted);
}
function needDifferent(baseline, candidate) {
    const has = candidate.predicted.reduce((count, value, row) => count + (value === baseline.predicted[row] ? 0 : 1), 0);
    return has < leastDifferentRows
        ? `needs ${leastDifferentRows} rows that the models predict differently, has ${has}`
        : undefined;
}
function notNumbers({ truth, predicted }) {
    const notFinite = (values) => values.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
    if (notFinite(truth) > 0)
        return { undefinedBecause: `the target of ${(0,estimating/* countOf */.pq)(notFinite(truth), "row")} is not a finite number` };
    const bad = notFinite(predicted);
    return bad > 0 ? { undefinedBecause: `the prediction of ${(0,estimating/* countOf */.pq)(bad, "row")} is not a finite number` } : undefined;
}

;// CONCATENATED MODULE: ./build/src/evaluation/metrics/index.js







/** The one list of implementations; what is known of them without loading them is in `metric-names.ts`. */
const metrics = new Map([
    ...labelMetrics,
    rocAucMetric,
    ...multiclassRocAucMetrics,
    averagePrecisionMetric,
    ...probabilityLosses,
    ...regressionMetrics,
].map((metric) => [metric.name, metric]));
/** The metric of that name, or undefined when there is none. */
function findMetric(name) {
    return metrics.get(name);
}


/***/ }),

/***/ 54695:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K: () => (/* binding */ countFlipped),
  d: () => (/* binding */ labelMetric)
});

// EXTERNAL MODULE: ./build/src/statistics/bootstrap.js + 1 modules
var bootstrap = __webpack_require__(22524);
// EXTERNAL MODULE: ./build/src/statistics/influence.js
var statistics_influence = __webpack_require__(13370);
// EXTERNAL MODULE: ./build/src/statistics/interval.js
var statistics_interval = __webpack_require__(93928);
// EXTERNAL MODULE: ./build/src/statistics/normal.js
var normal = __webpack_require__(75966);
;// CONCATENATED MODULE: ./build/src/statistics/tango.js

/**
 * Tango's 95% score interval of the difference of two paired proportions (Tango 1998, Statistics in Medicine 17:891).
 *
 * @param gained rows that only the second of the two got right
 * @param lost rows that only the first got right
 * @param rows all rows, > 0
 * @returns interval of (gained − lost) / rows
 */
function tangoInterval(gained, lost, rows) {
    const estimate = (gained - lost) / rows;
    return {
        low: -boundAbove(lost, gained, rows, -estimate),
        high: boundAbove(gained, lost, rows, estimate),
    };
}
/** The largest difference that the score test does not reject; the score falls as the difference grows. */
function boundAbove(gained, lost, rows, estimate) {
    let inside = estimate;
    let outside = 1;
    for (let step = 0; step < 100 && outside - inside > 1e-15; step++) {
        const middle = (inside + outside) / 2;
        if (score(gained, lost, rows, middle) > -normal/* z95 */.Xy)
            inside = middle;
        else
            outside = middle;
    }
    return (inside + outside) / 2;
}
function score(gained, lost, rows, difference) {
    // The probability of `lost` under the hypothesis, by maximum likelihood: the larger root of a q² + b q + c = 0.
    const a = 2 * rows;
    const b = -gained - lost + (2 * rows - gained + lost) * difference;
    const c = -lost * difference * (1 - difference);
    const root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
    const q = b <= 0 ? (root - b) / (2 * a) : c === 0 ? 0 : (-2 * c) / (root + b);
    const variance = rows * (2 * q + difference * (1 - difference));
    const distance = gained - lost - rows * difference;
    return variance <= 0 ? Math.sign(distance) * Number.POSITIVE_INFINITY || 0 : distance / Math.sqrt(variance);
}

// EXTERNAL MODULE: ./build/src/statistics/wilson.js
var wilson = __webpack_require__(23365);
// EXTERNAL MODULE: ./build/src/evaluation/metric-names.js
var metric_names = __webpack_require__(29083);
// EXTERNAL MODULE: ./build/src/evaluation/rows.js
var evaluation_rows = __webpack_require__(94415);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/class-counts.js
var class_counts = __webpack_require__(13235);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/estimating.js
var estimating = __webpack_require__(64213);
// EXTERNAL MODULE: ./build/src/evaluation/metrics/label-statistics.js
var label_statistics = __webpack_require__(88046);
;// CONCATENATED MODULE: ./build/src/evaluation/metrics/label-metric.js










const leastTruePositives = 10;
const leastDiscordantRows = 10;
/** A metric that reads only labels. */
function labelMetric({ name, statistic, range = { low: 0, high: 1 }, by, ofValue }) {
    const facts = metric_names/* metricFacts */.gt[name];
    const positiveOf = ({ positive }) => (typeof positive === "number" ? positive : -1);
    function measureLabels(rows) {
        if (rows.missing > 0)
            return { undefinedBecause: `the model gives ${(0,estimating/* countOf */.pq)(rows.missing, "row")} no label` };
        const counts = (0,class_counts/* countClasses */.Eh)(rows);
        if (facts.positive) {
            if (typeof rows.positive !== "number")
                return rows.positive;
            const classes = (0,class_counts/* occurring */.$d)(counts).length;
            if (classes > 2)
                return { undefinedBecause: `truth and predictions have ${classes} labels; a binary task has two` };
        }
        const value = statistic.value(counts, positiveOf(rows));
        if (Number.isFinite(value))
            return { value };
        return { undefinedBecause: statistic.undefinedBecause(counts, positiveOf(rows), (label) => (0,evaluation_rows/* quote */.hD)(rows.labels[label])) };
    }
    /** The guard of one or two models: true positives of each class that the metric looks at. */
    function missingEvents(sides) {
        const counts = sides.map(class_counts/* countClasses */.Eh);
        const [first] = sides;
        if (first === undefined)
            return undefined;
        const classes = facts.positive ? [positiveOf(first)] : [...new Set(counts.flatMap(label_statistics/* classesOfTruth */.db))];
        for (const label of classes) {
            const has = Math.min(...counts.map(({ correct }) => correct[label] ?? 0));
            if (has >= leastTruePositives)
                continue;
            const ofClass = facts.positive ? "" : ` of class ${(0,evaluation_rows/* quote */.hD)(first.labels[label])}`;
            return `needs ${leastTruePositives} true positives${ofClass}${sides.length > 1 ? " on each side" : ""}, has ${has}`;
        }
        return undefined;
    }
    return {
        name,
        ...facts,
        range,
        measure: (rows) => measureLabels((0,evaluation_rows/* asLabelled */.an)(rows)),
        isIdentical: (baseline, candidate) => sameLabels((0,evaluation_rows/* asLabelled */.an)(baseline), (0,evaluation_rows/* asLabelled */.an)(candidate)),
        estimate(given) {
            const rows = (0,evaluation_rows/* asLabelled */.an)(given);
            const counts = (0,class_counts/* countClasses */.Eh)(rows);
            const positive = positiveOf(rows);
            if (ofValue)
                return { method: ofValue.method, interval: ofValue.interval(counts, positive) };
            const method = by === "delta" ? estimating/* deltaMethod */.MX : estimating/* bootstrapMethod */.ao;
            const missing = missingEvents([rows]);
            if (missing !== undefined)
                return { method, noIntervalBecause: missing };
            if ((0,label_statistics/* classesOfTruth */.db)(counts).every((label) => counts.correct[label] === counts.truth[label]))
                return { method: "Wilson, mean of classes", interval: withoutErrors(counts, range) };
            const value = statistic.value(counts, positive);
            const interval = by === "delta"
                ? (0,statistics_influence/* deltaInterval */._G)(value, (0,class_counts/* influenceOf */.xw)(rows, counts, (shifted) => statistic.value(shifted, positive)))
                : bootstrapLabels([rows], ([drawn]) => statistic.value(drawn, positive));
            return interval ? { method, interval: (0,statistics_interval/* clip */.$Q)(interval, range) } : { method, noIntervalBecause: estimating/* notStable */.hy };
        },
        estimateChange(givenBaseline, givenCandidate) {
            const [baseline, candidate] = [(0,evaluation_rows/* asLabelled */.an)(givenBaseline), (0,evaluation_rows/* asLabelled */.an)(givenCandidate)];
            if (statistic === label_statistics/* shareCorrect */.cW)
                return changeOfShare(baseline, candidate);
            const method = by === "delta" ? estimating/* deltaMethod */.MX : estimating/* bootstrapMethod */.ao;
            const discordant = countDiscordant(baseline, candidate);
            if (discordant < leastDiscordantRows) {
                const noIntervalBecause = `needs ${leastDiscordantRows} rows that the models label differently, has ${discordant}`;
                return { method, noIntervalBecause };
            }
            const missing = missingEvents([baseline, candidate]);
            if (missing !== undefined)
                return { method, noIntervalBecause: missing };
            const positive = positiveOf(candidate);
            const influence = (rows) => (0,class_counts/* influenceOf */.xw)(rows, (0,class_counts/* countClasses */.Eh)(rows), (shifted) => statistic.value(shifted, positive));
            const value = (rows) => statistic.value((0,class_counts/* countClasses */.Eh)(rows), positive);
            const interval = by === "delta"
                ? (0,statistics_influence/* deltaInterval */._G)(value(candidate) - value(baseline), (0,statistics_influence/* differences */.tX)(influence(candidate), influence(baseline)))
                : bootstrapLabels([baseline, candidate], ([theirs, ours]) => statistic.value(ours, positive) - statistic.value(theirs, positive));
            return interval ? { method, interval: (0,estimating/* clipChange */.ny)(interval, range) } : { method, noIntervalBecause: estimating/* notStable */.hy };
        },
    };
}
function changeOfShare(baseline, candidate) {
    const { better, worse } = countFlipped(baseline, candidate);
    return { method: "Tango", interval: tangoInterval(better, worse, baseline.count) };
}
/** Rows that only the candidate labels right, and rows that only the baseline does. */
function countFlipped(baseline, candidate) {
    let better = 0;
    let worse = 0;
    for (let row = 0; row < baseline.count; row++) {
        const theirs = baseline.predicted[row] === baseline.truth[row];
        const ours = candidate.predicted[row] === candidate.truth[row];
        if (ours && !theirs)
            better++;
        if (theirs && !ours)
            worse++;
    }
    return { better, worse };
}
function countDiscordant(baseline, candidate) {
    return baseline.predicted.reduce((count, label, row) => count + (label === candidate.predicted[row] ? 0 : 1), 0);
}
function sameLabels(baseline, candidate) {
    return baseline.predicted.every((label, row) => label === candidate.predicted[row]);
}
/**
 * No row is wrong, so resampling would show no noise at all. Each class's share of right rows is at least Wilson's lower
 * bound; their mean bounds an average over classes, and twice that less one a correlation.
 */
function withoutErrors(counts, range) {
    const bounds = (0,label_statistics/* classesOfTruth */.db)(counts).map((label) => (0,wilson/* wilsonInterval */.Y)(counts.truth[label] ?? 0, counts.truth[label] ?? 0).low);
    const low = bounds.reduce((sum, bound) => sum + bound, 0) / bounds.length;
    return { low: range.low + low * (range.high - range.low), high: range.high };
}
/** Bootstraps a statistic of one or two models' counts over the cells of truth × predictions. */
function bootstrapLabels(models, statistic) {
    const first = models[0];
    const second = models[1] ?? first;
    if (first === undefined || second === undefined)
        return undefined;
    const size = first.labels.length;
    const cellOf = (row) => ((first.truth[row] ?? 0) * size + (first.predicted[row] ?? 0)) * size + (second.predicted[row] ?? 0);
    const cells = new Map();
    for (let row = 0; row < first.count; row++)
        cells.set(cellOf(row), (cells.get(cellOf(row)) ?? 0) + 1);
    const keys = [...cells.keys()].sort((a, b) => a - b);
    const drawn = [(0,class_counts/* emptyCounts */.W1)(size), (0,class_counts/* emptyCounts */.W1)(size)];
    return (0,bootstrap/* bootstrapCells */.W)(keys.map((key) => cells.get(key) ?? 0), (counts) => {
        for (const side of drawn)
            (0,class_counts/* clearCounts */.gU)(side);
        for (const [i, key] of keys.entries()) {
            const weight = counts[i] ?? 0;
            const truth = Math.floor(key / size / size);
            (0,class_counts/* addRows */.PJ)(drawn[0], truth, Math.floor(key / size) % size, weight);
            (0,class_counts/* addRows */.PJ)(drawn[1], truth, key % size, weight);
        }
        return statistic(drawn);
    });
}


/***/ }),

/***/ 88046:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HR: () => (/* binding */ recallOf),
/* harmony export */   Lc: () => (/* binding */ ofPositive),
/* harmony export */   Vp: () => (/* binding */ macro),
/* harmony export */   Y1: () => (/* binding */ weighted),
/* harmony export */   cW: () => (/* binding */ shareCorrect),
/* harmony export */   db: () => (/* binding */ classesOfTruth),
/* harmony export */   ij: () => (/* binding */ precisionOf),
/* harmony export */   li: () => (/* binding */ f1Of),
/* harmony export */   q2: () => (/* binding */ balancedAccuracy),
/* harmony export */   uT: () => (/* binding */ matthewsCorrelation)
/* harmony export */ });
/* harmony import */ var _class_counts_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(13235);

const at = (values, label) => values[label] ?? 0;
const precisionOf = ({ correct, predicted }, label) => at(correct, label) / at(predicted, label);
const recallOf = ({ correct, truth }, label) => at(correct, label) / at(truth, label);
const f1Of = ({ correct, truth, predicted }, label) => (2 * at(correct, label)) / (at(truth, label) + at(predicted, label));
/** Of the positive class. */
function ofPositive(ofClass) {
    return {
        value: ofClass,
        undefinedBecause: (counts, positive, name) => whyUndefined(ofClass, counts, positive, name),
    };
}
/** Unweighted mean over the classes that occur. */
function macro(ofClass) {
    return {
        value: (counts) => {
            const classes = (0,_class_counts_js__WEBPACK_IMPORTED_MODULE_0__/* .occurring */ .$d)(counts);
            return classes.reduce((sum, label) => sum + ofClass(counts, label), 0) / classes.length;
        },
        undefinedBecause: (counts, _, name) => firstUndefined(ofClass, counts, name),
    };
}
/** Mean over the classes of the truth, weighted by how often each occurs there. */
function weighted(ofClass) {
    return {
        value: (counts) => {
            let sum = 0;
            for (const [label, rows] of counts.truth.entries())
                if (rows > 0)
                    sum += rows * ofClass(counts, label);
            return sum / (0,_class_counts_js__WEBPACK_IMPORTED_MODULE_0__/* .total */ .X5)(counts.truth);
        },
        undefinedBecause: (counts, _, name) => firstUndefined(ofClass, counts, name),
    };
}
/** Share of rows with the right label: for one label a row also micro-averaged precision, recall and F1. */
const shareCorrect = {
    value: ({ correct, rows }) => (0,_class_counts_js__WEBPACK_IMPORTED_MODULE_0__/* .total */ .X5)(correct) / rows,
    undefinedBecause: noRows,
};
/** Mean recall over the classes of the truth (Brodersen et al. 2010). */
const balancedAccuracy = {
    value: (counts) => {
        const classes = classesOfTruth(counts);
        if (classes.length < 2)
            return Number.NaN;
        return classes.reduce((sum, label) => sum + recallOf(counts, label), 0) / classes.length;
    },
    undefinedBecause: (counts, _, name) => oneClassOnly(counts, name),
};
/** Correlation of truth and prediction (Matthews 1975; for more classes Gorodkin 2004). */
const matthewsCorrelation = {
    value: ({ truth, predicted, correct, rows }) => {
        let both = 0;
        let truths = 0;
        let predictions = 0;
        for (let label = 0; label < truth.length; label++) {
            both += at(truth, label) * at(predicted, label);
            truths += at(truth, label) ** 2;
            predictions += at(predicted, label) ** 2;
        }
        const spread = (rows * rows - truths) * (rows * rows - predictions);
        return spread > 0 ? ((0,_class_counts_js__WEBPACK_IMPORTED_MODULE_0__/* .total */ .X5)(correct) * rows - both) / Math.sqrt(spread) : Number.NaN;
    },
    undefinedBecause: (counts, _, name) => classesOfTruth(counts).length < 2 ? oneClassOnly(counts, name) : "the model gives every row the same label",
};
function classesOfTruth({ truth }) {
    return [...truth.keys()].filter((label) => at(truth, label) > 0);
}
function oneClassOnly(counts, name) {
    const [only] = classesOfTruth(counts);
    return only === undefined ? noRows() : `every row of the test set is of class ${name(only)}`;
}
function firstUndefined(ofClass, counts, name) {
    const label = (0,_class_counts_js__WEBPACK_IMPORTED_MODULE_0__/* .occurring */ .$d)(counts).find((candidate) => Number.isNaN(ofClass(counts, candidate)));
    return label === undefined ? noRows() : whyUndefined(ofClass, counts, label, name);
}
function whyUndefined(ofClass, counts, label, name) {
    if (counts.rows === 0)
        return noRows();
    if (ofClass === precisionOf)
        return `class ${name(label)} is never predicted`;
    if (ofClass === recallOf)
        return `no row of the test set is of class ${name(label)}`;
    return `class ${name(label)} is neither in the test set nor predicted`;
}
function noRows() {
    return "there are no rows";
}


/***/ }),

/***/ 69750:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ orderOf)
/* harmony export */ });
/* harmony import */ var _statistics_sorted_order_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34169);

const known = new WeakMap();
/** Row numbers by score, smallest first. A column is sorted once, whatever the number of metrics and pictures that read it. */
function orderOf(scores) {
    const found = known.get(scores) ?? (0,_statistics_sorted_order_js__WEBPACK_IMPORTED_MODULE_0__/* .sortedOrder */ .u)(scores);
    known.set(scores, found);
    return found;
}


/***/ }),

/***/ 22313:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BD: () => (/* binding */ needOfEachClass),
/* harmony export */   J2: () => (/* binding */ isLabel),
/* harmony export */   Oc: () => (/* binding */ sameScores),
/* harmony export */   Sg: () => (/* binding */ classScores),
/* harmony export */   Xt: () => (/* binding */ oneClass),
/* harmony export */   jM: () => (/* binding */ binaryScores),
/* harmony export */   oy: () => (/* binding */ classProbabilities),
/* harmony export */   pB: () => (/* binding */ sameNumbers)
/* harmony export */ });
/* harmony import */ var _rows_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(94415);
/* harmony import */ var _estimating_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(64213);


function binaryScores(given) {
    const rows = (0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .asLabelled */ .an)(given);
    if (rows.probabilities.length === 0)
        return noScores;
    if (typeof rows.positive !== "number")
        return rows.positive;
    const label = rows.labels[rows.positive];
    const column = rows.probabilities.length === 1 ? 0 : rows.classes.indexOf(label ?? "");
    const scores = rows.probabilities[column];
    if (scores === undefined)
        return { undefinedBecause: `there is no score of the positive class ${(0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(label)}` };
    const third = thirdLabel(rows);
    return third ?? notFinite([scores]) ?? { scores, positive: isLabel(rows, rows.positive) };
}
/** For one-vs-rest and one-vs-one: every class of the model has to occur, and every class that occurs needs its column. */
function classScores(given) {
    const found = columnsByLabel(given);
    if ("undefinedBecause" in found)
        return found;
    const rows = (0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .asLabelled */ .an)(given);
    const present = new Set(rows.truth);
    const absent = rows.classes.find((name) => !present.has(rows.labels.indexOf(name)));
    if (absent !== undefined)
        return { undefinedBecause: `no row of the test set is of class ${(0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(absent)}` };
    if (present.size < 2)
        return { undefinedBecause: oneClass(rows) };
    return { columns: [...found].map(([label, scores]) => ({ label, scores })) };
}
/**
 * Probability columns by position in `rows.labels`, checked to be probabilities; labels that no row has are left out.
 * A lone score of a binary task becomes two columns.
 */
function classProbabilities(given) {
    const rows = (0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .asLabelled */ .an)(given);
    if (rows.probabilities.length === 0)
        return noScores;
    const [lone] = rows.probabilities;
    if (rows.probabilities.length > 1 || lone === undefined) {
        const byLabel = columnsByLabel(rows);
        if ("undefinedBecause" in byLabel)
            return byLabel;
        return notProbabilities(rows.probabilities) ?? { byLabel, all: rows.probabilities };
    }
    if (typeof rows.positive !== "number")
        return rows.positive;
    const wrong = thirdLabel(rows) ?? notFinite([lone]) ?? outsideUnit([lone]);
    if (wrong)
        return wrong;
    const rest = lone.map((probability) => 1 - probability);
    const byLabel = new Map(rows.labels.map((_, label) => [label, label === rows.positive ? lone : rest]));
    return { byLabel, all: [rest, lone] };
}
function columnsByLabel(given) {
    const rows = (0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .asLabelled */ .an)(given);
    if (rows.probabilities.length === 0)
        return noScores;
    if (rows.probabilities.length !== rows.classes.length)
        return { undefinedBecause: "there is one score, not one a class" };
    const positions = new Map(rows.labels.map((label, position) => [label, position]));
    const columns = new Map();
    for (const [i, name] of rows.classes.entries()) {
        const [position, scores] = [positions.get(name), rows.probabilities[i]];
        if (position !== undefined && scores !== undefined)
            columns.set(position, scores);
    }
    for (const label of new Set(rows.truth))
        if (!columns.has(label))
            return { undefinedBecause: `the model gives no probability of class ${(0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(rows.labels[label])}` };
    return notFinite(rows.probabilities) ?? columns;
}
/** 1 where the row is of that label. */
function isLabel({ truth }, label) {
    return Uint8Array.from(truth, (value) => (value === label ? 1 : 0));
}
/** Whether both models gave the same scores, column by column. */
function sameScores(given, other) {
    const [a, b] = [(0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .asLabelled */ .an)(given), (0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .asLabelled */ .an)(other)];
    return (a.probabilities.length === b.probabilities.length &&
        a.classes.length === b.classes.length &&
        a.probabilities.every((column, i) => {
            const name = a.classes[i];
            const at = name === undefined || a.probabilities.length === 1 ? i : b.classes.indexOf(name);
            return sameNumbers(column, b.probabilities[at]);
        }));
}
function sameNumbers(a, b) {
    return b !== undefined && a.length === b.length && a.every((value, row) => Object.is(value, b[row]) || value === b[row]);
}
/** Rows of each class of the truth: what rankings and losses of probabilities live on. */
function needOfEachClass(given, least) {
    const rows = (0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .asLabelled */ .an)(given);
    const counts = new Map();
    for (const label of rows.truth)
        counts.set(label, (counts.get(label) ?? 0) + 1);
    const [label, has] = [...counts].reduce((a, b) => (b[1] < a[1] ? b : a), [-1, Number.POSITIVE_INFINITY]);
    return has < least ? `needs ${least} rows of each class, has ${has} of ${(0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(rows.labels[label])}` : undefined;
}
const noScores = { undefinedBecause: "the model gives no scores or probabilities" };
function oneClass(rows) {
    const [label] = rows.truth;
    return label === undefined ? "there are no rows" : `every row of the test set is of class ${(0,_rows_js__WEBPACK_IMPORTED_MODULE_0__/* .quote */ .hD)(rows.labels[label])}`;
}
function thirdLabel({ truth }) {
    const labels = new Set(truth).size;
    return labels > 2 ? { undefinedBecause: `the test set has ${labels} labels; a binary task has two` } : undefined;
}
function notFinite(columns) {
    const rows = columns.reduce((most, column) => Math.max(most, countWhere(column, (value) => !Number.isFinite(value))), 0);
    return rows > 0 ? { undefinedBecause: `the score of ${(0,_estimating_js__WEBPACK_IMPORTED_MODULE_1__/* .countOf */ .pq)(rows, "row")} is not a finite number` } : undefined;
}
function outsideUnit(columns) {
    const rows = columns.reduce((most, column) => Math.max(most, countWhere(column, (value) => value < 0 || value > 1)), 0);
    return rows > 0
        ? { undefinedBecause: `the score of ${(0,_estimating_js__WEBPACK_IMPORTED_MODULE_1__/* .countOf */ .pq)(rows, "row")} is no probability: it lies outside 0 to 1` }
        : undefined;
}
/** Rounded columns may miss 1 by a little. */
const sumTolerance = 0.01;
function notProbabilities(columns) {
    const outside = outsideUnit(columns);
    const [first] = columns;
    if (outside || first === undefined)
        return outside;
    const rows = countWhere(first, (_, row) => Math.abs(columns.reduce((sum, column) => sum + (column[row] ?? 0), 0) - 1) > sumTolerance);
    return rows > 0 ? { undefinedBecause: `the probabilities of ${(0,_estimating_js__WEBPACK_IMPORTED_MODULE_1__/* .countOf */ .pq)(rows, "row")} do not add up to 1` } : undefined;
}
function countWhere(values, test) {
    let count = 0;
    for (let row = 0; row < values.length; row++)
        if (test(values[row] ?? 0, row))
            count++;
    return count;
}


/***/ }),

/***/ 94415:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U5: () => (/* binding */ joinRows),
/* harmony export */   an: () => (/* binding */ asLabelled),
/* harmony export */   hD: () => (/* binding */ quote),
/* harmony export */   v5: () => (/* binding */ asNumbered)
/* harmony export */ });
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(23154);

/**
 * Joins a test set with the predictions of one or more models, in the same coding of labels.
 * @throws MissingDataError when predictions are of another kind or of other rows
 */
function joinRows({ task, truth, positive }, models) {
    for (const predictions of models)
        checkRows(truth, predictions);
    if (truth.kind === "regression") {
        return models.map((predictions) => {
            if (predictions.kind !== "regression")
                throw otherKind(truth, predictions);
            return { kind: "regression", count: truth.ids.length, truth: truth.values, predicted: predictions.values };
        });
    }
    const labelled = models.map((predictions) => {
        if (predictions.kind !== "classification")
            throw otherKind(truth, predictions);
        return predictions;
    });
    const inTruth = new Set(truth.labels);
    const present = new Set(inTruth);
    for (const { labels } of labelled)
        for (const label of labels)
            present.add(label);
    const chosen = task === "binary" ? choosePositive(present, positive) : { undefinedBecause: "the task is not binary" };
    const labels = [...(typeof chosen === "string" ? new Set([...present, chosen]) : present)].sort(byNumberOrText);
    const positions = new Map(labels.map((label, position) => [label, position]));
    const encode = (texts) => Int32Array.from(texts, (text) => positions.get(text) ?? -1);
    const encodedTruth = encode(truth.labels);
    return labelled.map((predictions) => ({
        kind: "classification",
        task,
        count: truth.ids.length,
        labels,
        truth: encodedTruth,
        predicted: encode(predictions.labels),
        positive: typeof chosen === "string" ? (positions.get(chosen) ?? -1) : chosen,
        missing: predictions.labels.reduce((count, label) => count + (isMissing(label) && !inTruth.has(label) ? 1 : 0), 0),
        classes: predictions.classes,
        probabilities: predictions.probabilities,
    }));
}
function checkRows(truth, predictions) {
    const columns = predictions.kind === "regression"
        ? [predictions.values.length]
        : [predictions.labels.length, ...predictions.probabilities.map(({ length }) => length)];
    const rows = truth.ids.length;
    const wrong = [predictions.ids.length, ...columns].find((length) => length !== rows);
    if (wrong !== undefined)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`The test set has ${rows} rows and the predictions have ${wrong}; score the model on this test set.`);
    const other = truth.ids.findIndex((id, row) => id !== predictions.ids[row]);
    if (other >= 0) {
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`Row ${other + 1} of the test set has id ${quote(truth.ids[other])}, of the predictions ${quote(predictions.ids[other])}; join them on id first.`);
    }
}
function otherKind(truth, predictions) {
    return new _errors_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .MissingDataError */ .hr(`The test set is for ${truth.kind} and the predictions are for ${predictions.kind}; check the model's task in assay.yml.`);
}
/** The usual names of two classes; other labels say nothing about which is meant. */
const usualPositives = [
    ["0", "1"],
    ["-1", "1"],
    ["0.0", "1.0"],
    ["false", "true"],
    ["False", "True"],
];
function choosePositive(present, declared) {
    if (declared !== undefined)
        return declared;
    const usual = usualPositives.find((pair) => [...present].every((label) => pair.includes(label)));
    if (usual)
        return usual[1];
    return { undefinedBecause: "which label is positive is not known: declare evaluate.positive" };
}
function isMissing(label) {
    return /^(nan)?$/i.test(label.trim());
}
function byNumberOrText(a, b) {
    const [x, y] = [a, b].map((text) => (text.trim() === "" ? Number.NaN : Number(text)));
    if (x !== undefined && y !== undefined && !Number.isNaN(x) && !Number.isNaN(y) && x !== y)
        return x - y;
    const numbers = Number(Number.isNaN(x)) - Number(Number.isNaN(y));
    return numbers !== 0 ? numbers : a < b ? -1 : 1;
}
/** A label or id in a message. */
function quote(text) {
    const short = (text ?? "").slice(0, 60);
    return `"${short}${text !== undefined && text.length > 60 ? "…" : ""}"`;
}
function asLabelled(rows) {
    if (rows.kind !== "classification")
        throw new Error("A metric of labels was asked about numbers.");
    return rows;
}
function asNumbered(rows) {
    if (rows.kind !== "regression")
        throw new Error("A metric of numbers was asked about labels.");
    return rows;
}


/***/ }),

/***/ 67421:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  q: () => (/* binding */ evaluateChange)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
// EXTERNAL MODULE: ./build/src/evaluation/compare-models.js
var compare_models = __webpack_require__(25226);
// EXTERNAL MODULE: ./build/src/evaluation/evaluate-model.js + 1 modules
var evaluate_model = __webpack_require__(69822);
// EXTERNAL MODULE: ./build/src/evidence/digest.js
var digest = __webpack_require__(89579);
// EXTERNAL MODULE: ./build/src/scoring/test-set.js
var test_set = __webpack_require__(23126);
// EXTERNAL MODULE: ./build/src/spec/law.js
var law = __webpack_require__(79161);
// EXTERNAL MODULE: ./build/src/spec/paths.js
var paths = __webpack_require__(88613);
// EXTERNAL MODULE: ./build/src/flows/fetch-run.js
var fetch_run = __webpack_require__(35383);
// EXTERNAL MODULE: ./build/src/flows/keep-evidence.js
var keep_evidence = __webpack_require__(3978);
// EXTERNAL MODULE: ./build/src/scoring/predictions-file.js
var predictions_file = __webpack_require__(6852);
;// CONCATENATED MODULE: ./build/src/scoring/scorers/shell-quote.js

/** A text as one word of bash, or of cmd on Windows, where a path cannot hold a quote and `%` cannot be quoted. */
function quoteForShell(text, platform) {
    if (platform !== "win32")
        return `'${text.replaceAll("'", `'\\''`)}'`;
    if (/["%\r\n]/.test(text))
        throw new errors/* UsageError */.eb(`${text}: a path with ", % or a line break cannot be passed to a command on Windows.`);
    return `"${text}"`;
}

;// CONCATENATED MODULE: ./build/src/scoring/scorers/command.js




/**
 * Scores with a command of the user's. `{model}` is the model's file, or its folder when it has several files; `{data}` the
 * test table; `{out}` a file ending in `.csv` that the command must write. All are absolute paths, quoted for the shell.
 */
function createCommandScorer(request) {
    const { files, processes, workingDirectory, env, timeoutMinutes, signal, output } = request;
    return {
        async score(test) {
            const folder = await files.makeTemporaryFolder("assay-predictions-");
            try {
                const out = (0,external_node_path_.join)(folder, "predictions.csv");
                const paths = { model: await modelPath(request.modelFolder, files), data: test.path, out };
                const command = request.run.replaceAll(/\{(model|data|out)\}/g, (_, name) => quoteForShell(paths[name], process.platform));
                const result = await processes.shell(command, { cwd: workingDirectory, env, timeoutMinutes, signal, output });
                const failure = failureOf(result, timeoutMinutes);
                if (failure)
                    throw new errors/* UserCommandError */.vk(`The predict command \`${request.run}\` ${failure}`);
                return await readOutput(out, request, test.idColumn);
            }
            finally {
                await files.remove(folder);
            }
        },
    };
}
/** A trained file stands for itself; what has several files is handed over as their folder. */
async function modelPath(modelFolder, files) {
    const found = (await files.stat(modelFolder)) ? await files.list(modelFolder) : [];
    const [only] = found;
    if (only === undefined)
        throw new errors/* UserCommandError */.vk(`There is no model to score: ${modelFolder} holds no files. Let training write what outputs.model names.`);
    return found.length === 1 ? (0,external_node_path_.join)(modelFolder, only) : modelFolder;
}
function failureOf(result, timeoutMinutes) {
    switch (result.outcome) {
        case "exited":
            return result.exitCode === 0 ? undefined : `ended with exit code ${result.exitCode}. Its output in the log says why.`;
        case "signalled":
            return `was ended by ${result.signal}${result.signal === "SIGKILL" ? ", which often means that memory ran out" : ""}.`;
        case "timed-out":
            return `ran past its limit of ${timeoutMinutes} minutes and was stopped. Raise train.timeout, or make it faster.`;
        case "cancelled":
            return `was stopped because the job was cancelled (${result.signal}).`;
        case "not-started":
            return `could not be started: ${result.message}.`;
    }
}
async function readOutput(out, { run, files }, idColumn) {
    const found = await files.stat(out);
    if (!found)
        throw new errors/* UserCommandError */.vk(`The predict command \`${run}\` ended well but wrote no predictions. ${run.includes("{out}")
            ? "It must write a CSV file to the path given as {out}."
            : "Its line has no {out}: pass the path and write there."}`);
    if (found.isFolder)
        throw new errors/* UserCommandError */.vk(`The predict command \`${run}\` made a folder of {out}; a CSV file was expected.`);
    if (found.bytes === 0)
        throw new errors/* UserCommandError */.vk(`The predict command \`${run}\` wrote an empty file to {out}.`);
    const raw = await (0,predictions_file/* readPredictions */.R_)(out, { name: "the predictions", files });
    if (raw.ids === undefined && idColumn !== undefined)
        throw new errors/* UserCommandError */.vk(`The predictions have no column "id". The test set declares ${JSON.stringify(idColumn)} as its id: write its values as the column id.`);
    return raw;
}

// EXTERNAL MODULE: ./build/src/data/table-request.js
var table_request = __webpack_require__(10934);
;// CONCATENATED MODULE: ./build/src/scoring/scorers/onnx/classification.js


/** Labels and scores of a classifier. Without an output of labels the most probable class is predicted. */
function classificationOf({ labels, numbers }, request) {
    const [single, second] = numbers;
    if (single === undefined)
        return { ids: undefined, predictions: labels ?? [], scores: new Map() };
    return second === undefined ? singleScore(labels, single, request) : classProbabilities(labels, numbers, request);
}
function classProbabilities(labels, numbers, { classes: declared }) {
    const classes = declared ?? countedClasses(labels, numbers.length);
    if (classes.length !== numbers.length)
        throw new errors/* UserCommandError */.vk(`The model gives ${numbers.length} probabilities a row, but evaluate.classes has ${classes.length} labels: ${(0,table_request/* quoted */.TL)(classes, 20)}. ` +
            "Name every class, in the order of the model's outputs.");
    const mostProbable = Array.from(numbers[0] ?? [], (_, row) => indexOfLargest(numbers, row));
    if (labels)
        checkOrder(labels, mostProbable, classes);
    return {
        ids: undefined,
        predictions: labels ?? mostProbable.map((index) => classes[index] ?? ""),
        scores: new Map(classes.map((name, index) => [name, numbers[index] ?? new Float64Array()])),
    };
}
/** One number a row is the score of the second class: of the positive one, unless that is declared first. */
function singleScore(labels, score, request) {
    const { task, classes, positive } = request;
    if (task === "multiclass")
        throw new errors/* UserCommandError */.vk("The task is multiclass, but the model gives one number a row. Export one probability a class.");
    const probability = score.every((value) => value >= 0 && value <= 1);
    const [first, second] = classes?.length === 2 ? classes : [];
    if (!labels && (first === undefined || second === undefined))
        throw new errors/* UserCommandError */.vk(`The model gives one score a row and no label. Declare evaluate.classes with the two labels, the one that the score is for last${positive === undefined ? "" : `, such as […, ${JSON.stringify(positive)}]`}.`);
    if (!labels && !probability)
        throw new errors/* UserCommandError */.vk("The model gives one score a row that is not between 0 and 1, and no label. Export it with a sigmoid, or with its label.");
    const isFlipped = positive !== undefined && positive === first;
    const ofPositive = isFlipped ? score.map((value) => (probability ? 1 - value : -value)) : score;
    return {
        ids: undefined,
        predictions: labels ?? Array.from(score, (value) => (value >= 0.5 ? second : first) ?? ""),
        scores: new Map([["", ofPositive]]),
    };
}
/** Labels that count from 0 name the outputs themselves. */
function countedClasses(labels, count) {
    const counted = Array.from({ length: count }, (_, index) => String(index));
    if (labels?.every((label) => counted.includes(label)))
        return counted;
    throw new errors/* UserCommandError */.vk(`The model gives ${count} probabilities a row, and it cannot be told which class each is for. ` +
        `Declare evaluate.classes with the ${count} labels in the order of the model's outputs (scikit-learn: model.classes_).`);
}
/**
 * Refuses classes that are declared in another order than the model's, which would swap their probabilities unseen: each
 * output goes with one label of its own in every row, and it is another one than declared.
 */
function checkOrder(labels, mostProbable, classes) {
    const seen = new Map();
    for (const [row, index] of mostProbable.entries()) {
        const label = labels[row] ?? "";
        if ((seen.get(index) ?? label) !== label)
            return;
        seen.set(index, label);
    }
    if (seen.size < 2 || new Set(seen.values()).size < seen.size)
        return;
    const wrong = [...seen].filter(([index, label]) => classes[index] !== label);
    if (wrong.length === 0)
        return;
    const observed = classes.map((_, index) => seen.get(index) ?? "?");
    throw new errors/* UserCommandError */.vk(`The classes are in another order than the model's outputs: they are taken as ${(0,table_request/* quoted */.TL)(classes, 20)}, but where an output is ` +
        `the largest, the model's label is ${(0,table_request/* quoted */.TL)(observed, 20)}. Declare evaluate.classes in the model's order.`);
}
function indexOfLargest(numbers, row) {
    let largest = 0;
    for (let index = 1; index < numbers.length; index++)
        if ((numbers[index]?.[row] ?? 0) > (numbers[largest]?.[row] ?? 0))
            largest = index;
    return largest;
}

;// CONCATENATED MODULE: ./build/src/scoring/scorers/onnx/features.js


/** The columns of these names, in this order. Never the target, which a model must not see. */
function columnsOf({ table, targetColumn }, names) {
    if (names.includes(targetColumn))
        throw new errors/* UserCommandError */.vk(`The model reads the target ${JSON.stringify(targetColumn)}. Train it without that column.`);
    const byName = new Map(table.columns.map((column) => [column.name, column]));
    const missing = names.filter((name) => !byName.has(name));
    if (missing.length > 0)
        throw new errors/* MissingDataError */.hr(`The test set has no column ${(0,table_request/* quoted */.TL)(missing)}, which the model reads; it has ${(0,table_request/* quoted */.TL)(columnNames(table), 20)}.`);
    return names.map((name) => byName.get(name)).filter((column) => column !== undefined);
}
/** Every column but id and target, in the table's order. */
function defaultFeatures({ table, idColumn, targetColumn }) {
    return columnNames(table).filter((name) => name !== idColumn && name !== targetColumn);
}
function columnNames(table) {
    return table.columns.map(({ name }) => name);
}
/** A column as numbers, NaN where missing; `true` and `false` in any case are 1 and 0. */
function numbersOf(column) {
    if (column.kind === "number")
        return column.values;
    return Float64Array.from(column.values, (value) => {
        if (value === null)
            return Number.NaN;
        const word = value.toLowerCase();
        if (word === "true")
            return 1;
        if (word === "false")
            return 0;
        throw new errors/* UserCommandError */.vk(`The model reads ${JSON.stringify(column.name)} as a number, but the test set has text there. ` +
            "Declare the model's columns with evaluate.predict.features, or encode the column before training.");
    });
}
/** A column as whole numbers. */
function integersOf(column) {
    const values = numbersOf(column);
    const bad = values.findIndex((value) => !Number.isSafeInteger(value));
    if (bad === -1)
        return values;
    throw new errors/* UserCommandError */.vk(`The model reads ${JSON.stringify(column.name)} as a whole number, but row ${bad + 1} of the test set has none there. ` +
        "Export the model with a float input.");
}
/** A column as texts; a missing value is the empty text. */
function textsOf(column) {
    if (column.kind === "text")
        return column.values.map((value) => value ?? "");
    return Array.from(column.values, (value) => (Number.isNaN(value) ? "" : String(value)));
}

;// CONCATENATED MODULE: ./build/src/scoring/scorers/onnx/inputs.js



const largestBatchRows = 16_384;
const largestBatchValues = 4 * 1024 * 1024;
/**
 * How the test set goes into a model: one matrix [rows, features], or one input [rows] or [rows, 1] a column that is named
 * like it (as skl2onnx writes a pipeline over a table).
 * @throws MissingDataError when a column is not there
 * @throws UserCommandError when the model's inputs and the columns do not fit
 */
function planInputs(runtime, metadata, test, features) {
    const inputs = metadata.map((input) => {
        if (!input.isTensor)
            throw unsupported(input.name, "is not a tensor");
        if (input.shape.length > 2)
            throw unsupported(input.name, `has the shape ${shapeText(input)}`);
        return input;
    });
    const [only] = inputs;
    if (only === undefined)
        throw new errors/* UserCommandError */.vk("The model has no inputs. Export it with one input for the features.");
    const isTable = inputs.length > 1 || (features === undefined && isColumnOf(only, test));
    const parts = isTable
        ? inputs.map((input) => ({ input, columns: columnsOf(test, [input.name]) }))
        : [{ input: only, columns: columnsOf(test, features ?? defaultFeatures(test)) }];
    const declared = parts.flatMap(({ columns }) => columns).map(({ name }) => name);
    const unused = (isTable && features?.filter((name) => !declared.includes(name))) || [];
    if (unused.length > 0)
        throw new errors/* UserCommandError */.vk(`evaluate.predict.features names ${(0,table_request/* quoted */.TL)(unused)}, but the model has no input of that name.`);
    for (const { input, columns } of parts)
        checkWidth(input, columns);
    const batchRows = rowsOfBatch(inputs, test.table.rows, declared.length);
    const fillers = parts.map(({ input, columns }) => ({ input, fill: createFiller(runtime, input, columns, test.table.rows) }));
    return {
        batchRows,
        feed: (start) => Object.fromEntries(fillers.map(({ input, fill }) => [input.name, fill(start, batchRows)])),
    };
}
/** A model of one column has one input of that name. */
function isColumnOf(input, test) {
    const width = input.shape[1] ?? 1;
    return (input.shape.length > 0 && width === 1 && test.table.columns.some(({ name }) => name === input.name && name !== test.idColumn));
}
function checkWidth(input, columns) {
    const width = input.shape.length === 1 ? 1 : input.shape[1];
    if (!isFixed(width) || width === columns.length)
        return;
    throw new errors/* UserCommandError */.vk(`The model's input ${JSON.stringify(input.name)} is ${shapeText(input)}, but there ${columns.length === 1 ? "is" : "are"} ${columns.length} ` +
        `feature column${columns.length === 1 ? "" : "s"}: ${(0,table_request/* quoted */.TL)(columns.map(({ name }) => name), 20)}. Declare the ${width} columns that the model reads, in its order, with evaluate.predict.features.`);
}
function rowsOfBatch(inputs, rows, columns) {
    const fixed = inputs.map(({ shape }) => shape[0]).find(isFixed);
    return fixed ?? Math.min(rows, largestBatchRows, Math.max(1, Math.floor(largestBatchValues / columns)));
}
/** A dimension that the model fixes; others are names, or not positive. */
function isFixed(dimension) {
    return typeof dimension === "number" && dimension > 0;
}
function createFiller(runtime, input, columns, tableRows) {
    const { Tensor } = runtime;
    const dims = (rows) => (input.shape.length === 1 ? [rows] : [rows, columns.length]);
    const width = columns.length;
    /** Row by row, as tensors lie in memory. */
    function fill(target, sources, start, rows) {
        for (let row = 0; row < rows; row++) {
            const from = Math.min(start + row, tableRows - 1);
            for (const [column, source] of sources.entries()) {
                const value = source[from];
                if (value !== undefined)
                    target[row * width + column] = value;
            }
        }
    }
    switch (input.type) {
        case "float32": {
            const sources = columns.map(numbersOf);
            return (start, rows) => {
                const data = new Float32Array(rows * width);
                fill(data, sources, start, rows);
                return new Tensor("float32", data, dims(rows));
            };
        }
        case "float64": {
            const sources = columns.map(numbersOf);
            return (start, rows) => {
                const data = new Float64Array(rows * width);
                fill(data, sources, start, rows);
                return new Tensor("float64", data, dims(rows));
            };
        }
        case "int32":
        case "int64":
        case "bool": {
            const sources = columns.map(integersOf);
            return (start, rows) => {
                const data = new Float64Array(rows * width);
                fill(data, sources, start, rows);
                if (input.type === "int32")
                    return new Tensor("int32", Int32Array.from(data), dims(rows));
                if (input.type === "bool")
                    return new Tensor("bool", Uint8Array.from(data, Number), dims(rows));
                return new Tensor("int64", BigInt64Array.from(Array.from(data, BigInt)), dims(rows));
            };
        }
        case "string": {
            const sources = columns.map(textsOf);
            return (start, rows) => {
                const data = new Array(rows * width).fill("");
                fill(data, sources, start, rows);
                return new Tensor("string", data, dims(rows));
            };
        }
        default:
            throw unsupported(input.name, `has the type ${input.type}`);
    }
}
function shapeText({ shape }) {
    return `[${shape.map((dimension) => (isFixed(dimension) ? dimension : "any")).join(", ")}]`;
}
function unsupported(name, what) {
    return new errors/* UserCommandError */.vk(`The model's input ${JSON.stringify(name)} ${what}. One matrix [rows, features] of numbers or texts, or one input a column, ` +
        "can be scored; use a predict command for other models.");
}

// EXTERNAL MODULE: ./build/src/natives/load-native.js
var load_native = __webpack_require__(62538);
;// CONCATENATED MODULE: ./build/src/scoring/scorers/onnx/external-data.js

/**
 * Where messages of ONNX hold other messages that can hold tensors, by field number (onnx.proto3): graphs have nodes and
 * initializers, nodes have attributes, attributes have tensors and graphs again.
 */
const parts = {
    model: { 7: "graph", 20: "training", 25: "function" },
    training: { 1: "graph", 2: "graph" },
    function: { 7: "node" },
    graph: { 1: "node", 5: "tensor", 15: "sparse" },
    node: { 5: "attribute" },
    attribute: { 5: "tensor", 6: "graph", 10: "tensor", 11: "graph", 22: "sparse", 23: "sparse" },
    sparse: { 1: "tensor", 2: "tensor" },
    tensor: { 13: "externalData" },
    externalData: {},
};
const keyField = 1;
const valueField = 2;
const maxDepth = 64;
/**
 * The files that an ONNX model names for weights kept outside of it, as written in the model.
 * @throws UserCommandError when the bytes are not an ONNX model
 */
function externalDataLocations(model, file) {
    const locations = new Set();
    function visit(message, bytes, depth) {
        if (depth > maxDepth)
            throw notOnnx(file, `its graphs are nested deeper than ${maxDepth}`);
        const within = parts[message];
        let key = "";
        for (const { number, content } of fields(bytes, file)) {
            const part = within[number];
            if (part !== undefined)
                visit(part, content, depth + 1);
            if (message !== "externalData")
                continue;
            if (number === keyField)
                key = external_data_text(content);
            if (number === valueField && key === "location")
                locations.add(external_data_text(content));
        }
    }
    visit("model", model, 0);
    return [...locations];
}
/** The fields of a protobuf message that hold bytes: texts and messages. */
function* fields(bytes, file) {
    let at = 0;
    while (at < bytes.length) {
        const tag = varint();
        const wireType = tag % 8;
        if (wireType === 0)
            varint();
        else if (wireType === 1)
            at += 8;
        else if (wireType === 5)
            at += 4;
        else if (wireType === 2) {
            const length = varint();
            if (at + length > bytes.length)
                throw notOnnx(file, "it ends too early");
            yield { number: Math.floor(tag / 8), content: bytes.subarray(at, at + length) };
            at += length;
        }
        else
            throw notOnnx(file, "its structure is broken");
    }
    if (at > bytes.length)
        throw notOnnx(file, "it ends too early");
    function varint() {
        let value = 0;
        for (let scale = 1;; scale *= 128) {
            const byte = bytes[at++];
            if (byte === undefined)
                throw notOnnx(file, "it ends too early");
            value += (byte % 128) * scale;
            if (byte < 128)
                return value;
            if (scale > 2 ** 63)
                throw notOnnx(file, "its structure is broken");
        }
    }
}
function external_data_text(bytes) {
    return new TextDecoder().decode(bytes);
}
function notOnnx(file, why) {
    return new errors/* UserCommandError */.vk(`${file} is not a complete ONNX model: ${why}. Export it again.`);
}

;// CONCATENATED MODULE: ./build/src/scoring/scorers/onnx/load-model.js





/** ONNX files are protobuf, which cannot be larger; larger weights lie in files of their own, to which it also applies here. */
const maxModelBytes = 2 * 1024 * 1024 * 1024;
/** @throws UsageError when ONNX Runtime cannot be loaded here */
async function loadOnnxRuntime(load = () => (0,load_native/* loadNative */.S)("onnxruntime-node")) {
    return load().catch((error) => {
        throw new errors/* UsageError */.eb(`Scoring an ONNX model needs onnxruntime-node, which could not be loaded for ${process.platform}-${process.arch} with ` +
            `Node ${process.versions.node}. Install it (npm install onnxruntime-node), or score with a predict command.`, { cause: error });
    });
}
/**
 * Loads the ONNX file that the spec names from the run's `model/` folder, on the CPU, with one thread: how work is split
 * over threads may change the last digits.
 * @throws UserCommandError when it is not there, is no ONNX model, or names files outside of the folder
 */
async function loadModel(runtime, { modelFolder, path, files }) {
    const present = (await files.stat(modelFolder)) ? await files.list(modelFolder) : [];
    const wanted = external_node_path_.posix.normalize(path);
    const name = [wanted, external_node_path_.posix.basename(wanted)].find((candidate) => present.includes(candidate));
    if (name === undefined)
        throw new errors/* UserCommandError */.vk(`${path} is not among the files of the trained model${present.length > 0 ? `: ${(0,table_request/* quoted */.TL)(present, 10)}` : ", which has none"}. ` +
            "Let train.outputs.model and evaluate.predict.onnx name the file that training writes.");
    const file = (0,external_node_path_.join)(modelFolder, name);
    await checkSize(file, path, files);
    const bytes = await files.readBytes(file, maxModelBytes);
    if (!bytes || bytes.length === 0)
        throw new errors/* UserCommandError */.vk(`${path} is empty; an ONNX model was expected.`);
    for (const location of externalDataLocations(bytes, path)) {
        const inFolder = external_node_path_.posix.normalize(external_node_path_.posix.join(external_node_path_.posix.dirname(name), location.replaceAll("\\", "/")));
        if (external_node_path_.posix.isAbsolute(location) || /^[a-z]:/i.test(location) || !present.includes(inFolder))
            throw new errors/* UserCommandError */.vk(`${path} keeps weights in ${JSON.stringify(location)}, which is not a file of the trained model's folder. ` +
                "Write all files of the model below train.outputs.model, or export the model into one file.");
        await checkSize((0,external_node_path_.join)(modelFolder, inFolder), location, files);
    }
    return runtime.InferenceSession.create(file, {
        executionProviders: ["cpu"],
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        logSeverityLevel: 4,
    }).catch((error) => {
        throw new errors/* UserCommandError */.vk(`${path} cannot be loaded by ONNX Runtime: ${firstLine(error, modelFolder)}`, { cause: error });
    });
}
async function checkSize(file, name, files) {
    const bytes = (await files.stat(file))?.bytes ?? 0;
    if (bytes > maxModelBytes)
        throw new errors/* UserCommandError */.vk(`${name} has ${bytes} bytes; at most ${maxModelBytes} can be loaded.`);
}
/** What a native library says, without the machine's paths. */
function firstLine(error, folder) {
    const message = error instanceof Error ? error.message : String(error);
    return (message.split("\n")[0] ?? "").replaceAll(folder, "").slice(0, 500);
}

;// CONCATENATED MODULE: ./build/src/scoring/scorers/onnx/outputs.js


const labelTypes = new Set(["int64", "int32", "string", "bool"]);
const numberTypes = new Set(["float32", "float64"]);
/** @throws UserCommandError when the outputs cannot be told apart */
function chooseOutputs(metadata, task) {
    const maps = metadata.filter(({ isTensor }) => !isTensor).map(({ name }) => name);
    if (maps.length > 0)
        throw new errors/* UserCommandError */.vk(`The model's output ${(0,table_request/* quoted */.TL)(maps)} is a list of dictionaries, not a tensor. Export it as a matrix: with skl2onnx, options={"zipmap": False}.`);
    const tensors = metadata.filter((output) => output.isTensor);
    const labels = tensors.filter(({ type }) => labelTypes.has(type));
    const numbers = tensors.filter(({ type }) => numberTypes.has(type));
    const chosen = numbers.length > 1 ? numbers.filter(({ name }) => /prob|score|^(output|variable)$/i.test(name)) : numbers;
    if (numbers.length > 1 && chosen.length !== 1)
        throw new errors/* UserCommandError */.vk(`The model has ${numbers.length} outputs of numbers: ${(0,table_request/* quoted */.TL)(numbers.map(({ name }) => name))}. ` +
            'Export one, or name the one with probabilities "probabilities".');
    const roles = { label: task === "regression" ? undefined : labels[0]?.name, numbers: chosen[0]?.name };
    if (roles.label === undefined && roles.numbers === undefined)
        throw new errors/* UserCommandError */.vk(`The model has no output that is ${task === "regression" ? "numbers" : "a label or probabilities"}: it has ${(0,table_request/* quoted */.TL)(metadata.map(({ name }) => name))}.`);
    return roles;
}
/** Collects the batches of one run over the test set. */
function collectOutputs(roles, rows) {
    const labels = [];
    let numbers;
    return {
        /** Takes the first `count` rows of a batch of `batchRows`. */
        add(outputs, start, count, batchRows) {
            if (roles.label !== undefined) {
                const { data } = checked(outputs, roles.label, batchRows, 1);
                for (let row = 0; row < count; row++)
                    labels.push(String(data[row]));
            }
            if (roles.numbers === undefined)
                return;
            const { data, width } = checked(outputs, roles.numbers, batchRows);
            numbers ??= Array.from({ length: width }, () => new Float64Array(rows));
            for (const [column, values] of numbers.entries())
                for (let row = 0; row < count; row++)
                    values[start + row] = Number(data[row * width + column]);
        },
        result: () => ({ labels: roles.label === undefined ? undefined : labels, numbers: numbers ?? [] }),
    };
}
/** The output's values and its number of columns. */
function checked(outputs, name, rows, expectedWidth) {
    const tensor = outputs[name];
    const width = tensor?.dims[1] ?? 1;
    if (!tensor || tensor.dims.length > 2 || tensor.dims[0] !== rows || width === 0 || (expectedWidth ?? width) !== width)
        throw new errors/* UserCommandError */.vk(`The model's output ${JSON.stringify(name)} has the shape [${tensor?.dims.join(", ") ?? ""}] for ${rows} rows; ` +
            `[${rows}] or [${rows}, ${expectedWidth ?? "classes"}] was expected.`);
    return { data: tensor.data, width };
}
/** @throws UserCommandError when a number is NaN or infinite */
function refuseNonFinite(numbers, rows) {
    let count = 0;
    let first = -1;
    for (let row = 0; row < rows; row++) {
        if (numbers.every((values) => Number.isFinite(values[row])))
            continue;
        if (count++ === 0)
            first = row;
    }
    if (count > 0)
        throw new errors/* UserCommandError */.vk(`The model gives NaN or infinity for ${count} of ${rows} test rows, first for row ${first + 1}. ` +
            "Look for missing values that it was not trained on, or for a training that diverged.");
}

;// CONCATENATED MODULE: ./build/src/scoring/scorers/onnx.js





/** Scores an ONNX model of any framework with ONNX Runtime on the CPU. A missing value reaches the model as NaN. */
function createOnnxScorer(request) {
    const { task, path, modelFolder } = request;
    return {
        async score(test) {
            const runtime = await loadOnnxRuntime();
            const session = await loadModel(runtime, request);
            try {
                const roles = chooseOutputs(session.outputMetadata, task);
                const inputs = planInputs(runtime, session.inputMetadata, test, request.features);
                const names = [roles.label, roles.numbers].filter((name) => name !== undefined);
                const { rows } = test.table;
                const collected = collectOutputs(roles, rows);
                for (let start = 0; start < rows; start += inputs.batchRows) {
                    const outputs = await session.run(inputs.feed(start), names).catch((error) => {
                        throw new errors/* UserCommandError */.vk(`${path} failed on the test rows from ${start + 1}: ${firstLine(error, modelFolder)}`, {
                            cause: error,
                        });
                    });
                    collected.add(outputs, start, Math.min(inputs.batchRows, rows - start), inputs.batchRows);
                }
                const outputs = collected.result();
                refuseNonFinite(outputs.numbers, rows);
                return task === "regression" ? regressionOf(outputs.numbers) : classificationOf(outputs, request);
            }
            finally {
                await session.release();
            }
        },
    };
}
function regressionOf(numbers) {
    const [values] = numbers;
    if (values === undefined || numbers.length > 1)
        throw new errors/* UserCommandError */.vk(`The task is regression, but the model gives ${numbers.length} numbers a row; one was expected.`);
    return { ids: undefined, predictions: values, scores: new Map() };
}

;// CONCATENATED MODULE: ./build/src/scoring/create-scorer.js


/** The scorer for what the spec declares under `predict`. Nothing is loaded or run before `score`. */
function createScorer({ predict, ...request }) {
    switch (predict.kind) {
        case "onnx":
            return createOnnxScorer({ ...request, positive: request.positive, path: predict.path, features: predict.features });
        case "command":
            return createCommandScorer({ ...request, run: predict.run });
        case "tfjs":
            return {
                async score(test) {
                    const { createTfjsScorer } = await __webpack_require__.e(/* import() */ 381).then(__webpack_require__.bind(__webpack_require__, 98381));
                    return createTfjsScorer(request).score(test);
                },
            };
    }
}

// EXTERNAL MODULE: ./build/src/scoring/join.js + 1 modules
var join = __webpack_require__(39978);
// EXTERNAL MODULE: ./build/src/training/command-environment.js
var command_environment = __webpack_require__(83165);
// EXTERNAL MODULE: ./build/src/flows/train-model.js + 18 modules
var train_model = __webpack_require__(64283);
;// CONCATENATED MODULE: ./build/src/flows/score-run.js







/** A model's predictions of the test rows: those that were kept, else scored now. */
async function scoreRun(request, machine) {
    const { model, test, kept } = request;
    const join_ = { truth: test.truth, task: model.task, positive: model.evaluate.positive, classes: model.evaluate.classes };
    if (kept)
        return { predictions: (0,join/* joinPredictions */.X)(await (0,predictions_file/* readPredictions */.R_)(kept), join_), how: "kept" };
    // Only a command needs the commit's own files; Assay's scorers need the model alone.
    const raw = request.worktreeOf !== undefined && model.evaluate.predict.kind === "command"
        ? await (0,train_model/* inWorktree */.xP)(machine, request.worktreeOf, (folder) => score(folder, true))
        : await score(machine.git.root, false);
    return { predictions: (0,join/* joinPredictions */.X)(raw, join_), how: "rescored" };
    async function score(repositoryFolder, fresh) {
        const workingDirectory = (0,external_node_path_.join)(repositoryFolder, model.train.workingDirectory);
        const env = (0,command_environment/* commandEnvironment */.J)({
            environment: machine.environment,
            declared: (0,train_model/* declaredEnvironment */.cB)(model, machine.environment),
        });
        if (fresh)
            await setUp(workingDirectory, env);
        const scorer = createScorer({
            predict: model.evaluate.predict,
            task: model.task,
            modelFolder: request.modelFolder,
            workingDirectory,
            classes: model.evaluate.classes,
            positive: model.evaluate.positive,
            env,
            timeoutMinutes: model.train.timeoutMinutes,
            processes: machine.processes,
            files: machine.files,
            signal: machine.signal,
            output: machine.output,
        });
        return scorer.score(test.rows);
    }
    async function setUp(cwd, env) {
        for (const command of model.train.setup) {
            const { processes, signal, output } = machine;
            const result = await processes.shell(command, { cwd, env, signal, output, timeoutMinutes: model.train.timeoutMinutes });
            if (result.outcome !== "exited" || result.exitCode !== 0)
                throw new errors/* UserCommandError */.vk(`${model.name}: setup command \`${command}\` of the baseline's commit did not succeed; see the log.`);
        }
    }
}

;// CONCATENATED MODULE: ./build/src/flows/evaluate-change.js












/**
 * Scores candidate and baseline on the same test rows, computes the metrics of record and the paired changes, seals the
 * evidence and keeps it. What cannot be scored is recorded with its reason; nothing is thrown for it.
 */
async function evaluateChange(request, machine, records) {
    const { planned } = request;
    const headModel = modelOf(request.spec, planned.model);
    const lawModel = request.law?.spec.models.get(planned.model);
    const baseModel = request.base?.spec.models.get(planned.model);
    const judgedAs = lawModel ? (0,law/* applyLaw */.F)(lawModel, headModel) : headModel;
    const candidateRun = await (0,fetch_run/* fetchRun */.k)(planned.model, planned.candidate, machine, records);
    const begun = { ...candidateRun.evidence, evaluations: [], seal: undefined, evaluationFailure: undefined };
    const unfinished = begun.trainings.find(({ outcome }) => outcome !== "completed");
    if (unfinished)
        return (0,keep_evidence/* keepSealed */.QL)(begun, [], machine);
    const candidate = { run: candidateRun, planned: planned.candidate, model: judgedAs, worktreeOf: undefined };
    const baseline = await fetchBaseline(request, judgedAs, candidate, machine, records);
    const predictions = new Map();
    try {
        const evaluations = [await evaluateOn("current", machine.git.root)];
        const { law, base } = request;
        if (planned.testSetChanged && base && baseModel && law?.commit === base.commit)
            evaluations.push(await (0,train_model/* inWorktree */.xP)(machine, base.commit, (folder) => evaluateOn("base", folder)));
        return await (0,keep_evidence/* keepSealed */.QL)({ ...begun, evaluations }, [...predictions.values()], machine);
    }
    catch (error) {
        if (!(error instanceof errors/* AssayError */.WV))
            throw error;
        return await (0,keep_evidence/* keepSealed */.QL)({ ...begun, evaluationFailure: { message: error.message, exitCode: error.exitCode } }, [...predictions.values()], machine);
    }
    finally {
        await candidateRun.remove();
        if ("run" in baseline && baseline.run !== candidateRun)
            await baseline.run.remove();
    }
    async function evaluateOn(role, folder) {
        const owner = role === "base" && baseModel ? baseModel : headModel;
        const name = (0,paths/* inRepository */.y)(owner, (0,paths/* dataFile */.Z)(owner.evaluate.data));
        const { task } = judgedAs;
        const test = await (0,test_set/* readTestSet */.z)({
            path: (0,external_node_path_.join)(folder, name),
            name,
            task,
            id: judgedAs.evaluate.id,
            target: judgedAs.evaluate.target,
        });
        machine.progress(`Scoring ${planned.model} on ${name}: ${test.testSet.rows} rows, ${(0,digest/* shortDigest */.VK)(test.testSet.digest)}`);
        const ours = await attempt(() => score(candidate, test));
        const theirs = "missing" in baseline ? baseline : await attempt(() => score(baseline, test));
        const facts = { task, truth: test.truth, positive: judgedAs.evaluate.positive, metrics: judgedAs.evaluate.metrics };
        if ("predictions" in ours)
            predictions.set(test.testSet.digest, ours.predictions);
        const compared = "predictions" in ours && "predictions" in theirs
            ? (0,compare_models/* compareModels */.w)({ ...facts, baseline: theirs.predictions, candidate: ours.predictions })
            : { comparisons: [], flipped: undefined };
        return {
            role,
            testSet: test.testSet,
            ...("predictions" in ours
                ? {
                    candidate: {
                        ...scored(candidate.planned, ours.predictions),
                        ...(0,evaluate_model/* evaluateModel */.H)({ ...facts, predictions: ours.predictions }),
                    },
                }
                : { candidateMissing: ours.missing }),
            ...("predictions" in theirs
                ? {
                    baseline: {
                        ...scored("missing" in baseline ? planned.candidate : baseline.planned, theirs.predictions),
                        ...(0,evaluate_model/* evaluateModel */.H)({ ...facts, predictions: theirs.predictions }),
                        how: theirs.how,
                    },
                }
                : { baselineMissing: theirs.missing }),
            ...compared,
        };
    }
    async function score(side, test) {
        const kept = await side.run.keptPredictions(test.testSet.digest);
        return scoreRun({ model: side.model, modelFolder: side.run.modelFolder, worktreeOf: side.worktreeOf, test, kept }, machine);
    }
}
async function fetchBaseline(request, judgedAs, candidate, machine, records) {
    const { planned, base } = request;
    const baseModel = base?.spec.models.get(planned.model);
    if (!planned.baseline || !baseModel)
        return { missing: `There is no earlier ${planned.model} to compare with yet.` };
    // Judged like the candidate, but scored by its own commit's predict code.
    const model = {
        ...baseModel,
        task: judgedAs.task,
        evaluate: { ...judgedAs.evaluate, predict: baseModel.evaluate.predict },
    };
    const side = { planned: planned.baseline, model, worktreeOf: planned.baseline.commit };
    if (planned.baseline.inputHash === planned.candidate.inputHash)
        return { ...side, run: candidate.run };
    try {
        const run = await (0,fetch_run/* fetchRun */.k)(planned.model, planned.baseline, machine, records);
        const unfinished = run.evidence.trainings.find(({ outcome }) => outcome !== "completed");
        if (unfinished)
            return { missing: `The baseline's training did not complete: ${unfinished.message ?? unfinished.outcome}` };
        return { ...side, run };
    }
    catch (error) {
        if (error instanceof errors/* MissingDataError */.hr)
            return { missing: error.message };
        throw error;
    }
}
async function attempt(score) {
    try {
        return await score();
    }
    catch (error) {
        // A usage or config error is about the test set or the spec and would repeat itself on the other side.
        if (error instanceof errors/* AssayError */.WV && error.exitCode !== errors/* exitCodes */.hS.usage)
            return { missing: error.message };
        throw error;
    }
}
function scored(planned, predictions) {
    return { inputHash: planned.inputHash, commit: planned.commit, predictions: predictions.digest };
}
function modelOf(spec, name) {
    const model = spec.models.get(name);
    if (!model)
        throw new errors/* MissingDataError */.hr(`${spec.path} has no model ${name}; the plan is of another commit.`);
    return model;
}


/***/ }),

/***/ 35383:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ fetchRun)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(23154);
/* harmony import */ var _evidence_parse_evidence_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(32936);
/* harmony import */ var _job_files_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(73270);




/**
 * Brings a run's model here: from this workflow run when it was trained in it, else from where the plan found it, and checks
 * every file against the evidence.
 * @throws MissingDataError naming what is gone or altered
 */
async function fetchRun(model, planned, machine, records) {
    const folder = await machine.files.makeTemporaryFolder("assay-fetched-");
    const modelFolder = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "model");
    const evidence = planned.run?.kind === "store"
        ? await fetchFromStore(model, planned, modelFolder, machine, records)
        : await fetchFromJobFiles(model, planned, folder, machine);
    await checkModelFiles(evidence, modelFolder, machine);
    return {
        evidence,
        modelFolder,
        async keptPredictions(testSetDigest) {
            const digest = evidence.evaluations.find(({ testSet }) => testSet.digest === testSetDigest)?.candidate?.predictions;
            const file = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "predictions.csv");
            return digest && (await records.store.get(digest, file)) ? file : undefined;
        },
        remove: () => machine.files.remove(folder),
    };
}
async function fetchFromJobFiles(model, planned, folder, machine) {
    const found = planned.run
        ? await machine.jobFiles.fetchFrom(planned.run, folder)
        : await machine.jobFiles.fetch((0,_job_files_js__WEBPACK_IMPORTED_MODULE_3__/* .runFilesName */ .c0)(model, planned.inputHash), folder);
    const text = found ? await machine.files.readText((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, "evidence.json")) : undefined;
    if (text === undefined)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MissingDataError */ .hr(`${model}: there is no run with input hash ${planned.inputHash}${planned.run ? ` in ${planned.run.origin}` : ""}. ` +
            "Train it first; if its training job failed, its log says why.");
    return sameRun((0,_evidence_parse_evidence_js__WEBPACK_IMPORTED_MODULE_2__/* .parseEvidence */ .v)(text, `evidence of ${model}`), model, planned);
}
async function fetchFromStore(model, planned, modelFolder, { files }, { ledger, store }) {
    const evidence = await ledger.findEvidence(model, planned.inputHash);
    if (!evidence)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MissingDataError */ .hr(`${model}: the ledger has no record of input hash ${planned.inputHash} any more. Plan again.`);
    // The store takes no empty files.
    for (const { path, digest, bytes } of evidence.trainings.flatMap((training) => training.model?.files ?? []))
        if (bytes === 0)
            await files.write((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(modelFolder, path), "");
        else if (!(await store.get(digest, (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(modelFolder, path))))
            throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MissingDataError */ .hr(`${model}: the model store no longer has ${path} (${digest}). Plan again, so that it is trained anew.`);
    return sameRun(evidence, model, planned);
}
function sameRun(evidence, model, planned) {
    if (evidence.model === model && evidence.inputHash === planned.inputHash)
        return evidence;
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MissingDataError */ .hr(`${model}: the evidence that was fetched is of ${evidence.model} with input hash ${evidence.inputHash}, not ${planned.inputHash}.`);
}
async function checkModelFiles(evidence, modelFolder, machine) {
    for (const file of evidence.trainings.flatMap((training) => training.model?.files ?? [])) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(modelFolder, file.path);
        const found = (await machine.files.exists(path)) ? (await machine.files.digest(path)).digest : "nothing";
        if (found !== file.digest)
            throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .MissingDataError */ .hr(`${evidence.model}: ${file.path} should be ${file.digest} by its evidence, but ${found} was found.`);
    }
}


/***/ }),

/***/ 39978:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  X: () => (/* binding */ joinPredictions)
});

// EXTERNAL MODULE: ./build/src/data/number-text.js
var number_text = __webpack_require__(89509);
// EXTERNAL MODULE: ./build/src/data/table-request.js
var table_request = __webpack_require__(10934);
// EXTERNAL MODULE: ./build/src/errors/errors.js
var errors = __webpack_require__(23154);
;// CONCATENATED MODULE: ./build/src/scoring/match-rows.js


/**
 * The row of the predictions for each row of the test set.
 * @throws UserCommandError when the predictions are for other rows
 */
function matchRows({ ids, predictions }, expected) {
    if (ids === undefined) {
        if (predictions.length !== expected.length)
            throw new errors/* UserCommandError */.vk(`There are ${predictions.length} predictions for ${expected.length} test rows. Write one prediction a row, in the test set's order, or an id column.`);
        return Int32Array.from(expected, (_, row) => row);
    }
    // The usual case, and by far the fastest; the test set's ids are unique.
    if (ids.length === expected.length && ids.every((id, row) => id === expected[row]))
        return Int32Array.from(expected, (_, row) => row);
    const rowOf = new Map();
    const duplicates = new Set();
    for (const [row, id] of ids.entries()) {
        if (rowOf.has(id))
            duplicates.add(id);
        else
            rowOf.set(id, row);
    }
    const missing = expected.filter((id) => !rowOf.has(id));
    const known = new Set(expected);
    const unexpected = [...rowOf.keys()].filter((id) => !known.has(id));
    const problems = [
        problem(missing.length, "has no prediction", "have no prediction", missing),
        problem(unexpected.length, "is not in the test set", "are not in the test set", unexpected),
        problem(duplicates.size, "is predicted more than once", "are predicted more than once", [...duplicates]),
    ].filter((text) => text !== undefined);
    if (problems.length > 0)
        throw new errors/* UserCommandError */.vk(`The predictions are not for the ${expected.length} rows of the test set: ${problems.join("; ")}. ` +
            `Write each test row's id once${missing[0]?.includes("@") ? ", or leave the id column out and keep the test set's order" : ""}.`);
    return Int32Array.from(expected, (id) => rowOf.get(id) ?? -1);
}
function problem(count, one, many, ids) {
    return count === 0 ? undefined : `${count} id${count === 1 ? ` ${one}` : `s ${many}`} (${(0,table_request/* quoted */.TL)(ids)})`;
}

// EXTERNAL MODULE: ./build/src/scoring/predictions-file.js
var predictions_file = __webpack_require__(6852);
;// CONCATENATED MODULE: ./build/src/scoring/join.js





/** How far probabilities of a row may be from a sum of 1: they may have been written with few digits. */
const sumTolerance = 1e-3;
/**
 * Puts predictions into the test set's row order and checks the contract: the same rows, finite numbers, probabilities in
 * [0, 1] that sum to 1. A binary `score` may be any real number. Labels that the test set does not have are kept.
 * @throws UserCommandError when the predictions do not keep the contract
 */
function joinPredictions(raw, request) {
    const { truth, task } = request;
    const order = matchRows(raw, truth.ids);
    const rows = truth.kind === "regression"
        ? { ids: truth.ids, kind: "regression", values: regressionValues(raw, order, truth.ids) }
        : {
            ids: truth.ids,
            kind: "classification",
            labels: predictedLabels(raw, order, truth.labels, request),
            ...(task === "binary" ? binaryScores(raw, order, request) : classProbabilities(raw, order, request)),
        };
    return { ...rows, digest: (0,predictions_file/* digestPredictions */.xG)(rows) };
}
function regressionValues(raw, order, ids) {
    const read = (row) => {
        const value = raw.predictions[row];
        return typeof value === "number" ? value : ((0,number_text/* parseNumber */.$)(value ?? "") ?? Number.NaN);
    };
    const values = Float64Array.from(order, read);
    refuse(values, ids, (value) => !Number.isFinite(value), "the prediction is not a finite number");
    return values;
}
function predictedLabels(raw, order, truth, { classes }) {
    const labels = Array.from(order, (row) => String(raw.predictions[row]));
    const known = new Set([...truth, ...(classes ?? [])]);
    const predicted = new Set(labels);
    if (known.size > 1 && !known.values().some((label) => predicted.has(label)))
        throw new errors/* UserCommandError */.vk(`No predicted label is one of the test set's: predicted ${(0,table_request/* quoted */.TL)([...predicted].sort())}, but the labels are ` +
            `${(0,table_request/* quoted */.TL)([...known].sort())}. Write labels exactly as the test set does (1 is not 1.0).`);
    return labels;
}
function binaryScores(raw, order, request) {
    const { positive, truth } = request;
    const names = [...raw.scores.keys()];
    const [only] = names;
    if (names.length !== 1 || only === undefined) {
        if (names.length > 2)
            throw new errors/* UserCommandError */.vk(`The task is binary, but there are ${names.length} columns of scores: ${(0,table_request/* quoted */.TL)(names.map(columnName))}. Write score, or two proba_<class>.`);
        return classProbabilities(raw, order, request);
    }
    if (only !== "" && only !== positive)
        throw new errors/* UserCommandError */.vk(`There is proba_${only} alone, which is not the positive class${positive === undefined ? "" : ` ${JSON.stringify(positive)}`}. ` +
            "Write the probabilities of both classes, or score for the positive class.");
    const score = column(raw, only, order);
    refuse(score, truth.ids, (value) => !Number.isFinite(value), `${columnName(only)} is not a finite number`);
    if (only !== "")
        refuse(score, truth.ids, (value) => value < 0 || value > 1, `${columnName(only)} is not between 0 and 1`);
    return { classes: [positive ?? ""], probabilities: [score] };
}
function classProbabilities(raw, order, { truth, classes: declared }) {
    const names = new Set(raw.scores.keys());
    if (names.size === 0)
        return { classes: [], probabilities: [] };
    if (names.has(""))
        throw new errors/* UserCommandError */.vk(names.size === 1
            ? "score is for binary tasks; write one proba_<class> a class."
            : "There are both score and proba_<class>; write one of the two.");
    if (truth.kind === "classification" && !truth.labels.some((label) => names.has(label)))
        throw new errors/* UserCommandError */.vk(`No column of probabilities is for a label of the test set: there is ${(0,table_request/* quoted */.TL)([...names].map(columnName))}, but the labels are ` +
            `${(0,table_request/* quoted */.TL)([...new Set(truth.labels)].sort())}. Write labels exactly as the test set does (1 is not 1.0).`);
    const inOrder = (declared ?? []).filter((name) => names.has(name));
    const classes = [...inOrder, ...[...names].filter((name) => !inOrder.includes(name)).sort()];
    const probabilities = classes.map((name) => column(raw, name, order));
    for (const [index, values] of probabilities.entries()) {
        const name = columnName(classes[index] ?? "");
        refuse(values, truth.ids, (value) => !Number.isFinite(value), `${name} is not a finite number`);
        refuse(values, truth.ids, (value) => value < 0 || value > 1, `${name} is not between 0 and 1`);
    }
    const sums = Float64Array.from(order, (_, row) => probabilities.reduce((sum, values) => sum + (values[row] ?? 0), 0));
    refuse(sums, truth.ids, (sum) => Math.abs(sum - 1) > sumTolerance, "the probabilities of all classes do not sum to 1");
    return { classes, probabilities };
}
function column(raw, name, order) {
    const values = raw.scores.get(name) ?? new Float64Array();
    return Float64Array.from(order, (row) => values[row] ?? Number.NaN);
}
function columnName(name) {
    return name === "" ? "score" : `proba_${name}`;
}
function refuse(values, ids, isBad, what) {
    const bad = ids.filter((_, row) => isBad(values[row] ?? Number.NaN));
    if (bad.length === 0)
        return;
    throw new errors/* UserCommandError */.vk(`Predictions: ${what} in ${bad.length} of ${ids.length} rows, with id ${(0,table_request/* quoted */.TL)(bad)}. Look at what the model gives for these rows.`);
}


/***/ }),

/***/ 23126:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ readTestSet)
/* harmony export */ });
/* harmony import */ var _data_read_table_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67836);
/* harmony import */ var _data_table_request_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(10934);
/* harmony import */ var _errors_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(23154);
/* harmony import */ var _evidence_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(89579);
/* harmony import */ var _files_node_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(34183);





/**
 * Reads a test set: rows for scorers, truth for metrics, and what evidence records of it. Without a declared id the rows
 * are called `1@<digest>`, `2@<digest>`…, so that predictions of another version of the file never fit by accident.
 * @throws UsageError when the file cannot be read, has no rows, lacks id or target, or ids are missing or not unique
 */
async function readTestSet(request) {
    const { path, name, task, id, target } = request;
    const files = request.files ?? (0,_files_node_files_js__WEBPACK_IMPORTED_MODULE_4__/* .createNodeFiles */ ._)();
    if (id === target)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(`${name}: ${JSON.stringify(id)} is declared as both id and target; they must be two columns.`);
    const text = [id, task === "regression" ? undefined : target].filter((column) => column !== undefined);
    const table = await (0,_data_read_table_js__WEBPACK_IMPORTED_MODULE_0__/* .readTable */ .x)(path, { text, name, files });
    if (table.rows === 0)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(`${name} has column names but no rows; at least one row is needed to evaluate.`);
    const { digest } = await files.digest(path);
    const ids = id === undefined ? rowNumbers(table.rows, digest) : declaredIds(findColumn(table, id, "id", name), name);
    return {
        rows: { path, table, idColumn: id, targetColumn: target },
        truth: truthOf(findColumn(table, target, "target", name), ids, task, name),
        testSet: { path: name, digest, rows: table.rows },
    };
}
function rowNumbers(rows, digest) {
    const suffix = `@${(0,_evidence_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .shortDigest */ .VK)(digest)}`;
    return Array.from({ length: rows }, (_, index) => `${index + 1}${suffix}`);
}
function findColumn(table, column, role, file) {
    const found = table.columns.find(({ name }) => name === column);
    if (found)
        return found;
    const names = (0,_data_table_request_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)(table.columns.map(({ name }) => name), 20);
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(`${file} has no column ${JSON.stringify(column)}, which evaluate.${role} names; it has ${names}.`);
}
function declaredIds(column, file) {
    const ids = labelsOf(column, "id", file);
    const seen = new Set();
    const duplicates = new Set();
    for (const id of ids)
        (seen.has(id) ? duplicates : seen).add(id);
    if (duplicates.size > 0)
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(`${file}: the id column ${JSON.stringify(column.name)} must name each row once, but ${duplicates.size} ` +
            `id${duplicates.size === 1 ? " is" : "s are"} there more than once: ${(0,_data_table_request_js__WEBPACK_IMPORTED_MODULE_1__/* .quoted */ .TL)([...duplicates])}. ` +
            "Choose a column that is unique, or leave evaluate.id out.");
    return ids;
}
function truthOf(column, ids, task, file) {
    const target = JSON.stringify(column.name);
    if (task !== "regression") {
        const labels = labelsOf(column, "target", file);
        const distinct = [...new Set(labels)].sort();
        if (task === "binary" && distinct.length > 2)
            throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(`${file}: the task is binary, but the target ${target} has ${distinct.length} labels. Declare task: multiclass, or mend the labels.`);
        return { kind: "classification", ids, labels };
    }
    if (column.kind === "text")
        throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(`${file}: the task is regression, but the target ${target} is not numeric. Mend the values or declare another task.`);
    refuseRows(rowsWhere(column.values.length, (row) => !Number.isFinite(column.values[row])), "target", target, file, "missing or infinite");
    return { kind: "regression", ids, values: column.values };
}
/** A text column without missing values. */
function labelsOf(column, role, file) {
    const values = column.kind === "text" ? column.values : Array.from(column.values, String);
    refuseRows(rowsWhere(values.length, (row) => values[row] === null), role, JSON.stringify(column.name), file, "missing");
    return values.filter((value) => value !== null);
}
function rowsWhere(rows, isBad) {
    const bad = [];
    for (let row = 0; row < rows; row++)
        if (isBad(row))
            bad.push(row + 1);
    return bad;
}
function refuseRows(bad, role, column, file, what) {
    if (bad.length === 0)
        return;
    const shown = bad.slice(0, _data_table_request_js__WEBPACK_IMPORTED_MODULE_1__/* .tableLimits */ .N$.shownProblems).join(", ");
    const more = bad.length > _data_table_request_js__WEBPACK_IMPORTED_MODULE_1__/* .tableLimits */ .N$.shownProblems ? ", …" : "";
    throw new _errors_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .UsageError */ .eb(`${file}: the ${role} ${column} is ${what} in ${bad.length} row${bad.length === 1 ? "" : "s"} ` +
        `(row ${shown}${more}, counted from 1 below the column names). Fill the values in or remove the rows.`);
}


/***/ }),

/***/ 79161:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ compareLaws),
/* harmony export */   F: () => (/* binding */ applyLaw)
/* harmony export */ });
/* harmony import */ var _metrics_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7104);
/* harmony import */ var _paths_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(88613);


/**
 * The model as it is judged on a pull request: what decides comes from the base branch, what is run and where comes from the
 * head. The head's own metrics are shown as well, where they make sense for base's task.
 */
function applyLaw(base, head) {
    const { id, target, positive, classes, metrics } = base.evaluate;
    const added = head.evaluate.metrics.filter((metric) => (0,_metrics_js__WEBPACK_IMPORTED_MODULE_0__/* .metricApplies */ .JN)(metric, base.task, positive));
    return {
        ...head,
        task: base.task,
        owners: base.owners,
        evaluate: { ...head.evaluate, id, target, positive, classes, metrics: [...new Set([...metrics, ...added])] },
        // Annotations are read beside the head's file, so a gate points at its own line there, or at the model.
        gates: base.gates.map((gate) => ({
            ...gate,
            position: head.gates.find((other) => sameRule(gate, other))?.position ?? head.position,
        })),
    };
}
function compareLaws(base, head) {
    const changes = [];
    const differ = (model, what, before, after) => {
        if (before !== after)
            changes.push({ model, what: `${what}: ${before} → ${after}` });
    };
    differ("", "on-inconclusive", base.onInconclusive, head.onInconclusive);
    for (const [name, before] of base.models) {
        const after = head.models.get(name);
        if (after === undefined) {
            changes.push({ model: name, what: "model removed" });
            continue;
        }
        differ(name, "task", before.task, after.task);
        differ(name, "owners", words(before.owners), words(after.owners));
        differ(name, "test set", testSet(before), testSet(after));
        differ(name, "id", before.evaluate.id ?? "row number", after.evaluate.id ?? "row number");
        differ(name, "target", before.evaluate.target, after.evaluate.target);
        differ(name, "positive", before.evaluate.positive ?? "none", after.evaluate.positive ?? "none");
        differ(name, "classes", words(before.evaluate.classes ?? []), words(after.evaluate.classes ?? []));
        for (const what of setChanges("metric", before.evaluate.metrics, after.evaluate.metrics))
            changes.push({ model: name, what });
        for (const what of gateChanges(before.gates, after.gates))
            changes.push({ model: name, what });
    }
    for (const name of head.models.keys())
        if (!base.models.has(name))
            changes.push({ model: name, what: "model added" });
    return changes;
}
function gateChanges(before, after) {
    const removed = before.filter((gate) => !after.some((other) => sameRule(gate, other)));
    const added = after.filter((gate) => !before.some((other) => sameRule(gate, other)));
    const moved = before.flatMap((gate) => {
        const other = after.find((candidate) => sameRule(gate, candidate));
        if (other === undefined || bound(gate) === bound(other))
            return [];
        return [`gate ${gate.metric} ${gate.kind}: ${bound(gate)} → ${bound(other)}`];
    });
    const show = (gate) => `${gate.metric} ${gate.kind} ${bound(gate)}`;
    return [...moved, ...removed.map((gate) => `gate removed: ${show(gate)}`), ...added.map((gate) => `gate added: ${show(gate)}`)];
}
function setChanges(what, before, after) {
    return [
        ...before.filter((value) => !after.includes(value)).map((value) => `${what} removed: ${value}`),
        ...after.filter((value) => !before.includes(value)).map((value) => `${what} added: ${value}`),
    ];
}
/** A model has at most one gate of a kind on a metric; `parseSpec` sees to it. */
function sameRule(a, b) {
    return a.kind === b.kind && a.metric === b.metric;
}
function bound(gate) {
    return gate.kind === "no-worse-than" || gate.kind === "better-than" ? gate.margin : gate.limit;
}
function testSet(model) {
    return (0,_paths_js__WEBPACK_IMPORTED_MODULE_1__/* .inRepository */ .y)(model, model.evaluate.data);
}
function words(values) {
    return values.length === 0 ? "none" : values.join(", ");
}


/***/ }),

/***/ 22524:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ bootstrapCells),
  D: () => (/* binding */ bootstrapRows)
});

// EXTERNAL MODULE: ./build/src/statistics/moments.js
var moments = __webpack_require__(26816);
// EXTERNAL MODULE: ./build/src/statistics/student-t.js
var student_t = __webpack_require__(37331);
;// CONCATENATED MODULE: ./build/src/statistics/random.js

/** Chris Doty-Humphrey's sfc32 (PractRand), warmed up. */
function createRandom(seed) {
    // Signed 32-bit arithmetic throughout, which engines keep in registers.
    let a = seed | 0;
    let b = 0x9e3779b9 | 0;
    let c = 0x243f6a88 | 0;
    let counter = 1;
    const next = () => {
        const result = (((a + b) | 0) + counter) | 0;
        counter = (counter + 1) | 0;
        a = b ^ (b >>> 9);
        b = (c + (c << 3)) | 0;
        c = (((c << 21) | (c >>> 11)) + result) | 0;
        return result;
    };
    for (let i = 0; i < 15; i++)
        next();
    const uniform = () => (next() >>> 0) / 2 ** 32;
    return {
        uniform,
        below: (limit) => Math.floor((next() >>> 0) * (limit / 2 ** 32)),
        binomial: (trials, p) => (p > 0.5 ? trials - binomial(trials, 1 - p, uniform()) : binomial(trials, p, uniform())),
    };
}
/** Inverts the distribution from its mode outwards: about √(trials·p) steps. */
function binomial(trials, p, uniform) {
    if (trials <= 0 || p <= 0)
        return 0;
    const mode = Math.min(trials, Math.floor((trials + 1) * p));
    const odds = p / (1 - p);
    let left = uniform -
        Math.exp((0,student_t/* logGamma */.SX)(trials + 1) -
            (0,student_t/* logGamma */.SX)(mode + 1) -
            (0,student_t/* logGamma */.SX)(trials - mode + 1) +
            mode * Math.log(p) +
            (trials - mode) * Math.log1p(-p));
    if (left < 0)
        return mode;
    let above = uniform - left;
    let below = above;
    for (let step = 1; mode + step <= trials || mode - step >= 0; step++) {
        const up = mode + step;
        if (up <= trials) {
            above *= ((trials - up + 1) / up) * odds;
            left -= above;
            if (left < 0)
                return up;
        }
        const down = mode - step;
        if (down >= 0) {
            below *= (down + 1) / (trials - down) / odds;
            left -= below;
            if (left < 0)
                return down;
        }
        if (above < 1e-300 && below < 1e-300)
            break;
    }
    return mode;
}

;// CONCATENATED MODULE: ./build/src/statistics/bootstrap.js


const defaultResamples = 2_000;
const seed = 20_260_101;
/** A statistic that is undefined in more of the resamples than this has no interval that can be trusted. */
const tolerableUndefined = 0.01;
/**
 * 95% percentile bootstrap over rows (Efron 1979).
 * @param statistic of the rows, each counted `weights[row]` times; NaN where undefined. The array is reused.
 * @returns undefined when the statistic is undefined in too many resamples
 */
function bootstrapRows(rows, statistic, resamples = defaultResamples) {
    const random = createRandom(seed);
    const weights = new Int32Array(rows);
    return percentiles(resamples, () => {
        weights.fill(0);
        for (let i = 0; i < rows; i++) {
            const row = random.below(rows);
            weights[row] = (weights[row] ?? 0) + 1;
        }
        return statistic(weights);
    });
}
/**
 * As `bootstrapRows` for a statistic that depends on the rows only by how many fall into each of some cells: a resample of
 * the rows is a multinomial draw of the cells, so its cost does not depend on the number of rows.
 * @param statistic of resampled cell counts. The array is reused.
 */
function bootstrapCells(cells, statistic, resamples = defaultResamples) {
    const random = createRandom(seed);
    const counts = Float64Array.from(cells);
    const rows = counts.reduce((total, count) => total + count, 0);
    const shares = Float64Array.from(cells);
    let rest = rows;
    for (let cell = 0; cell < shares.length; cell++) {
        const count = cells[cell] ?? 0;
        shares[cell] = rest > 0 ? count / rest : 0;
        rest -= count;
    }
    return percentiles(resamples, () => {
        let left = rows;
        for (let cell = 0; cell < shares.length; cell++) {
            const drawn = random.binomial(left, shares[cell] ?? 0);
            counts[cell] = drawn;
            left -= drawn;
        }
        return statistic(counts);
    });
}
function percentiles(resamples, draw) {
    const drawn = Float64Array.from({ length: resamples }, draw);
    const defined = drawn.filter((value) => Number.isFinite(value)).sort();
    if (defined.length < resamples * (1 - tolerableUndefined))
        return undefined;
    return { low: (0,moments/* quantileOfSorted */.mY)(defined, 0.025), high: (0,moments/* quantileOfSorted */.mY)(defined, 0.975) };
}


/***/ }),

/***/ 13370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   VO: () => (/* binding */ meanInterval),
/* harmony export */   _G: () => (/* binding */ deltaInterval),
/* harmony export */   tX: () => (/* binding */ differences)
/* harmony export */ });
/* harmony import */ var _interval_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93928);
/* harmony import */ var _moments_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(26816);
/* harmony import */ var _student_t_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37331);



/** 95% t interval of the mean of independent values; at least two are needed. */
function meanInterval(values) {
    return (0,_interval_js__WEBPACK_IMPORTED_MODULE_1__/* .symmetric */ .WG)((0,_moments_js__WEBPACK_IMPORTED_MODULE_2__/* .mean */ .i2)(values), halfWidth(values));
}
/**
 * 95% interval by the delta method: the estimate ± t · sd(influence) / √n, where `influence[row]` is the derivative of the
 * statistic towards that row (Hampel 1974). A constant added to all of it changes nothing.
 */
function deltaInterval(estimate, influence) {
    return (0,_interval_js__WEBPACK_IMPORTED_MODULE_1__/* .symmetric */ .WG)(estimate, halfWidth(influence));
}
function halfWidth(values) {
    return ((0,_student_t_js__WEBPACK_IMPORTED_MODULE_0__/* .studentTQuantile */ .$J)(0.975, values.length - 1) * (0,_moments_js__WEBPACK_IMPORTED_MODULE_2__/* .standardDeviation */ .Fx)(values)) / Math.sqrt(values.length);
}
/** a − b, row by row. */
function differences(a, b) {
    return a.map((value, row) => value - (b[row] ?? Number.NaN));
}


/***/ }),

/***/ 93928:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $Q: () => (/* binding */ clip),
/* harmony export */   WG: () => (/* binding */ symmetric),
/* harmony export */   e7: () => (/* binding */ mirror)
/* harmony export */ });
function symmetric(centre, halfWidth) {
    return { low: centre - halfWidth, high: centre + halfWidth };
}
function clip({ low, high }, range) {
    return { low: Math.min(Math.max(low, range.low), range.high), high: Math.max(Math.min(high, range.high), range.low) };
}
/** The interval of the negated number. */
function mirror({ low, high }) {
    return { low: 0 - high, high: 0 - low };
}


/***/ }),

/***/ 26816:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fx: () => (/* binding */ standardDeviation),
/* harmony export */   cz: () => (/* binding */ sum),
/* harmony export */   i2: () => (/* binding */ mean),
/* harmony export */   mY: () => (/* binding */ quantileOfSorted)
/* harmony export */ });
/** Sum with Neumaier's compensation, so that a million small numbers keep their digits. */
function sum(values) {
    let total = 0;
    let lost = 0;
    for (const value of values) {
        const next = total + value;
        lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
        total = next;
    }
    return total + lost;
}
/** NaN when there are none. */
function mean(values) {
    return sum(values) / values.length;
}
/** Sample standard deviation (n − 1); NaN below two values. */
function standardDeviation(values) {
    const centre = mean(values);
    return Math.sqrt(sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1));
}
/** Linear interpolation between order statistics (Hyndman and Fan's type 7) of values sorted upwards. */
function quantileOfSorted(sorted, probability) {
    const position = (sorted.length - 1) * probability;
    const below = Math.floor(position);
    const low = sorted[below] ?? Number.NaN;
    const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
    return low + (position - below) * (high - low);
}


/***/ }),

/***/ 75966:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Xy: () => (/* binding */ z95),
/* harmony export */   Zl: () => (/* binding */ normalQuantile)
/* harmony export */ });
/* unused harmony export normalCdf */
/** 97.5% quantile of the standard normal distribution: half of a 95% interval in standard errors. */
const z95 = 1.959963984540054;
const sqrtPi = Math.sqrt(Math.PI);
/** Complementary error function, relative error below 1e-12 wherever the result is a normal number. */
function erfc(x) {
    if (Number.isNaN(x))
        return Number.NaN;
    if (x < 0)
        return 2 - erfc(-x);
    return x < 2.5 ? 1 - erfSeries(x) : erfcFraction(x);
}
/** Abramowitz and Stegun 7.1.6: all terms are positive, so nothing cancels. */
function erfSeries(x) {
    let term = x;
    let sum = x;
    for (let n = 1; term > sum * 1e-17; n++) {
        term *= (2 * x * x) / (2 * n + 1);
        sum += term;
    }
    return (2 / sqrtPi) * Math.exp(-x * x) * sum;
}
/** Abramowitz and Stegun 7.1.14, from the far end back. */
function erfcFraction(x) {
    if (x > 27.3)
        return 0;
    let fraction = x;
    for (let k = 120; k >= 1; k--)
        fraction = x + k / 2 / fraction;
    return Math.exp(-x * x) / (sqrtPi * fraction);
}
/** P(Z ≤ z) of a standard normal Z. */
function normalCdf(z) {
    return erfc(-z / Math.SQRT2) / 2;
}
/** The z with P(Z ≤ z) = p; ∓Infinity at 0 and 1, NaN outside. */
function normalQuantile(p) {
    if (!(p >= 0 && p <= 1))
        return Number.NaN;
    if (p === 0)
        return Number.NEGATIVE_INFINITY;
    if (p === 1)
        return Number.POSITIVE_INFINITY;
    if (p > 0.5)
        return -normalQuantile(1 - p);
    // Abramowitz and Stegun 26.2.23 is right to 4.5e-4; each Halley step triples the digits.
    const t = Math.sqrt(-2 * Math.log(p));
    let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
    for (let step = 0; step < 3; step++) {
        const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
        if (density === 0)
            break;
        const newton = (normalCdf(z) - p) / density;
        z -= newton / (1 + (z * newton) / 2);
    }
    return z;
}


/***/ }),

/***/ 77659:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ rocAuc),
/* harmony export */   v: () => (/* binding */ tieFrom)
/* harmony export */ });
/* harmony import */ var _sorted_order_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(34169);

/**
 * Area under the ROC curve with midranks for ties, O(n log n) (Sun and Xu 2014).
 * @param scores without NaN
 * @param positive 1 for positive rows, 0 for negative ones
 * @param order of the scores, when it is known already
 */
function rocAuc(scores, positive, order = (0,_sorted_order_js__WEBPACK_IMPORTED_MODULE_0__/* .sortedOrder */ .u)(scores)) {
    const rows = scores.length;
    const positives = positive.reduce((count, flag) => count + flag, 0);
    const negatives = rows - positives;
    const placements = new Float64Array(rows);
    let positivesBelow = 0;
    let twicePairs = 0;
    for (let start = 0; start < rows;) {
        const { end, tiedPositives } = tieFrom(start, scores, positive, order);
        const negativesBelow = start - positivesBelow;
        const tiedNegatives = end - start - tiedPositives;
        const ofPositive = (negativesBelow + tiedNegatives / 2) / negatives;
        const ofNegative = (positives - positivesBelow - tiedPositives / 2) / positives;
        for (let i = start; i < end; i++) {
            const row = order[i] ?? 0;
            placements[row] = positive[row] === 1 ? ofPositive : ofNegative;
        }
        twicePairs += tiedPositives * (2 * negativesBelow + tiedNegatives);
        positivesBelow += tiedPositives;
        start = end;
    }
    return { auc: twicePairs / 2 / positives / negatives, placements, positives, negatives };
}
/** The rows from `start` on that share one score. */
function tieFrom(start, scores, positive, order) {
    const score = scores[order[start] ?? 0];
    let end = start;
    let tiedPositives = 0;
    while (end < order.length && scores[order[end] ?? 0] === score) {
        tiedPositives += positive[order[end] ?? 0] ?? 0;
        end++;
    }
    return { end, tiedPositives };
}


/***/ }),

/***/ 34169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   u: () => (/* binding */ sortedOrder)
/* harmony export */ });
const digits = 11;
const buckets = 1 << digits;
/**
 * Row numbers in the order of their values, smallest first; ties stay in row order, −0 equals 0. Values must not be NaN.
 * A radix sort over the bits of the doubles: linear, and several times faster than a comparator at a million rows.
 */
function sortedOrder(values) {
    const rows = values.length;
    // Adding zero turns −0 into 0.
    const words = new Uint32Array(Float64Array.from(values, (value) => value + 0).buffer);
    const low = new Uint32Array(rows);
    const high = new Uint32Array(rows);
    for (let i = 0; i < rows; i++) {
        const upper = words[2 * i + 1] ?? 0;
        const lower = words[2 * i] ?? 0;
        // Unsigned order of these is the order of the numbers: negative ones have all bits flipped, others the sign bit.
        const negative = upper >>> 31 === 1;
        low[i] = negative ? ~lower : lower;
        high[i] = negative ? ~upper : upper ^ 0x80000000;
    }
    let order = Uint32Array.from({ length: rows }, (_, i) => i);
    let next = new Uint32Array(rows);
    for (const [key, shift] of passes(low, high)) {
        const starts = new Uint32Array(buckets + 1);
        for (let i = 0; i < rows; i++) {
            const bucket = (((key[i] ?? 0) >>> shift) & (buckets - 1)) + 1;
            starts[bucket] = (starts[bucket] ?? 0) + 1;
        }
        if (starts.includes(rows))
            continue;
        for (let i = 1; i <= buckets; i++)
            starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
        for (let i = 0; i < rows; i++) {
            const row = order[i] ?? 0;
            const bucket = ((key[row] ?? 0) >>> shift) & (buckets - 1);
            const place = starts[bucket] ?? 0;
            next[place] = row;
            starts[bucket] = place + 1;
        }
        [order, next] = [next, order];
    }
    return order;
}
function passes(low, high) {
    const shifts = [0, digits, 2 * digits];
    return [low, high].flatMap((key) => shifts.map((shift) => [key, shift]));
}


/***/ }),

/***/ 37331:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $J: () => (/* binding */ studentTQuantile),
/* harmony export */   SX: () => (/* binding */ logGamma)
/* harmony export */ });
/* unused harmony export studentTCdf */
/* harmony import */ var _normal_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75966);

/**
 * Quantile of Student's t with `df` > 0 degrees of freedom, 0 < p < 1.
 * From 1,000 degrees of freedom by Fisher and Cornish's expansion (Abramowitz and Stegun 26.7.5), below by inverting the
 * distribution function.
 */
function studentTQuantile(p, df) {
    if (!(p > 0 && p < 1 && df > 0))
        return Number.NaN;
    if (p < 0.5)
        return -studentTQuantile(1 - p, df);
    const z = (0,_normal_js__WEBPACK_IMPORTED_MODULE_0__/* .normalQuantile */ .Zl)(p);
    if (df >= 1_000)
        return expansion(z, df);
    let low = 0;
    let high = Math.max(1, z);
    while (studentTCdf(high, df) < p && high < 1e300)
        high *= 2;
    for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
        const middle = (low + high) / 2;
        if (studentTCdf(middle, df) < p)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}
function expansion(z, df) {
    const z2 = z * z;
    const g1 = (z * (z2 + 1)) / 4;
    const g2 = (z * ((5 * z2 + 16) * z2 + 3)) / 96;
    const g3 = (z * (((3 * z2 + 19) * z2 + 17) * z2 - 15)) / 384;
    return z + (g1 + (g2 + g3 / df) / df) / df;
}
/** P(T ≤ t) of Student's t. */
function studentTCdf(t, df) {
    const tail = incompleteBeta(df / (df + t * t), df / 2, 0.5) / 2;
    return t > 0 ? 1 - tail : tail;
}
/** Regularised incomplete beta function by its continued fraction (Lentz). */
function incompleteBeta(x, a, b) {
    if (x <= 0)
        return 0;
    if (x >= 1)
        return 1;
    if (x > (a + 1) / (a + b + 2))
        return 1 - incompleteBeta(1 - x, b, a);
    const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
    let fraction = 1;
    let c = 1;
    let d = 0;
    for (let i = 0; i <= 1_000; i++) {
        const m = Math.floor(i / 2);
        let numerator = 1;
        if (i > 0) {
            numerator =
                i % 2 === 0
                    ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
                    : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
        }
        d = 1 / (1 + numerator * d || 1e-300);
        c = 1 + numerator / c || 1e-300;
        fraction *= c * d;
        if (Math.abs(1 - c * d) < 1e-16)
            break;
    }
    return front * (fraction - 1);
}
const lanczos = [
    676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905, -0.13857109526572012,
    9.984369578019572e-6, 1.5056327351493116e-7,
];
/** Natural logarithm of the gamma function for x > 0 (Lanczos, g = 7). */
function logGamma(x) {
    if (x < 0.5)
        return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
    const shifted = x - 1;
    const t = shifted + 7.5;
    const series = lanczos.reduce((sum, coefficient, i) => sum + coefficient / (shifted + i + 1), 0.9999999999998099);
    return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(series);
}


/***/ }),

/***/ 23365:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y: () => (/* binding */ wilsonInterval)
/* harmony export */ });
/* harmony import */ var _normal_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(75966);

/** Wilson's 95% score interval of a proportion, `events` of `trials` > 0 (Wilson 1927). */
function wilsonInterval(events, trials) {
    const share = events / trials;
    const z2 = _normal_js__WEBPACK_IMPORTED_MODULE_0__/* .z95 */ .Xy * _normal_js__WEBPACK_IMPORTED_MODULE_0__/* .z95 */ .Xy;
    const centre = share + z2 / (2 * trials);
    const spread = _normal_js__WEBPACK_IMPORTED_MODULE_0__/* .z95 */ .Xy * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials * trials));
    const scale = 1 + z2 / trials;
    return {
        low: events === 0 ? 0 : Math.max(0, (centre - spread) / scale),
        high: events === trials ? 1 : Math.min(1, (centre + spread) / scale),
    };
}


/***/ })

};
