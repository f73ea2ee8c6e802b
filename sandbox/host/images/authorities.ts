/** Certificate authorities this machine trusts beyond the public ones: builds behind a TLS-inspecting proxy need them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';

const bundles = ['/etc/ssl/certs/ca-certificates.crt', '/etc/pki/tls/certs/ca-bundle.crt'];
const packaged = '/usr/share/ca-certificates';

/**
 * The authorities in the machine's bundles that are neither in Mozilla's list nor in a distribution's package.
 * @param env SSL_CERT_FILE and NODE_EXTRA_CA_CERTS name further bundles
 * @returns PEM blocks, sorted, each ending in a newline
 */
export async function privateAuthorities(env: NodeJS.ProcessEnv): Promise<string[]> {
  const files = [...bundles, env['SSL_CERT_FILE'], env['NODE_EXTRA_CA_CERTS']].filter((file) => file !== undefined);
  const trusted = await Promise.all([...new Set(files)].map(readOrNothing));
  const known = new Set([...rootCertificates, ...(await packagedCertificates())].flatMap(blocks).map(bare));
  const found = new Map(trusted.flatMap(blocks).map((pem) => [bare(pem), pem]));
  return [...found]
    .filter(([key]) => !known.has(key))
    .map(([, pem]) => `${pem}\n`)
    .sort();
}

/** The certificates of a PEM text, without what stands between them. */
export function blocks(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
}

function bare(pem: string): string {
  return pem.replace(/-----[A-Z ]+-----|\s/g, '');
}

async function packagedCertificates(): Promise<string[]> {
  const names = await readdir(packaged, { recursive: true }).catch(() => []);
  return Promise.all(names.filter((name) => name.endsWith('.crt')).map((name) => readOrNothing(join(packaged, name))));
}

async function readOrNothing(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
