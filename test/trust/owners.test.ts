import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseOwner, resolveActor } from "../../src/trust/owners.ts";
import { createCollaborators, law } from "../bot/commands/create-facts.ts";

describe("an owner as declared", () => {
  it("is a person or a team", () => {
    expect(parseOwner("@octo-cat")).toEqual({ kind: "person", login: "octo-cat" });
    expect(parseOwner("octo_acme")).toEqual({ kind: "person", login: "octo_acme" });
    expect(parseOwner("@acme/risk")).toEqual({ kind: "team", organisation: "acme", team: "risk" });
  });

  it.each(["", "@", "acme/risk", "@acme/", "@acme/risk/more", "a b", "@оwner", "someone@example.org"])("is not %j", (text) => {
    expect(parseOwner(text)).toBeUndefined();
  });
});

it("is, whatever is written for an owner, one that is written the same way, or none", () => {
  const written = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom("@", "/", "-", "_", "a", "Z", "9", ".", "\n", " ") }),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(written, (text) => {
      const owner = parseOwner(text);
      if (owner === undefined) return;
      const again = owner.kind === "person" ? `@${owner.login}` : `@${owner.organisation}/${owner.team}`;
      expect(again).toBe(text.startsWith("@") ? text : `@${text}`);
      expect(parseOwner(again)).toEqual(owner);
    }),
    { numRuns: 2_000 },
  );
});

describe("who asks", () => {
  const resolve = async (login: string, options = {}) => {
    const { collaborators, asked } = createCollaborators(options);
    return { actor: await resolveActor({ id: 7, login }, law, collaborators), asked };
  };

  it("owns by name, whatever its letters' case, and by team", async () => {
    expect((await resolve("owner")).actor.owns("fraud")).toBe(true);
    expect((await resolve("member")).actor.owns("fraud")).toBe(true);
    expect((await resolve("writer")).actor.owns("fraud")).toBe(false);
  });

  it("owns nothing any more without write permission, and no team is asked", async () => {
    const { collaborators, asked } = createCollaborators();
    const actor = await resolveActor({ id: 7, login: "owner" }, law, { ...collaborators, permission: async () => "read" });
    expect(actor.owns("fraud")).toBe(false);
    expect(asked).toEqual([]);
  });

  it("asks for each team once", async () => {
    expect((await resolve("writer")).asked).toEqual(["acme/risk"]);
  });

  it("is in no team that the app may not read", async () => {
    const { actor } = await resolve("member", { unreadable: true });
    expect(actor.owns("fraud")).toBe(false);
    expect(actor.unreadableTeams).toEqual(["@acme/risk"]);
  });
});
