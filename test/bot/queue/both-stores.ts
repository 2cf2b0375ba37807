import { rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe } from "vitest";
import { type OpenStore, openStore, type StoreLocation, type StoreOptions } from "../../../bot/queue/open-store.ts";
import { keyOf } from "../../../bot/subject.ts";
import { skipWithout } from "../../requirements.ts";
import { missingPostgresql, type Postgresql, startPostgresql } from "../postgresql.ts";
import { createStoreFolder } from "../store-folder.ts";

export interface StorePlace {
  /** Empty before each test. */
  location(): StoreLocation;
  /** Closed after the test, if not in it. */
  open(options?: StoreOptions): Promise<OpenStore>;
}

/**
 * What both stores promise, on an embedded database and on a server.
 * @param ofReplicas what only a server promises, which several processes can use
 */
export function onBothStores(promises: (place: StorePlace) => void, ofReplicas?: (place: StorePlace) => void): void {
  describe("on an embedded database in a folder", () => {
    let folder: string;
    beforeEach(async () => {
      folder = await createStoreFolder();
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));
    promises(createStorePlace(() => ({ folder })));
  });

  describe.skipIf(skipWithout("postgresql", "the store on PostgreSQL", missingPostgresql()))("on a PostgreSQL server", () => {
    let server: Postgresql;
    let url: string;
    beforeAll(async () => {
      server = await startPostgresql();
    });
    afterAll(() => server?.stop());
    beforeEach(() => {
      url = server.createDatabase();
    });
    const place = createStorePlace(() => ({ url }));
    promises(place);
    ofReplicas?.(place);
  });
}

function createStorePlace(location: () => StoreLocation): StorePlace {
  const opened = new Set<OpenStore>();
  afterEach(async () => {
    for (const store of opened) await store.close();
  });
  return {
    location,
    async open(options) {
      const { close, ...store } = await openStore(location(), options);
      const closing: OpenStore = {
        ...store,
        async close() {
          if (opened.delete(closing)) await close();
        },
      };
      opened.add(closing);
      return closing;
    },
  };
}

/** Takes what is due. @returns keys of the subjects */
export async function drained(store: OpenStore): Promise<string[]> {
  const looked: string[] = [];
  await store.worker.drain(async (subject) => void looked.push(keyOf(subject)));
  return looked;
}

export const isEmpty = (overview: { waiting: number; active: number } | undefined) =>
  overview?.waiting === 0 && overview.active === 0;

export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
