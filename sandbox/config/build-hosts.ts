/** What builds need of the network, and therefore all that sessions reach with SLIPWAY_EGRESS=list. */

/** Host names; one that begins with a dot stands for itself and for all below it. What they redirect to is named too. */
const buildHosts = {
  'Docker Hub': [
    '.docker.io',
    'production.cloudflare.docker.com',
    'production.cloudfront.docker.com',
    'docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com',
  ],
  'gcr.io, with distroless': ['.gcr.io', '.pkg.dev', 'storage.googleapis.com'],
  'registry.k8s.io': ['registry.k8s.io'],
  'ghcr.io': ['ghcr.io', 'pkg-containers.githubusercontent.com'],
  'quay.io': ['.quay.io'],
  'mcr.microsoft.com': ['mcr.microsoft.com', '.data.mcr.microsoft.com'],
  'public.ecr.aws': ['public.ecr.aws', 'd2glxqk2uabbnd.cloudfront.net', 'd5l0dvt14r5h8.cloudfront.net'],
  'cgr.dev': ['cgr.dev', '9236a389bd48b984df91adc1bc924620.r2.cloudflarestorage.com'],
  'Go modules and their checksums': ['proxy.golang.org', 'sum.golang.org', 'storage.googleapis.com'],
  Debian: ['deb.debian.org', 'security.debian.org'],
  Alpine: ['dl-cdn.alpinelinux.org'],
  npm: ['registry.npmjs.org'],
  PyPI: ['pypi.org', 'files.pythonhosted.org'],
};

export type Reachable = {
  /** Names; one that begins with a dot stands for itself and all below it. Each once, sorted; none that another one stands for. */
  readonly hosts: readonly string[];
  /** Mirrors of the operator's own, on whatever port, and beside the machine too. */
  readonly mirrors: readonly { readonly host: string; readonly port: string }[];
};

/** What sessions reach: what builds need, what the settings add, and the mirrors that stand-ins are made from. */
export function reachable(config: {
  egress: { allow: readonly string[] };
  debianMirror: string;
  goProxy: string;
}): Reachable {
  const all = new Set([...Object.values(buildHosts).flat(), ...config.egress.allow]);
  const stands = (host: string) => above(host).some((one) => all.has(one));
  const urls = [config.debianMirror, config.goProxy].map((url) => new URL(url));
  const own = urls.filter(({ hostname, port }) => port !== '' || !(all.has(hostname) || stands(hostname)));
  return {
    hosts: [...all].filter((host) => !stands(host)).sort(),
    mirrors: own.map(({ hostname, port, protocol }) => ({
      host: hostname,
      port: port || (protocol === 'https:' ? '443' : '80'),
    })),
  };
}

/** The entries that stand for a host without being it: `.a.b` and `.b` for `a.b` and for `.a.b`, but not itself. */
function above(host: string): string[] {
  const parts = host.replace(/^\./, '').split('.');
  return parts.map((_, at) => `.${parts.slice(at).join('.')}`).filter((one) => one !== host);
}
