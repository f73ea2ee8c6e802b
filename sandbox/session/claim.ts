/**
 * Whose a session is. It stands in the name of the session's container and nowhere else: labels cannot be changed once a container is
 * made, a name can, in one call, and only by who may speak to the host's engine, which no session can.
 */

/** `owner` and `address` are SHA-256 in hex: the register gives nobody a right and names nobody. */
export type Claim = {
  readonly owner: string;
  readonly address: string;
  /** When it was claimed: its lifetime counts from then. */
  readonly createdAt: Date;
  /** Milliseconds by which its time was extended. */
  readonly extendedMs: number;
};

/** What a session is known by. */
export type Identity = { readonly id: string } & Pick<Claim, 'owner' | 'address' | 'createdAt'>;

const FORM = /^\.([0-9a-f]{64})\.([0-9a-f]{64})\.(\d{1,15})(?:\.(\d{1,12}))?$/;

/**
 * The name of a session's container.
 * @param unclaimed its name while it is nobody's
 */
export function nameFor(unclaimed: string, claim: Claim | undefined): string {
  if (!claim) return unclaimed;
  const { owner, address, createdAt, extendedMs } = claim;
  const parts = [unclaimed, owner, address, createdAt.getTime(), ...(extendedMs > 0 ? [extendedMs] : [])];
  return parts.join('.');
}

/**
 * Reads what `nameFor` wrote.
 * @returns undefined: nobody's; 'unreadable': not a name of ours, so nobody may have it
 */
export function readName(unclaimed: string, name: string): Claim | undefined | 'unreadable' {
  if (name === unclaimed) return undefined;
  const [, owner, address, ms, extended] =
    (name.startsWith(unclaimed) && FORM.exec(name.slice(unclaimed.length))) || [];
  if (owner === undefined || address === undefined) return 'unreadable';
  return { owner, address, createdAt: new Date(Number(ms)), extendedMs: Number(extended ?? 0) };
}
