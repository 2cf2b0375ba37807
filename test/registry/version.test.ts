import fc from "fast-check";
import { expect, it } from "vitest";
import { compareVersions, isVersion } from "../../src/registry/version.ts";

it("orders as Semantic Versioning 2.0.0, section 11, does", () => {
  const ordered = [
    ...["v0.0.1", "v0.0.2", "v0.2.0", "v0.10.0", "v1.0.0-alpha", "v1.0.0-alpha.1", "v1.0.0-alpha.beta", "v1.0.0-beta"],
    ...["v1.0.0-beta.2", "v1.0.0-beta.11", "v1.0.0-rc.1", "v1.0.0", "v1.0.1", "v2.0.0", "v99999999999999999999.0.0"],
  ];
  for (const [at, one] of ordered.entries())
    for (const [place, other] of ordered.entries())
      expect(Math.sign(compareVersions(one, other)), `${one} and ${other}`).toBe(Math.sign(at - place));
});

it("leaves build metadata out", () => {
  expect(compareVersions("v1.0.0+a", "v1.0.0+b")).toBe(0);
});

it("knows what a version is", () => {
  expect(["v1.2.3", "v0.0.0-0.a-b+01"].every(isVersion)).toBe(true);
  expect(["1.2.3", "v1.2", "v1.2.3.4", "v01.2.3", "v1.2.3-01", "v1.2.3-", "v1.2.3+", "V1.2.3"].some(isVersion)).toBe(false);
});

it("gives an order whatever the versions are", () => {
  const number = fc.nat(12).map(String);
  const identifier = fc.oneof(number, fc.constantFrom("a", "b", "rc", "-"));
  const version = fc
    .tuple(number, number, number, fc.array(identifier, { maxLength: 3 }))
    .map(([major, minor, patch, rest]) => `v${major}.${minor}.${patch}${rest.length > 0 ? `-${rest.join(".")}` : ""}`);
  fc.assert(
    fc.property(version, version, version, (a, b, c) => {
      expect(Math.sign(compareVersions(a, b)) + Math.sign(compareVersions(b, a))).toBe(0);
      if (compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) expect(compareVersions(a, c)).toBeLessThanOrEqual(0);
    }),
  );
});
