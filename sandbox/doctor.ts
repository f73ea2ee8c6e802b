/** `npm run doctor`: prints what this machine enforces and what not. Nothing is changed. */
import { fileURLToPath } from 'node:url';
import { ConfigError, readConfig } from './config/config.ts';
import { placesOf, self } from './host/places.ts';
import { posture } from './host/posture/report.ts';
import { table } from './host/posture/table.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const config = readConfig(process.env);
    const who = self();
    const findings = await posture(config, placesOf(config, who), who, fileURLToPath(new URL('..', import.meta.url)));
    process.stdout.write(`${table(findings, process.stdout.columns || 100)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`These settings cannot be used:\n${error.message}\n`);
    return 1;
  }
}
