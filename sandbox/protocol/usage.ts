/** What a session has used of what it may. Figures are measured by the gateway's side; none comes from the reader's programs alone. */
import { z } from 'zod';

const bytes = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** `of` is left out where nothing bounds it on this host. */
const meter = z.object({ used: bytes, of: bytes.optional() });

export const usage = z.object({
  /** Files, images and caches of the session on the host's disk; left out while not measured. */
  disk: meter.optional(),
  /** Resident memory of all its processes that is their own: no file's, and no temporary file system's. */
  memory: meter.optional(),
  /** Bytes received and sent through the egress proxy. */
  network: meter.optional(),
  time: z.object({
    /** Milliseconds until the session's time is over, when this was sent. */
    leftMs: z.int().min(0),
    /** Milliseconds one `extend` would add; 0: no more. */
    extendMs: z.int().min(0),
    /** Milliseconds until it ends because nothing happens in it; only when that is near. Any input, or `here`, puts it off. */
    idleMs: z.int().min(0).optional(),
  }),
});
export type Usage = z.infer<typeof usage>;
