/** Headers every answer carries, so that a page can load and connect to nothing but this site. */

/**
 * @param origins the site's origins: `connect-src 'self'` leaves out ws: and wss: in Safari before 15.4, so they are named
 * @param secure whether the request was sent to an https origin
 */
export function securityHeaders(origins: readonly string[], secure: boolean): Record<string, string> {
  const sockets = origins.map((origin) => origin.replace(/^http/, 'ws'));
  const policy = [
    "default-src 'none'",
    // The search index is read by WebAssembly; scripts in the page itself are not allowed at all.
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    // xterm's DOM renderer adds a style element, and highlighted code carries its colours as inline variables.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...sockets].join(' ')}`,
    "manifest-src 'self'",
    "media-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'permissions-policy':
      'camera=(), geolocation=(), microphone=(), payment=(), usb=(), serial=(), midi=(), browsing-topics=()',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
