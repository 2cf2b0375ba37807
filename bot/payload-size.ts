/** No payload of GitHub is near either; to parse millions of brackets takes as many seconds as GitHub waits for an answer, and stops the process. */
const maxDepth = 200;
const maxContainers = 500_000;

/** Whether the JSON has more levels, or more objects and arrays, than any payload; found before it is parsed, in one pass. */
export function isTooDeep(json: string): boolean {
  let depth = 0;
  let containers = 0;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (character === quote) at = endOfString(json, at);
    else if (character === openBracket || character === openBrace) {
      depth += 1;
      containers += 1;
      if (depth > maxDepth || containers > maxContainers) return true;
    } else if (character === closeBracket || character === closeBrace) depth -= 1;
  }
  return false;
}

const [quote, backslash] = [0x22, 0x5c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** @param start of its opening quote @returns of its closing one, or the end of the text */
function endOfString(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let escapes = 0;
    while (json.charCodeAt(end - 1 - escapes) === backslash) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return json.length;
}
