import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";

/** `unsent`: the request does not arrive. `unanswered`: it is carried out, and the answer is lost. */
export type Fault = { at: number; kind: "unsent" | "unanswered" };

export interface FaultyWay {
  url: string;
  /** Writes since the last `break`, as `POST runs/create`. */
  writes: string[];
  /** From the write of that number on, counted from 0, nothing gets through; undefined: everything does. */
  break(fault: Fault | undefined): void;
  close(): Promise<void>;
}

/** Between a client and a server: what comes at a moment that nobody chose, chosen. */
export async function openFaultyWay(target: string): Promise<FaultyWay> {
  let fault: Fault | undefined;
  let isBroken = false;
  const way = createServer((asked, answer) => {
    const isWrite = asked.method !== "GET" && !asked.url?.endsWith("/search");
    const isDue = isWrite && fault?.at === opened.writes.length;
    if (isWrite) opened.writes.push(`${asked.method} ${asked.url?.replace(/^\/api\/2\.0\/mlflow\//, "").replace(/\?.*/, "")}`);
    if (isBroken || (isDue && fault?.kind === "unsent")) {
      isBroken = true;
      asked.socket.destroy();
      return;
    }
    asked.pipe(
      request(target + asked.url, { method: asked.method, headers: asked.headers }, (passed: IncomingMessage) => {
        if (isDue) {
          isBroken = true;
          passed.resume().once("end", () => asked.socket.destroy());
          return;
        }
        answer.writeHead(passed.statusCode ?? 500, passed.headers);
        passed.pipe(answer);
      }),
    );
  });
  const opened: FaultyWay = {
    url: "",
    writes: [],
    break(next) {
      fault = next;
      isBroken = false;
      opened.writes = [];
    },
    async close() {
      way.closeAllConnections();
      await new Promise((closed) => way.close(closed));
    },
  };
  await new Promise<void>((ready) => way.listen(0, "127.0.0.1", ready));
  opened.url = `http://127.0.0.1:${(way.address() as AddressInfo).port}`;
  return opened;
}
