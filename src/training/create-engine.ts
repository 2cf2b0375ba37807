import type { Files } from "../files/files.ts";
import type { Model } from "../spec/spec.ts";
import type { Engine, EngineOrigin } from "./engine.ts";

/**
 * The engine that the model's `train` declares; undefined: the commands run on this machine. Loaded only where it is used.
 * @param setting.waits whether trainings are waited for also where `train` says that they are handed off
 */
export async function createEngine(
  { train }: Model,
  setting: { origin: EngineOrigin; waits: boolean; environment: Readonly<Record<string, string | undefined>>; files: Files },
): Promise<Engine | undefined> {
  const { engine, gpus } = train;
  if (engine.kind === "local") return undefined;
  const { createRayEngine } = await import("./engines/ray/ray-engine.ts");
  const { environment: variables, waits, ...rest } = setting;
  return createRayEngine({ engine: { ...engine, handOff: engine.handOff && !waits }, gpus, variables, ...rest });
}
