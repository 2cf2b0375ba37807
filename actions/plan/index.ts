import { runAction } from "../runtime/run-action.ts";
import { loadInputs } from "./inputs.ts";
import { plan } from "./plan.ts";

await runAction(() => plan(loadInputs()));
