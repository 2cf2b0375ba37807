import { MissingDataError } from "../errors/errors.ts";
import type { Conversation } from "../processes/processes.ts";
import type { ConverseWithGit } from "./run-git.ts";

/**
 * Git's objects, by two `git cat-file` that stay: starting git costs more than most of its answers. They end with this process.
 */
export interface Objects {
  /** What there is by each name, which is any revision without a line break, such as `HEAD^{commit}` or `<commit>:<path>`. */
  describe(names: readonly string[]): Promise<(ObjectDescription | undefined)[]>;
  /** @throws MissingDataError when one is not there */
  read(ids: readonly string[]): Promise<Buffer[]>;
  /** For when objects came that are found by other rules: fetching can move a shallow clone's boundary. */
  forget(): void;
}

export interface ObjectDescription {
  id: string;
  type: string;
  bytes: number;
}

/** Starts both at once. */
export function openObjects(converse: ConverseWithGit): Objects {
  const descriptions = createAsker(() => converse(["cat-file", "--batch-check"]));
  const contents = createAsker(() => converse(["cat-file", "--batch"]));
  return {
    describe: (names) => descriptions.ask(names, async (answers) => parseDescription(await answers.line())),
    read: (ids) =>
      contents.ask(ids, async (answers) => {
        const header = await answers.line();
        const found = parseDescription(header);
        if (!found) throw new MissingDataError(`git has no object ${header}.`);
        // A line break follows.
        return (await answers.bytes(found.bytes + 1)).subarray(0, -1);
      }),
    forget() {
      descriptions.end();
      contents.end();
    },
  };
}

/** `<id> SP <type> SP <size>`, or the name and a word such as `missing`. */
function parseDescription(line: string): ObjectDescription | undefined {
  const [, id, type, bytes] = /^([0-9a-f]{40,64}) (blob|commit|tag|tree) (\d+)$/.exec(line) ?? [];
  return id === undefined || type === undefined ? undefined : { id, type, bytes: Number(bytes) };
}

/** A program that is started when it is needed, and again after it has ended. Whoever asks next is answered next. */
function createAsker(start: () => Conversation) {
  let current: Conversation | undefined = start();
  let last: Promise<unknown> = Promise.resolve();

  async function answers<T>(conversation: Conversation, count: number, read: (from: Conversation) => Promise<T>): Promise<T[]> {
    const found: T[] = [];
    while (found.length < count) found.push(await read(conversation));
    return found;
  }
  return {
    ask<T>(questions: readonly string[], read: (from: Conversation) => Promise<T>): Promise<T[]> {
      if (questions.length === 0) return Promise.resolve([]);
      if (!current || current.hasEnded()) current = start();
      const conversation = current;
      conversation.send(questions.map((question) => `${question}\n`).join(""));
      const result = last.then(() => answers(conversation, questions.length, read));
      last = result.catch(() => {
        // What it says from now on answers nobody's question.
        conversation.end();
        if (current === conversation) current = undefined;
      });
      return result;
    },
    end() {
      current?.end();
      current = undefined;
    },
  };
}
