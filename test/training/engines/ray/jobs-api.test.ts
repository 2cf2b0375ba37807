import { createServer } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { createRayJobs } from "../../../../src/training/engines/ray/jobs-api.ts";

async function listen(answer: string): Promise<string> {
  const server = createServer((socket) => socket.on("error", () => {}).end(answer));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return `http://127.0.0.1:${address.port}`;
}

it("what answers at a wrong port was reached, and is not called unreachable", async () => {
  const url = await listen("SSH-2.0-OpenSSH_9.6\r\n");
  await expect(createRayJobs({ url, headers: {} }).find("raysubmit_1")).rejects.toThrow(
    `what answers at ${url} is not Ray's dashboard`,
  );
});

it("what does not answer could not be reached", async () => {
  const url = "http://127.0.0.1:1";
  await expect(createRayJobs({ url, headers: {} }).find("raysubmit_1")).rejects.toThrow(`${url} could not be reached`);
});
