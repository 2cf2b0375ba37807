import { describe, expect, it } from "vitest";
import { validateExchange } from "./validate.ts";

const comments = "/repos/octo/demo/issues/1/comments";

describe("validateExchange", () => {
  it("names an operation that GitHub does not have", () => {
    expect(validateExchange({ method: "GET", path: "/repos/octo/demo/nothing", status: 200 })).toEqual([
      expect.stringContaining("no such operation"),
    ]);
  });

  it("names missing, wrong and unknown keys of a request", () => {
    const create = (requestBody: unknown) =>
      validateExchange({ method: "POST", path: comments, requestBody, status: 403, responseBody: { message: "no" } });
    expect(create({ body: "x" })).toEqual([]);
    expect(create({})).toEqual([expect.stringContaining("must have required property 'body'")]);
    expect(create({ body: 1 })).toEqual([expect.stringContaining("must be string")]);
    expect(create({ body: "x", color: "red" })).toEqual([expect.stringContaining("/color is no key that GitHub knows")]);
    expect(create(undefined)).toHaveLength(1);
  });

  it("looks into nested objects and lists of a request", () => {
    const requestBody = { name: "x", head_sha: "a", output: { title: "t", summary: "s", annotations: [{ path: "a", line: 1 }] } };
    const problems = validateExchange({
      method: "POST",
      path: "/repos/o/d/check-runs",
      requestBody,
      status: 403,
      responseBody: { message: "no" },
    });
    expect(problems.join("\n")).toMatch(/annotations\/0 must have required property 'start_line'/);
  });

  it("does not ask a refused request to be right", () => {
    const refused = { message: "Validation Failed", documentation_url: "https://docs.github.com/rest" };
    expect(validateExchange({ method: "POST", path: comments, requestBody: {}, status: 422, responseBody: refused })).toEqual([]);
  });

  it("names query parameters, statuses and answers that GitHub does not know", () => {
    const get = (change: object) => validateExchange({ method: "GET", path: comments, status: 200, responseBody: [], ...change });
    expect(get({})).toEqual([]);
    expect(get({ path: `${comments}?per_page=100&page=2` })).toEqual([]);
    expect(get({ path: `${comments}?perpage=100` })).toHaveLength(1);
    expect(get({ path: `${comments}?per_page=many` })).toHaveLength(1);
    expect(get({ status: 418 })).toEqual([expect.stringContaining("never answers 418")]);
    expect(get({ responseBody: [{ id: 1 }] }).join("\n")).toContain("must have required property 'node_id'");
    expect(get({ responseBody: undefined })).toHaveLength(1);
  });

  it("takes null where GitHub says nullable, and nowhere else", () => {
    const link = { self: "", git: null, html: null };
    const file = {
      type: "file",
      encoding: "",
      size: 1,
      name: "a",
      path: "a",
      content: "",
      sha: "b",
      url: "http://a/",
      html_url: null,
    };
    const get = (responseBody: object) =>
      validateExchange({ method: "GET", path: "/repos/o/d/contents/a%2Fb", status: 200, responseBody });
    expect(get({ ...file, git_url: null, download_url: null, _links: { ...link, self: "http://a/" } })).toEqual([]);
    expect(get({ ...file, git_url: null, download_url: null, sha: null, _links: { ...link, self: "http://a/" } })).not.toEqual(
      [],
    );
  });

  it("takes a path with slashes, encoded or not", () => {
    const reference = {
      ref: "refs/heads/a/b",
      node_id: "",
      url: "http://a/",
      object: { type: "commit", sha: "a".repeat(40), url: "http://a/" },
    };
    for (const ref of ["heads/a/b", "heads%2Fa%2Fb"]) {
      expect(
        validateExchange({ method: "GET", path: `/repos/o/d/git/ref/${ref}`, status: 200, responseBody: reference }),
      ).toEqual([]);
    }
  });
});
