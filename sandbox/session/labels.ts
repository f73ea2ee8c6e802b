/** The labels on a session's objects. With the name of its container, which says whose it is, they are the only register of sessions there is. */

export const SESSION = 'slipway.session';
export const ROLE = 'slipway.role';
export const INSTANCE = 'slipway.instance';
export const MADE = 'slipway.made';

export type Role = 'session' | 'home' | 'network';
export type Labels = Readonly<Record<string, string>>;

/** Labels for one of a session's objects. */
export function objectLabels(instance: string, id: string, role: Role): Record<string, string> {
  return { [SESSION]: id, [ROLE]: role, [INSTANCE]: instance };
}

/** Labels for a session's container. */
export function sessionLabels(instance: string, id: string, madeAt: Date): Record<string, string> {
  return { ...objectLabels(instance, id, 'session'), [MADE]: madeAt.toISOString() };
}

/** Reads a session's container's labels; undefined when they are not those of a session. */
export function readLabels(labels: Labels): { id: string; madeAt: Date } | undefined {
  const id = labels[SESSION];
  const madeAt = new Date(labels[MADE] ?? '');
  return id && labels[ROLE] === 'session' && !Number.isNaN(madeAt.getTime()) ? { id, madeAt } : undefined;
}

/** A filter for Docker's lists and events: this instance's objects, of one role and one session if given. */
export function ours(instance: string, role?: Role, id?: string): { label: string[] } {
  const session = id === undefined ? SESSION : `${SESSION}=${id}`;
  return { label: [`${INSTANCE}=${instance}`, ...(role ? [`${ROLE}=${role}`] : []), session] };
}
