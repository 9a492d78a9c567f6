/** The layers of ARCHITECTURE.md as rules: imports point towards lib, siblings never import each other. */
const layers = [
  ['lib', []],
  ['contract', ['lib']],
  ['core', ['contract', 'lib']],
  ['ingest', ['core', 'contract', 'lib']],
  ['store', ['core', 'contract', 'lib']],
  ['sources', ['core', 'contract', 'lib']],
  ['notify', ['core', 'contract', 'lib']],
  ['app', ['ingest', 'store', 'sources', 'notify', 'core', 'contract', 'lib']],
  ['server', ['app', 'ingest', 'core', 'contract', 'lib']],
  ['jobs', ['app', 'core', 'contract', 'lib']],
  ['runner', ['contract', 'lib']],
  ['cli', ['core/definitions', 'contract', 'lib']],
];

const layerRule = ([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `src/${layer} may import only: ${[layer, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: ['^src/cli/commands/(serve|demo)\\.ts$', '\\.test\\.ts$'] },
  to: { path: '^src/', pathNot: [layer, ...allowed].map((name) => `^src/${name}/`) },
});

module.exports = {
  forbidden: [
    ...layers.map(layerRule),
    {
      name: 'cli-reaches-main-only-to-serve',
      severity: 'error',
      from: { path: '^src/cli/', pathNot: '^src/cli/commands/(serve|demo)\\.ts$' },
      to: { path: '^src/main/' },
    },
    {
      name: 'core-is-pure',
      comment: 'core knows nothing of I/O, clocks or randomness',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'ingest-formats-are-siblings',
      severity: 'error',
      from: { path: '^src/ingest/([^/]+)/' },
      to: { path: '^src/ingest/([^/]+)/', pathNot: '^src/ingest/($1|shared)/' },
    },
    {
      name: 'stores-are-siblings',
      severity: 'error',
      from: { path: '^src/store/([^/]+)/' },
      to: { path: '^src/store/([^/]+)/', pathNot: '^src/store/$1/' },
    },
    {
      name: 'engine-behind-its-connection',
      comment: "chDB's raw text insert runs SQL that stands in a payload: nobody but the connection may hold a session",
      severity: 'error',
      from: { pathNot: ['^src/store/telemetry/engine/', '^test/', '^bench/'] },
      to: { path: 'node_modules/chdb' },
    },
    {
      name: 'web-sees-contract-only',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|demo|bench|test)/', pathNot: '^src/(contract|lib)/' },
    },
    {
      name: 'demo-stands-outside',
      comment: 'the demo talks to Verdant as any user does: over the wire',
      severity: 'error',
      from: { path: '^demo/' },
      to: { path: '^src/', pathNot: '^src/(contract|lib)/' },
    },
    {
      name: 'product-stands-alone',
      comment: 'what ships knows nothing of the pages, the demo, the tests or the tools around it',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(web|demo|bench|test|scripts|docs)/' },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: '^(src|web|demo)/', pathNot: ['\\.test\\.tsx?$', '/testing/'] },
      to: { path: '/testing/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-dev-dependency-in-product',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only', 'npm', 'npm-optional'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|docs)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
