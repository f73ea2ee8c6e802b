/** What goes out on one socket, and how much of it may wait there. */
import type { WebSocket } from 'ws';
import type { ServerMessage } from '../protocol/messages.ts';

export type OutboxActions = { full(): void; drained(): void };

export class Outbox {
  readonly #ws: WebSocket;
  readonly #bound: number;
  readonly #actions: OutboxActions;
  #full = false;
  /** News of a type that has not left yet, and the newest that waits behind it. */
  readonly #news = new Map<ServerMessage['type'], ServerMessage | undefined>();

  /**
   * @param bound bytes that may wait; beyond them `full` is called, and `drained` once half of it has gone
   * @param actions what holds the senders back meanwhile: the outbox itself refuses nothing
   */
  constructor(ws: WebSocket, bound: number, actions: OutboxActions) {
    this.#ws = ws;
    this.#bound = bound;
    this.#actions = actions;
  }

  say(message: ServerMessage): void {
    this.send(JSON.stringify(message));
  }

  /** Says what only the newest counts of: at most one of a type is on its way and one more waits, whatever the other end takes. */
  news(message: ServerMessage): void {
    const { type } = message;
    if (this.#news.has(type)) {
      this.#news.set(type, message);
      return;
    }
    this.#news.set(type, undefined);
    this.send(JSON.stringify(message), () => {
      const next = this.#news.get(type);
      this.#news.delete(type);
      if (next) this.news(next);
    });
  }

  /** @param left called when the data has left this process, or never will */
  send(data: string | Uint8Array, left?: () => void): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    this.#ws.send(data, () => {
      left?.();
      if (!this.#full || this.#ws.bufferedAmount > this.#bound / 2) return;
      this.#full = false;
      this.#actions.drained();
    });
    if (this.#full || this.#ws.bufferedAmount <= this.#bound) return;
    this.#full = true;
    this.#actions.full();
  }
}
