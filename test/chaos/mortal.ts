import type { Connection, Database } from "../../bot/queue/database.ts";

/** What a process is in the middle of when it is killed. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/**
 * A process that can be killed at any step: before it, or after it was done and before anybody heard of it. From then on nothing that
 * it does has an effect.
 */
export interface Life {
  /** Does a step, or dies. */
  step<T>(work: () => Promise<T>): Promise<T>;
  readonly dead: boolean;
}

/** @param dies whether it dies at a step, by the step's number */
export function createLife(dies: (step: number) => "before" | "after" | undefined): Life {
  let steps = 0;
  let dead = false;
  const die = () => {
    dead = true;
    throw new Killed("the process was killed");
  };
  return {
    get dead() {
      return dead;
    },
    async step(work) {
      if (dead) throw new Killed("the process is dead");
      const how = dies(steps++);
      if (how === "before") die();
      const result = await work();
      if (dead || how === "after") die();
      return result;
    },
  };
}

/** The database as a process that can be killed uses it: a statement, or a commit, is a step. The database itself lives on. */
export function mortalDatabase(database: Database, life: Life): Database {
  const mortal = (connection: Connection): Connection => ({
    executeSql: (text, values) => life.step(() => connection.executeSql(text, values)),
  });
  return {
    ...mortal(database),
    backend: database.backend,
    // Killed inside, the transaction is rolled back as the server does it; killed after, it stands.
    transaction: (work) => life.step(() => database.transaction((connection) => work(mortal(connection)))),
    exclusively: (work) => database.exclusively(work),
    reclaim: () => life.step(() => database.reclaim()),
    close: async () => undefined,
  };
}

/** The same of requests to GitHub. */
export function mortalFetch(life: Life, send: typeof fetch): typeof fetch {
  return (input, init) => life.step(() => send(input, init));
}
