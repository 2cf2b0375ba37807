import type { Webhook } from "./records/webhooks.ts";

/** A webhook to be sent, or to be lost on the way. */
export interface Letter {
  webhook: Webhook;
  redelivery: boolean;
  send(): Promise<void>;
  lose(): void;
}

/** Sends letters at once and side by side, or keeps them while it is held. */
export interface Post {
  take(letter: Letter): void;
  hold(): void;
  /** Ends the hold. @returns what was kept, in the order it came */
  release(): readonly Letter[];
  /** Sends now, whether held or not. */
  send(letter: Letter): Promise<void>;
  /** Resolves when nothing is on its way. */
  settled(): Promise<void>;
}

export function createPost(): Post {
  const onTheWay = new Set<Promise<void>>();
  let kept: Letter[] | undefined;
  const send = (letter: Letter) => {
    const sending = letter.send().finally(() => onTheWay.delete(sending));
    onTheWay.add(sending);
    return sending;
  };
  return {
    take(letter) {
      if (kept) kept.push(letter);
      else void send(letter);
    },
    hold() {
      kept ??= [];
    },
    release() {
      const letters = kept ?? [];
      kept = undefined;
      return letters;
    },
    send,
    async settled() {
      while (onTheWay.size > 0) await Promise.all(onTheWay);
    },
  };
}
