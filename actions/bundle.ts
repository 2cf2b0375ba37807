/**
 * What `dist/` holds: every front by name, each a chunk that is loaded when it is asked for. `eager` keeps all of plan in the
 * first file: it shares most with the others, and a dozen small files take longer to load than one.
 */
const fronts = {
  plan: () => import(/* webpackMode: "eager" */ "./plan/index.ts"),
  train: () => import("./train/index.ts"),
  "train-post": () => import("./train/post-index.ts"),
  evaluate: () => import("./evaluate/index.ts"),
  drift: () => import("./drift/index.ts"),
  report: () => import("./report/index.ts"),
  promote: () => import("./promote/index.ts"),
  assay: () => import("./assay/index.ts"),
  // The child process in which a repository's own TensorFlow.js module trains.
  "user-module": () => import("../src/training/user-module/user-module-main.ts"),
  cli: () => import("../src/cli/main.ts"),
} as const;

export async function start(front: keyof typeof fronts): Promise<void> {
  await fronts[front]();
}
