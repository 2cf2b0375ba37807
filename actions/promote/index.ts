import { runAction } from "../runtime/run-action.ts";
import { loadInputs } from "./inputs.ts";
import { promote } from "./promote.ts";

await runAction(() => promote(loadInputs()));
