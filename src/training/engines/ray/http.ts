import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

export interface HttpAnswer {
  status: number;
  text: string;
}

/** An answer may be a whole log. */
const maxAnswerBytes = 16 * 1_024 ** 2;

/**
 * One request, without `fetch`: Node's sends what browsers do (`Sec-Fetch-Mode`), and Ray refuses whatever a browser could have been
 * talked into.
 */
export function askHttp(
  url: string,
  {
    method,
    headers,
    body,
    timeoutMs,
  }: { method: string; headers: Readonly<Record<string, string>>; body?: string | Uint8Array | undefined; timeoutMs: number },
): Promise<HttpAnswer> {
  const request = url.startsWith("https:") ? requestHttps : requestHttp;
  const length = body === undefined ? 0 : Buffer.byteLength(body);
  return new Promise((resolve, reject) => {
    const asked = request(
      url,
      { method, headers: { ...headers, "Content-Length": length }, signal: AbortSignal.timeout(timeoutMs) },
      (answer) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > maxAnswerBytes) answer.destroy(new Error(`it answered with more than ${maxAnswerBytes} bytes`));
          else chunks.push(chunk);
        });
        answer.on("error", reject);
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }));
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}
