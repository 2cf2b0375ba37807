import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { castFor, stageOf } from "./play-trial.ts";
import type { TrialOutcome, TrialShare } from "./play-trials.ts";
import { openShop } from "./shop.ts";
import { type Course, courses, nameTrial, planTrials, type Requests } from "./trials.ts";

const usage = `npm run chaos -- promotion                              everything: some 2,000 trials, 45 minutes of processor time
npm run chaos -- promotion --quick --seed 7             some of it
npm run chaos -- promotion --only "overtaken by same"   the trials whose names have that text, such as one that failed

Brings new versions into the first stage and from there into the second, and has that one go back, while, at each request in turn,
GitHub fails in some way, the process is killed, another promotion overtakes it, another owner approves, the version's tag is moved, or
somebody publishes a release by hand or changes one; and tries again until it ends. Then there must be one release with all its files, one deployment, one
stage tag and one ledger record, or a refusal. The last line counts.

  --quick          reads fail at some places, and fewer side by side
  --seed <number>  of what is drawn; default 1
  --only <text>    of a trial's name
  --help           this

Exit code: 0 nothing was found, 1 something was, 2 the arguments are wrong.
`;

/** @returns the exit code */
export async function runPromotionChaos(args: readonly string[]): Promise<number> {
  const given = parse(args);
  if (given === undefined) return 2;
  if (given.help) {
    process.stdout.write(usage);
    return 0;
  }
  const { quick, seed, only } = given;
  const requests = await Promise.all(courses.map(async (course) => ({ course, ...(await recordRequests(course)) })));
  const all = requests.flatMap(({ course, ...known }) => planTrials(course, known, Number(seed), quick));
  const trials = all.filter((trial) => nameTrial(trial).includes(only));
  const threads = Math.min(availableParallelism(), trials.length);
  const sum = { tries: 0, deaths: 0, faults: 0, promoted: 0, refused: 0, doubled: 0, lost: 0, wrong: 0 };
  let played = 0;
  const count = ({ name, outcome }: TrialOutcome) => {
    played += 1;
    for (const kind of ["tries", "deaths", "faults", "promoted", "refused"] as const) sum[kind] += outcome[kind];
    for (const kind of ["doubled", "lost", "wrong"] as const) {
      sum[kind] += outcome[kind].length;
      for (const flaw of outcome[kind]) process.stdout.write(`${name}: ${kind}: ${flaw}\n`);
    }
    if (played % 50 === 0) process.stderr.write(`${played} of ${trials.length}\n`);
  };
  const shares = Array.from({ length: threads }, (_, thread) => trials.filter((_, place) => place % threads === thread));
  await Promise.all(shares.map((share) => playInThread({ trials: share }, count)));
  process.stdout.write(
    `chaos of promotion: ${requests.map(({ course, writes }) => `${course} ${writes.length}`).join(", ")} requests, ${trials.length} trials, ${sum.tries} tries, ${sum.deaths} kills, ${sum.faults} faults, ${sum.promoted} promoted, ${sum.refused} refused: ` +
      `${sum.doubled} doubled, ${sum.lost} lost, ${sum.wrong} wrong\n`,
  );
  const isWhole = played === trials.length && trials.length > 0;
  return isWhole && sum.doubled + sum.lost + sum.wrong === 0 ? 0 : 1;
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        quick: { type: "boolean", default: false },
        seed: { type: "string", default: "1" },
        only: { type: "string", default: "" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (/^\d{1,9}$/.test(values.seed)) return values;
    process.stderr.write(`--seed is "${values.seed}": it is a whole number from 0 to 999999999.\n\n${usage}`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's first line names the argument; the rest tells programmers how to pass it.
    process.stderr.write(`${error.message.split(/\n|\. To /)[0]}\n\n${usage}`);
  }
  return undefined;
}

/** Of a course that nothing happens to, into a stage that has a version already. */
export async function recordRequests(course: Course): Promise<Requests & { paths: readonly string[] }> {
  const shop = await openShop();
  try {
    const [{ tagged, goesBack }] = await castFor(shop, course);
    shop.fetchTags();
    const paths: string[] = [];
    const record: typeof fetch = (input, init) => {
      paths.push(`${init?.method ?? "GET"} ${new URL(String(input)).pathname}`);
      return fetch(input, init);
    };
    const github = shop.connect(record);
    const stage = stageOf(course);
    await (goesBack ? shop.rollBack(tagged, stage, github) : shop.promote(tagged, stage, github));
    return { writes: paths.map((path) => !path.startsWith("GET ")), paths };
  } finally {
    await shop.close();
  }
}

function playInThread(workerData: TrialShare, count: (outcome: TrialOutcome) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("play-trials.ts", import.meta.url), { workerData });
    worker.on("message", count);
    worker.on("error", reject);
    worker.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`A thread ended with ${code}.`))));
  });
}
