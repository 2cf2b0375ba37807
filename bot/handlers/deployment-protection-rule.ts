import * as z from "zod/mini";
import { idSchema } from "../../src/github/ids.ts";
import { action, type Handler, placeOf } from "./handler.ts";

const schema = z.object({
  action,
  environment: z.string().check(z.minLength(1), z.maxLength(255)),
  deployment_callback_url: z.string().check(z.maxLength(2_000)),
});

/** A run waits to be let into an environment. Nothing but the address to answer to says which run it is. */
export const onDeploymentProtectionRule: Handler = (payload) => {
  const { action: what, environment, deployment_callback_url: url } = schema.parse(payload);
  if (what !== "requested") return undefined;
  const id = /\/actions\/runs\/([1-9]\d{0,15})\/deployment_protection_rule$/.exec(url)?.[1];
  return { subject: { kind: "gate", repository: placeOf(payload), runId: idSchema.parse(Number(id)), environment } };
};
