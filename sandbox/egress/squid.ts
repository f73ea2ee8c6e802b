/** Squid's settings: which requests of sessions it passes on. */
import type { Reachable } from '../config/build-hosts.ts';

export const PORT = 3128;

/** Addresses that are nobody's on the internet, and what is on or beside this machine; source: IANA's special-purpose registries. */
const inward = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/3',
  '::/127',
  '::ffff:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'ff00::/8',
];

/** Connections one session may have at once: package managers open some dozens. */
const CONNECTIONS = 128;

/**
 * Squid's configuration file, for `squid -N` as an ordinary user in a read-only container.
 * A name is judged as it was asked for (`-n`: no address is looked up backwards, whose owner could call it what he likes), then every address it
 * has. Addresses are kept 60 s at least, so that what was judged is what is connected to.
 * @param parent the proxy this machine itself must use, if there is one
 */
export function squidSettings({ hosts, mirrors }: Reachable, parent?: URL): string {
  return `${[
    `http_port ${PORT}`,
    'visible_hostname slipway-egress',
    'httpd_suppress_version_string on',
    'pid_filename none',
    'coredump_dir /tmp',
    'cache_log /dev/stderr',
    'debug_options ALL,0',
    'pinger_enable off',
    'cache deny all',
    'cache_mem 0',
    'memory_pools off',
    'max_filedescriptors 16384',
    'forwarded_for delete',
    'via off',
    'shutdown_lifetime 1 second',
    'connect_timeout 20 seconds',
    'negative_dns_ttl 60 seconds',
    'error_directory /etc/slipway/errors',
    // Names and numbers only: no path, no query, no header.
    'logformat slipway request %ts.%03tu %tr %>la %rm %>rd %>rP %>Hs %>st %<st',
    'access_log stdio:/dev/stdout logformat=slipway',
    'buffered_logs off',
    'logfile_rotate 0',
    `acl listed dstdomain -n ${hosts.join(' ')}`,
    `acl inward dst ${inward.join(' ')}`,
    `acl crowd maxconn ${CONNECTIONS}`,
    'acl connect method CONNECT',
    'acl web proto HTTP',
    'acl tls port 443',
    'acl plain port 80',
    'http_access deny manager',
    'http_access deny crowd',
    // What the operator names is where the operator says.
    ...mirrors.flatMap(({ host, port }, at) => [
      `acl mirror${at} dstdomain -n ${host}`,
      `acl mirror${at}port port ${port}`,
      `http_access allow mirror${at} mirror${at}port`,
    ]),
    'http_access deny !connect !web',
    'http_access deny connect !tls',
    'http_access deny !connect !plain',
    'http_access deny !listed',
    'http_access deny inward',
    'http_access allow all',
    'deny_info 403:ERR_PORT web',
    'deny_info 403:ERR_PORT tls',
    'deny_info 403:ERR_PORT plain',
    'deny_info 403:ERR_NOT_LISTED listed',
    'deny_info 403:ERR_INWARD inward',
    ...(parent ? through(parent) : []),
  ].join('\n')}\n`;
}

/** Everything goes by way of another proxy. */
function through(parent: URL): string[] {
  const login = parent.username === '' ? '' : ` login=${parent.username}:${parent.password}`;
  const port = parent.port === '' ? '80' : parent.port;
  return [
    `cache_peer ${parent.hostname} parent ${port} 0 no-query no-digest default${login}`,
    'never_direct allow all',
  ];
}
