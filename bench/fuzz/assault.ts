/** Strangers try everything a network offers them against a gateway that a reader is using: frames, origins, tickets. */
import { readFile } from 'node:fs/promises';
import type Docker from 'dockerode';
import { SUBPROTOCOL, TICKET_PREFIX } from '../../sandbox/protocol/bounds.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { Gateway } from '../../tests/support/gateway.ts';
import { Reader } from '../../verify/reader.ts';
import { Attacker } from './attacker.ts';
import { Random } from './random.ts';

/** How many strangers there are at once: a session whose shell is asked for too often is reached by a slower way. */
const STRANGERS = 4;
const SECRET = 'the-reader-s-own-secret';

/** What came of it; all but `frames`, `origins` and `tickets` must be 0. */
export type Damage = {
  frames: number;
  origins: number;
  tickets: number;
  crashes: number;
  sessionsMade: number;
  foreign: number;
  let: number;
  unclosed: number;
  lost: number;
};

/**
 * Tries all of it against a gateway of its own.
 * @param frames WebSocket frames to send @param tickets spoilt tickets to use
 */
export async function assault(docker: Docker, seed: number, frames: number, tickets: number): Promise<Damage> {
  const random = new Random(seed);
  await using gateway = await Gateway.start({ SLIPWAY_TRUST_PROXY: '1' });
  const { pid } = gateway;
  const strangers = Array.from({ length: STRANGERS }, () => new Attacker(gateway.origin, random, SECRET));
  try {
    await using reader = new Reader(gateway.origin);
    await reader.connect();
    await reader.run(`while sleep 0.05; do echo ${SECRET}; done & alive=yes`);
    await Promise.all(strangers.map((stranger) => stranger.enter()));
    const before = await containers(docker, gateway.instance);

    const storm = strangers.map(async (stranger) => {
      while (stranger.sent < frames / STRANGERS) await stranger.connection();
    });
    await Promise.all(storm);
    const [stranger] = strangers;
    if (!stranger) throw new Error('nobody there');
    const origins = await badOrigins(stranger, await stranger.ticket());
    const let_ = origins.let + (await badTickets(strangers, random, tickets));

    const after = await containers(docker, gateway.instance);
    // The shell answers, and it is the same one.
    const answer = (await reader.run('kill %1; echo alive=$alive')).text;
    const running = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return {
      frames: strangers.reduce((sum, one) => sum + one.sent, 0),
      origins: origins.tried,
      tickets,
      crashes: Number(!running.includes('sandbox/main.ts')) + gateway.log.split(/uncaught|unhandled/i).length - 1,
      sessionsMade: after - before,
      foreign: strangers.reduce((sum, one) => sum + one.foreign, 0),
      let: let_,
      unclosed: strangers.reduce((sum, one) => sum + one.silent, 0),
      lost: reader.output.missing + reader.output.repeated + Number(!answer.includes('alive=yes')),
    };
  } finally {
    await gateway.stop('SIGTERM');
    await removeSessions(docker, gateway.instance);
  }
}

async function containers(docker: Docker, instance: string): Promise<number> {
  return (await docker.listContainers({ all: true, filters: { label: [`slipway.instance=${instance}`] } })).length;
}

/** Asks for a session and for a terminal as pages of other sites would. @returns how many were let in */
async function badOrigins(stranger: Attacker, ticket: string): Promise<{ tried: number; let: number }> {
  const { origin, cookie } = stranger;
  const { host, port } = new URL(origin);
  const bad = [
    undefined,
    '',
    'null',
    'file://',
    'http://localhost',
    `https://${host}`,
    `http://127.0.0.1:${Number(port) + 1}`,
    `http://${host}.evil.example`,
    `http://evil.example/${host}`,
    `http://evil.example#${origin}`,
    `${origin}/`,
    `${origin}, http://evil.example`,
    `http://user@${host}`,
    origin.toUpperCase(),
  ];
  let entered = 0;
  for (const from of bad) {
    const named: Record<string, string> = from === undefined ? {} : { origin: from };
    const protocols = `${SUBPROTOCOL}, ${TICKET_PREFIX}${ticket}`;
    const answer = await stranger.upgrade({ ...named, cookie, 'sec-websocket-protocol': protocols });
    if (answer !== 403) entered += 1;
    // Without a cookie: a session of their own is what they must not get.
    const asked = await fetch(`${origin}/api/session`, { method: 'POST', headers: named });
    if (asked.status !== 403) entered += 1;
  }
  return { tried: bad.length, let: entered };
}

/** Uses tickets that were spoilt, used, or another's. @returns how many were let in */
async function badTickets(strangers: readonly Attacker[], random: Random, tries: number): Promise<number> {
  const [one, other] = strangers;
  if (!one || !other) throw new Error('too few strangers');
  let entered = 0;
  let good = '';
  for (let n = 0; n < tries; n++) {
    if (n % 50 === 0) good = await one.ticket();
    const at = random.below(good.length);
    const spoilt = [
      good.slice(0, at) + (good[at] === 'A' ? 'B' : 'A') + good.slice(at + 1),
      good.slice(0, at),
      good + good.slice(0, 1 + at),
      good.toUpperCase() === good ? good.toLowerCase() : good.toUpperCase(),
      random.bytes(32).toString('base64url'),
      good.slice(1) + good.slice(0, 1),
      `${good}=`,
      '',
    ][random.below(8)];
    // A good ticket with another's cookie, or none, is no better; using it so uses it up.
    const theirs = n % 50 === 49;
    const cookie = theirs ? other.cookie : one.cookie;
    const protocols = `${SUBPROTOCOL}, ${TICKET_PREFIX}${theirs ? good : spoilt}`;
    const answer = await one.upgrade({ origin: one.origin, cookie, 'sec-websocket-protocol': protocols });
    if (answer !== 403) entered += 1;
  }
  return entered;
}
