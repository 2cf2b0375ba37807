import { startEmbeddedTestGitHub } from "./embedded-test-github.ts";
import { startEmulatedGitHub } from "./emulated-github.ts";
import type { TestGitHub } from "./test-github.ts";

export interface Server {
  name: string;
  start: () => Promise<TestGitHub>;
  /** Behaviours that only some servers have. */
  has: {
    /** Tokens with permissions, and unknown tokens refused. */
    tokens: boolean;
    /** Bytes of release assets. */
    assets: boolean;
    /** Annotations with titles, added request by request as GitHub documents it; emulate replaces them. */
    annotations: boolean;
  };
}

/** The servers that the contract tests run on. */
export const servers: readonly Server[] = [
  { name: "the embedded GitHub", start: startEmbeddedTestGitHub, has: { tokens: true, assets: true, annotations: true } },
  { name: "emulate", start: startEmulatedGitHub, has: { tokens: false, assets: false, annotations: false } },
];
