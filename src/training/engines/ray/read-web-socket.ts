import { createHash, randomBytes } from "node:crypto";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { Duplex } from "node:stream";
import { StringDecoder } from "node:string_decoder";

const opcodes = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;
/** Of RFC 6455, section 1.3. */
const acceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const maxFrameBytes = 16 * 1_024 ** 2;
const connectMs = 30_000;

/**
 * Passes on the text that a server sends over a WebSocket, until either side ends it; why it ended is not told. Node's own
 * `WebSocket` always offers compression, with which Ray's server (aiohttp 3.14) sends nothing at all; so the part of RFC 6455
 * that reading takes.
 */
export function readWebSocket(
  url: string,
  { headers, output, signal }: { headers: Readonly<Record<string, string>>; output: (text: string) => void; signal: AbortSignal },
): Promise<void> {
  const key = randomBytes(16).toString("base64");
  const request = url.startsWith("https:") ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const asked = request(url, {
      headers: {
        ...headers,
        Connection: "Upgrade",
        Upgrade: "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": key,
      },
      signal,
      timeout: connectMs,
    });
    asked.on("timeout", () => asked.destroy());
    asked.on("error", () => resolve());
    asked.on("response", (answer) => {
      answer.destroy();
      resolve();
    });
    asked.on("upgrade", (answer, socket: Duplex, head) => {
      const stop = () => socket.destroy();
      signal.addEventListener("abort", stop, { once: true });
      socket.on("error", stop);
      socket.on("close", () => {
        signal.removeEventListener("abort", stop);
        resolve();
      });
      const expected = createHash("sha1").update(`${key}${acceptGuid}`).digest("base64");
      if (answer.headers["sec-websocket-accept"] !== expected) return stop();
      readFrames(socket, head, output);
    });
    asked.end();
  });
}

function readFrames(socket: Duplex, head: Buffer, output: (text: string) => void): void {
  // A log is one text, whatever it is cut into.
  const decoder = new StringDecoder("utf8");
  let waiting = head;
  const read = () => {
    for (let frame = takeFrame(waiting); frame; frame = takeFrame(waiting)) {
      if (frame === "too large") return socket.destroy();
      waiting = waiting.subarray(frame.bytes);
      if (frame.opcode === opcodes.text || frame.opcode === opcodes.continuation) {
        const text = decoder.write(frame.payload);
        if (text !== "") output(text);
      } else if (frame.opcode === opcodes.ping) socket.write(controlFrame(opcodes.pong, frame.payload));
      else if (frame.opcode === opcodes.close) return socket.end(controlFrame(opcodes.close, frame.payload));
    }
    return undefined;
  };
  socket.on("data", (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    read();
  });
  read();
}

/** The first whole frame, of a server that does not mask. */
function takeFrame(buffer: Buffer): { opcode: number; payload: Buffer; bytes: number } | "too large" | undefined {
  if (buffer.length < 2) return undefined;
  const short = buffer.readUInt8(1) & 0x7f;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (buffer.length < start) return undefined;
  const length = short === 127 ? Number(buffer.readBigUInt64BE(2)) : short === 126 ? buffer.readUInt16BE(2) : short;
  if (length > maxFrameBytes) return "too large";
  if (buffer.length < start + length) return undefined;
  return { opcode: buffer.readUInt8(0) & 0x0f, payload: buffer.subarray(start, start + length), bytes: start + length };
}

/** Of a client, so masked: with zeros, which change nothing. */
function controlFrame(opcode: number, payload: Buffer): Buffer {
  const small = payload.subarray(0, 125);
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | small.length, 0, 0, 0, 0]), small]);
}
