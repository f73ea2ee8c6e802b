/** The labels on a session's objects: the only register of sessions there is. */

export const SESSION = 'slipway.session';
export const ROLE = 'slipway.role';
export const INSTANCE = 'slipway.instance';
export const OWNER = 'slipway.owner';
export const ADDRESS = 'slipway.address';
export const CREATED = 'slipway.created';

export type Role = 'session' | 'home' | 'network';
export type Labels = Readonly<Record<string, string>>;

/** What a session is known by. `owner` and `address` are SHA-256 in hex: the register gives nobody a right and names nobody. */
export type Identity = {
  readonly id: string;
  readonly owner: string;
  readonly address: string;
  readonly createdAt: Date;
};

/** Labels for one of a session's objects. */
export function objectLabels(instance: string, id: string, role: Role): Record<string, string> {
  return { [SESSION]: id, [ROLE]: role, [INSTANCE]: instance };
}

/** Labels for a session's container. */
export function sessionLabels(instance: string, of: Identity): Record<string, string> {
  return {
    ...objectLabels(instance, of.id, 'session'),
    [OWNER]: of.owner,
    [ADDRESS]: of.address,
    [CREATED]: of.createdAt.toISOString(),
  };
}

/** Reads a session's container's labels; undefined when they are not those of a session. */
export function readIdentity(labels: Labels): Identity | undefined {
  const id = labels[SESSION];
  const owner = labels[OWNER];
  const address = labels[ADDRESS];
  const createdAt = new Date(labels[CREATED] ?? '');
  if (!id || !owner || !address || Number.isNaN(createdAt.getTime())) return undefined;
  return { id, owner, address, createdAt };
}

/** A filter for Docker's lists and events: this instance's objects, of one role if given. */
export function ours(instance: string, role?: Role): { label: string[] } {
  return { label: [`${INSTANCE}=${instance}`, ...(role ? [`${ROLE}=${role}`] : []), SESSION] };
}
