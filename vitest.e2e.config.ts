import { defineConfig } from "vitest/config";

/** `npm run e2e`: the built actions on a real runner. Takes a minute, and needs act and the Python example's packages. */
export default defineConfig({
  test: {
    include: ["test/e2e/**/*.e2e.ts"],
    // Ends a hang, and measures nothing.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
