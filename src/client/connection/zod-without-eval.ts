/** Zod probes for `eval` when a schema is made, which a strict CSP reports as an error: imported before the first schema. */
import { config } from 'zod';

config({ jitless: true });
