/** Who unprivileged work is done as. */

export type Person = {
  name: string;
  uid: number;
  gid: number;
  /** PATH for programs started as this person. */
  path: string;
};
