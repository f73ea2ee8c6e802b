/** Messages about what readers did, passed between a socket and the room that judges it. */
import type { ClientMessage, ServerMessage } from '../protocol/messages.ts';
import type { Outbox } from './outbox.ts';
import type { EvidencePort, GatewaySession, OpenEvidence } from './ports.ts';

type EvidenceMessage = Extract<ClientMessage, { type: 'watch' | 'layers' | 'prepare' }>;

export class EvidenceMessages implements Disposable {
  readonly #open: () => EvidencePort;
  readonly #failed: (error: unknown) => void;
  #port: EvidencePort | undefined;

  /**
   * @param open opens the way to the evidence, at the first message
   * @param failed called when a request failed in a way nobody foresaw; the socket goes on
   */
  constructor(
    { open, session, outbox }: { open: OpenEvidence; session: GatewaySession; outbox: Outbox },
    failed: (error: unknown) => void,
  ) {
    const outlet = {
      answer: (message: ServerMessage) => outbox.say(message),
      news: (message: ServerMessage) => outbox.news(message),
    };
    this.#open = () => open(session, outlet);
    this.#failed = failed;
  }

  take(message: EvidenceMessage): void {
    this.#port ??= this.#open();
    if (message.type === 'watch') this.#port.watch(message.checks);
    else if (message.type === 'layers') this.#port.layers(message.ask, message.image).catch(this.#failed);
    else this.#port.prepare(message).catch(this.#failed);
  }

  [Symbol.dispose](): void {
    this.#port?.[Symbol.dispose]();
  }
}
