import { runAction } from "../runtime/run-action.ts";
import { evaluate } from "./evaluate.ts";
import { loadInputs } from "./inputs.ts";

await runAction(() => evaluate(loadInputs()));
