import type * as core from "@tensorflow/tfjs-core";

/** Operations that a tensor has as methods, with itself as their first argument. */
const operations = `abs acos acosh add all any argMax argMin asin asinh atan atan2 atanh avgPool batchNorm batchToSpaceND
  broadcastTo cast ceil clipByValue conv1d conv2d conv2dTranspose cos cosh cumprod cumsum depthToSpace depthwiseConv2d dilation2d
  div divNoNan dot elu equal erf euclideanNorm exp expandDims expm1 fft floor floorDiv gather greater greaterEqual ifft irfft isFinite
  isInf isNaN leakyRelu less lessEqual localResponseNormalization log log1p logSigmoid logSoftmax logSumExp logicalAnd logicalNot
  logicalOr logicalXor matMul max maxPool maximum mean min minimum mirrorPad mod mul neg norm notEqual oneHot onesLike pad pool pow
  prelu prod reciprocal relu relu6 reshape reverse rfft round rsqrt selu separableConv2d sigmoid sign sin sinh slice softmax softplus
  spaceToBatchND split sqrt square squaredDifference squeeze step stridedSlice sub sum tan tanh tile topk transpose unique
  unsortedSegmentSum unstack zerosLike`.split(/\s+/);

/**
 * Gives tensors their methods (`x.add(1)`), which the package for bundlers leaves out and every tutorial uses; the same as the
 * `@tensorflow/tfjs` package registers.
 */
export function registerChainedMethods(tf: typeof core): void {
  type Tensor = core.Tensor;
  const methods: Record<string, (this: Tensor, ...rest: never[]) => unknown> = {};
  for (const [name, operation] of Object.entries(tf)) {
    if (!operations.includes(name) || typeof operation !== "function") continue;
    methods[name] = function (...rest) {
      this.throwIfDisposed();
      return Reflect.apply(operation, undefined, [this, ...rest]);
    };
  }
  Object.assign(tf.Tensor.prototype, methods, {
    asScalar: chained((x) => tf.reshape(x, [])),
    asType: chained((x, type: core.DataType) => tf.cast(x, type)),
    as1D: chained((x) => tf.reshape(x, [x.size])),
    as2D: chained((x, ...shape: [number, number]) => tf.reshape(x, shape)),
    as3D: chained((x, ...shape: [number, number, number]) => tf.reshape(x, shape)),
    as4D: chained((x, ...shape: [number, number, number, number]) => tf.reshape(x, shape)),
    as5D: chained((x, ...shape: [number, number, number, number, number]) => tf.reshape(x, shape)),
    flatten: chained((x) => tf.reshape(x, [x.size])),
    reshapeAs: chained((x, other: Tensor) => tf.reshape(x, other.shape)),
    resizeBilinear: chained((x, ...rest: Rest<typeof tf.image.resizeBilinear>) => tf.image.resizeBilinear(as3D(x), ...rest)),
    resizeNearestNeighbor: chained((x, ...rest: Rest<typeof tf.image.resizeNearestNeighbor>) =>
      tf.image.resizeNearestNeighbor(as3D(x), ...rest),
    ),
    toBool: chained((x) => tf.cast(x, "bool")),
    toFloat: chained((x) => tf.cast(x, "float32")),
    toInt: chained((x) => tf.cast(x, "int32")),
    concat: chained((x, others: Tensor | Tensor[], axis?: number) => tf.concat([x, ...list(others)], axis)),
    stack: chained((x, others: Tensor | Tensor[], axis?: number) => tf.stack([x, ...list(others)], axis)),
    where: chained((x, condition: Tensor, otherwise: Tensor) => tf.where(condition, x, otherwise)),
  });
}

type Rest<F> = F extends (first: never, ...rest: infer R) => unknown ? R : never;

function chained<A extends unknown[]>(operation: (x: core.Tensor, ...rest: A) => core.Tensor) {
  return function (this: core.Tensor, ...rest: A): core.Tensor {
    this.throwIfDisposed();
    return operation(this, ...rest);
  };
}

function list(tensors: core.Tensor | core.Tensor[]): core.Tensor[] {
  return Array.isArray(tensors) ? tensors : [tensors];
}

/** Images have rank 3 or 4; TensorFlow.js itself checks it. */
function as3D(x: core.Tensor): core.Tensor3D {
  return x as core.Tensor3D;
}
