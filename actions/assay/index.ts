import { runAction } from "../runtime/run-action.ts";
import { assay } from "./assay.ts";
import { loadInputs } from "./inputs.ts";

await runAction(() => assay(loadInputs()));
