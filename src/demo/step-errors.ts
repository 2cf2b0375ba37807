/** What steps say is wrong, without the rest of their logs; all that they printed where they say nothing. */
export function stepErrors(logs: readonly string[]): string {
  const said = logs.flatMap((log) =>
    [...log.matchAll(/^::error(?: [^\r\n]*?)?::(.*)$/gm)].map(([, message = ""]) => unescaped(message)),
  );
  return said.length > 0 ? [...new Set(said)].join("\n") : logs.join("\n");
}

/** As a runner reads the value of a command: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
function unescaped(message: string): string {
  return message.trim().replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}
