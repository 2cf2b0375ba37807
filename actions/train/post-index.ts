import { runAction } from "../runtime/run-action.ts";
import { loadInputs } from "./inputs.ts";
import { post } from "./post.ts";

await runAction(() => post(loadInputs));
