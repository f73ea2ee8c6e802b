import { describe, expect, it } from 'vitest';
import { Tickets } from './tickets.ts';

describe('Tickets', () => {
  it('are 256 random bits in letters a subprotocol may have', () => {
    const tickets = new Tickets(() => 0, 30);
    const given = Array.from({ length: 10 }, () => tickets.give('s', 'o'));
    for (const ticket of given) expect(ticket).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new Set(given).size).toBe(10);
  });

  it('work once, for their owner', () => {
    const tickets = new Tickets(() => 0, 30);
    const ticket = tickets.give('s', 'owner');
    expect(tickets.use(ticket, 'owner')).toBe('s');
    expect(tickets.use(ticket, 'owner')).toBeUndefined();
    const stolen = tickets.give('s', 'owner');
    expect(tickets.use(stolen, 'thief')).toBeUndefined();
    expect(tickets.use(stolen, 'owner')).toBeUndefined();
    expect(tickets.use(tickets.give('s', 'owner'), undefined)).toBeUndefined();
    expect(tickets.size).toBe(0);
  });

  it('work until their time is over', () => {
    let now = 1_000;
    const tickets = new Tickets(() => now, 30);
    const [early, late] = [tickets.give('s', 'o'), tickets.give('s', 'o')];
    now += 29_999;
    expect(tickets.use(early, 'o')).toBe('s');
    now += 1;
    expect(tickets.use(late, 'o')).toBeUndefined();
  });

  it('are bounded for each session, whose oldest go first, and forgotten when old', () => {
    let now = 0;
    const tickets = new Tickets(() => now, 30, 3);
    const other = tickets.give('other', 'o');
    const mine = Array.from({ length: 100 }, () => tickets.give('s', 'o'));
    expect(tickets.size).toBe(4);
    expect(mine.map((ticket) => tickets.use(ticket, 'o')).filter(Boolean)).toHaveLength(3);
    expect(tickets.use(mine[99] ?? '', 'o')).toBeUndefined();
    expect(tickets.use(other, 'o')).toBe('other');
    tickets.give('s', 'o');
    now = 30_000;
    tickets.give('s2', 'o');
    expect(tickets.size).toBe(1);
  });
});
