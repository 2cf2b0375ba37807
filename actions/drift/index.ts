import { runAction } from "../runtime/run-action.ts";
import { drift } from "./drift.ts";
import { loadInputs } from "./inputs.ts";

await runAction(() => drift(loadInputs()));
