import { describe, expect, it } from "vitest";
import { readRayAddress } from "../../../../src/training/engines/ray/address.ts";

describe("where a Ray cluster is", () => {
  it.each([
    [{ RAY_API_SERVER_ADDRESS: "http://ray-head:8265" }, "http://ray-head:8265"],
    [{ RAY_ADDRESS: "https://ray.acme.com/cluster/" }, "https://ray.acme.com/cluster"],
    [{ RAY_API_SERVER_ADDRESS: "http://a:1", RAY_ADDRESS: "http://b:2" }, "http://a:1"],
  ])("is read from %j", (variables, url) => {
    expect(readRayAddress(variables)).toEqual({ url, headers: {} });
  });

  it("sends the token unless the headers have one of their own", () => {
    const at = { RAY_ADDRESS: "http://ray-head:8265", RAY_AUTH_TOKEN: "t0ken\n" };
    expect(readRayAddress(at)).toMatchObject({ headers: { Authorization: "Bearer t0ken" } });
    const headers = { authorization: "Basic abc", "X-Team": "risk" };
    expect(readRayAddress({ ...at, RAY_JOB_HEADERS: JSON.stringify(headers) })).toMatchObject({ headers });
  });

  it.each([
    [{}, /nothing says where one is\. Set RAY_API_SERVER_ADDRESS/],
    [{ RAY_ADDRESS: "auto" }, /RAY_ADDRESS is auto, and the address of a Jobs API such as http:/],
    [{ RAY_ADDRESS: "ray://head:10001" }, /RAY_ADDRESS is ray:\/\/head:10001/],
    [{ RAY_ADDRESS: "http://me:s3cr3t@head" }, /has a user or a password in it/],
    [{ RAY_ADDRESS: "http://head", RAY_JOB_HEADERS: "Authorization: s3cr3t" }, /RAY_JOB_HEADERS is not a JSON map/],
    [{ RAY_ADDRESS: "http://head", RAY_JOB_HEADERS: '{"A": "s3cr3t\\r\\nB: c"}' }, /RAY_JOB_HEADERS is not a JSON map/],
    [{ RAY_ADDRESS: "http://head", RAY_AUTH_TOKEN: "s3cr3t s3cr3t" }, /RAY_AUTH_TOKEN has characters/],
    [{ RAY_ADDRESS: "::s3cr3t::" }, /RAY_ADDRESS is no such address/],
  ])("is refused with what to do, and without a secret: %j", (variables, problem) => {
    const read = readRayAddress(variables);
    expect(read).toEqual({ problem: expect.stringMatching(problem) });
    expect(JSON.stringify(read)).not.toContain("s3cr3t");
  });
});
