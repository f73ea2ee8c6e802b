/** What goes out on one socket, and how much of it may wait there. */
import type { WebSocket } from 'ws';
import type { ServerMessage } from '../protocol/messages.ts';

export type OutboxActions = { full(): void; drained(): void };

export class Outbox {
  readonly #ws: WebSocket;
  readonly #bound: number;
  readonly #actions: OutboxActions;
  #full = false;

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

  send(data: string | Uint8Array): void {
    if (this.#ws.readyState !== this.#ws.OPEN) return;
    this.#ws.send(data, () => {
      if (!this.#full || this.#ws.bufferedAmount > this.#bound / 2) return;
      this.#full = false;
      this.#actions.drained();
    });
    if (this.#full || this.#ws.bufferedAmount <= this.#bound) return;
    this.#full = true;
    this.#actions.full();
  }
}
