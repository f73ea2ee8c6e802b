/** The numbers both ends of a connection agree on. Bytes unless a name says otherwise. */

/** The largest WebSocket message either side may send. */
export const MAX_FRAME = 64 * 1024;

/** Output the holder may have sent to one client that the client has not yet parsed and acknowledged. Ctrl-C waits behind it. */
export const OUTPUT_WINDOW = 32 * 1024;

/** The same while the client is sent what was printed before it came: nothing waits behind that, and it should be quick on a slow line. */
export const REPLAY_WINDOW = 256 * 1024;

/** A client acknowledges output at least this often. */
export const OUTPUT_ACK_EVERY = 8 * 1024;

/** Input a client may have sent that the shell's terminal has not yet taken. */
export const INPUT_WINDOW = 32 * 1024;

/** The largest input frame a client sends; pastes are cut into these. */
export const INPUT_CHUNK = 4 * 1024;

/** Terminal sizes a client may ask for, in character cells. */
export const COLS = { min: 2, max: 500 } as const;
export const ROWS = { min: 1, max: 300 } as const;

/** WebSocket subprotocol; the version changes when the messages do. */
export const SUBPROTOCOL = 'slipway.v1';

/** A second subprotocol entry carries the ticket, because a URL is logged and a header of one's own is impossible in a browser. */
export const TICKET_PREFIX = 'ticket.';

/** Seconds a ticket may be used after it was given. */
export const TICKET_SECONDS = 30;

/** Milliseconds a new socket has to send its attach message. */
export const ATTACH_TIMEOUT_MS = 5_000;

/** Milliseconds between a client's pings, and how long it waits for the pong before it calls the connection lost. */
export const PING_EVERY_MS = 10_000;
export const PONG_WITHIN_MS = 5_000;
