/** The arrows of ARCHITECTURE.md: who may import whom. */
const rooms = {
  protocol: [],
  config: [],
  observe: ['protocol'],
  world: [],
  terminal: [],
  engine: [],
  host: [],
  checks: ['engine'],
  egress: ['engine'],
  session: ['terminal', 'engine', 'host', 'egress'],
  gateway: ['checks', 'session'],
};
const open = ['protocol', 'config', 'observe', 'world'];

module.exports = {
  forbidden: [
    ...Object.entries(rooms).map(([room, may]) => ({
      name: `room-${room}`,
      comment: `${room} may import only ${[...may, ...open].join(', ')}`,
      severity: 'error',
      from: { path: `^sandbox/${room}/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(sandbox|src|verify|tests|bench|scripts)/',
        pathNot: `^sandbox/(${(open.includes(room) ? [room, ...may] : [room, ...may, ...open]).join('|')})/`,
      },
    })),
    {
      name: 'site-imports-protocol-only',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(sandbox|verify|tests|bench|scripts)/', pathNot: '^sandbox/protocol/' },
    },
    {
      name: 'verify-is-a-reader',
      comment: 'verify knows what a page knows: the protocol and the course; scripts starts the product for it',
      severity: 'error',
      from: { path: '^verify/' },
      to: { path: '^(sandbox|src|tests|bench|scripts)/', pathNot: '^(sandbox/protocol|src/course|scripts)/' },
    },
    {
      name: 'protocol-has-no-platform',
      comment: 'shared with the browser: no Node, no DOM',
      severity: 'error',
      from: { path: '^sandbox/protocol/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-observe-knows-metrics',
      comment: 'rooms tell events; what is counted of them, and how, is observe’s',
      severity: 'error',
      from: { path: '^(sandbox|verify|scripts)/', pathNot: '^sandbox/observe/' },
      to: { path: 'prom-client' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^astro:' } },
    {
      name: 'no-dev-dependency-in-the-sandbox',
      severity: 'error',
      from: { path: '^sandbox/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'sandbox/tsconfig.json' },
    exclude: { path: '^(dist|\\.astro)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
