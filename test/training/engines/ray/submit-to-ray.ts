/** Trains on the cluster of the environment as a job would, and prints what comes. Usage: submit-to-ray.ts TRAINING-AS-JSON */
import { createRayTraining } from "./ray-training.ts";

const environment = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ""]));
const { train } = await createRayTraining(JSON.parse(process.argv[2] ?? "{}"), environment);
const training = await train({ output: (text) => process.stdout.write(text) });
process.stdout.write(`outcome: ${training.outcome}\n`);
