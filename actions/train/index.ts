import { runAction } from "../runtime/run-action.ts";
import { loadInputs } from "./inputs.ts";
import { train } from "./train.ts";

await runAction(() => train(loadInputs()));
