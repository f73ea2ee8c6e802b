import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { expect, test } from 'vitest';
import { privateAuthorities } from './authorities.ts';

const own = '-----BEGIN CERTIFICATE-----\nb3VyIG93biBhdXRob3JpdHk=\n-----END CERTIFICATE-----';

test('only what is not public is found, once, whatever stands around it', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'ca-')), 'bundle.pem');
  await writeFile(file, `# ours\n${own}\n${rootCertificates[0] ?? ''}\n${own}\n`);
  const before = await privateAuthorities({});
  const found = await privateAuthorities({ SSL_CERT_FILE: file, NODE_EXTRA_CA_CERTS: file });
  expect(found.filter((pem) => !before.includes(pem))).toEqual([`${own}\n`]);
});

test('a bundle that is not there is no bundle', async () => {
  expect(await privateAuthorities({ SSL_CERT_FILE: '/nowhere.pem' })).toEqual(await privateAuthorities({}));
});
