/** All terminal sockets there are: how many there may be, whether their other ends still live, and ending them. */
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { Problem } from '../protocol/problems.ts';
import { clientAddress } from './client-address.ts';
import type { GatewaySession } from './ports.ts';
import { TerminalSocket, type TerminalSocketNeeds } from './terminal-socket.ts';

export type TerminalSocketsNeeds = TerminalSocketNeeds & { trustProxy: number; sessionsPerAddress: number };

export class TerminalSockets implements AsyncDisposable {
  readonly #all = new Map<TerminalSocket, { session: string; address: string }>();
  readonly #needs: TerminalSocketsNeeds;
  readonly #beat: NodeJS.Timeout;

  constructor(needs: TerminalSocketsNeeds) {
    this.#needs = needs;
    this.#beat = setInterval(() => {
      for (const socket of this.#all.keys()) socket.beat();
    }, needs.limits.beatMs);
    this.#beat.unref();
  }

  get size(): number {
    return this.#all.size;
  }

  /** Takes a socket whose handshake is done; ends it at once, saying why, when there are too many. */
  open(ws: WebSocket, session: GatewaySession, request: IncomingMessage): void {
    const address = clientAddress(request, this.#needs.trustProxy);
    const full = this.#isFull(session.id, address);
    const socket = new TerminalSocket(ws, session, this.#needs);
    this.#all.set(socket, { session: session.id, address });
    ws.once('close', () => this.#all.delete(socket));
    if (full) socket.end(new Problem('too-many-requests', 'This sandbox is open in too many places.'));
    else socket.open();
  }

  /** Ends every socket with `restarting`; those whose other ends do not answer are cut off. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#beat);
    const sockets = [...this.#all.keys()];
    for (const socket of sockets) socket.end(new Problem('restarting'));
    await Promise.all(sockets.map((socket) => socket.closed));
  }

  #isFull(session: string, address: string): boolean {
    const { socketsPerSession, socketsPerAddressSession } = this.#needs.limits;
    let ofSession = 0;
    let ofAddress = 0;
    for (const one of this.#all.values()) {
      if (one.session === session) ofSession++;
      if (one.address === address) ofAddress++;
    }
    return ofSession >= socketsPerSession || ofAddress >= socketsPerAddressSession * this.#needs.sessionsPerAddress;
  }
}
