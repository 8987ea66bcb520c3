/**
 * Who may import whom (README, "The rooms"). `npm run lint` runs these rules; tests/architecture plants a breach of each
 * and sees it caught, and reads the files itself so that a disabling comment cannot hide one.
 */
const main = (room) => `^src-main/${room}/`
const ours = '^src-(main|renderer)/'

/** A room may reach these rooms of ours and no other. */
const only = (room, allowed, extra = []) => ({
  name: `${room}-reaches-only-its-neighbours`,
  severity: 'error',
  from: { path: main(room) },
  to: { path: ours, pathNot: [main(room), ...allowed.map(main), ...extra] }
})

/** A room may not use these packages (or Node's own modules). */
const without = (room, packages) => ({
  name: `${room}-stays-without-${packages.name}`,
  severity: 'error',
  from: { path: main(room) },
  to: packages.to
})

const electron = { name: 'electron', to: { path: '^electron($|/)|node_modules/electron(-store|-log)?/' } }
const node = { name: 'node', to: { dependencyTypes: ['core'] } }
const sqlite = { name: 'sql', to: { path: 'node_modules/(better-sqlite3|kysely)/' } }

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: { path: ours }, to: { circular: true } },
    only('contract', []),
    without('contract', electron),
    without('contract', node),
    { name: 'rules-know-only-the-types-of-the-contract', severity: 'error', from: { path: main('rules') }, to: { path: main('contract'), dependencyTypesNot: ['type-only'] } },
    only('rules', ['contract']),
    without('rules', electron),
    without('rules', node),
    without('rules', sqlite),
    only('wire', []),
    without('wire', electron),
    without('wire', sqlite),
    { name: 'storage-knows-only-the-types-of-the-contract', severity: 'error', from: { path: main('storage') }, to: { path: main('contract'), dependencyTypesNot: ['type-only'] } },
    only('storage', ['contract']),
    without('storage', electron),
    only('app', ['rules', 'storage', 'contract', 'exchange', 'documents']),
    { name: 'app-knows-only-the-types-of-documents', severity: 'error', from: { path: main('app') }, to: { path: main('documents'), dependencyTypesNot: ['type-only'] } },
    only('documents', ['contract']),
    without('documents', electron),
    without('documents', sqlite),
    without('app', electron),
    without('app', sqlite),
    only('exchange', ['rules', 'contract', 'documents']),
    { name: 'exchange-knows-only-the-types-of-the-contract', severity: 'error', from: { path: main('exchange') }, to: { path: main('contract'), dependencyTypesNot: ['type-only'] } },
    without('exchange', electron),
    without('exchange', sqlite),
    only('sync', ['wire', 'rules', 'contract', 'storage'], ['^src-main/app/(ports|apply|statement|delivery-steps|purchase-steps)\\.ts$']),
    { name: 'sync-knows-only-the-types-of-storage', severity: 'error', from: { path: main('sync') }, to: { path: main('storage'), dependencyTypesNot: ['type-only'] } },
    without('sync', electron),
    without('sync', sqlite),
    only('service', ['wire', 'rules']),
    without('service', electron),
    only('ipc', ['contract', 'settings']),
    without('ipc', sqlite),
    only('shell', ['contract'], ['^src-main/core-protocol\\.ts$']),
    without('shell', sqlite),
    only('settings', ['contract']),
    without('settings', sqlite),
    only('preload', ['contract']),
    { name: 'preload-carries-no-schemas', severity: 'error', from: { path: main('preload') }, to: { path: 'node_modules/zod/|^src-main/contract/commands\\.ts$' } },
    { name: 'electron-only-at-the-edge', severity: 'error', from: { path: ours, pathNot: ['^src-main/index\\.ts$', main('preload'), main('ipc'), main('shell')] }, to: { path: '^electron$|node_modules/electron/' } },
    { name: 'windows-know-only-contract-and-rules', severity: 'error', from: { path: '^src-renderer/' }, to: { path: '^src-main/', pathNot: [main('contract'), main('rules')] } },
    { name: 'windows-carry-no-schemas', severity: 'error', from: { path: '^src-renderer/' }, to: { path: 'node_modules/zod/|^src-main/contract/commands\\.ts$', dependencyTypesNot: ['type-only'] } },
    { name: 'windows-without-node', severity: 'error', from: { path: '^src-renderer/' }, to: { dependencyTypes: ['core'] } },
    { name: 'features-do-not-know-each-other', severity: 'error', from: { path: '^src-renderer/features/([^/]+)/' }, to: { path: '^src-renderer/features/([^/]+)/', pathNot: '^src-renderer/features/$1/' } },
    { name: 'ui-is-dumb', severity: 'error', from: { path: '^src-renderer/ui/' }, to: { path: '^src-renderer/(stores|bridge|features)/' } },
    { name: 'one-bridge', severity: 'error', from: { path: '^src-renderer/ui/' }, to: { path: '^src-renderer/bridge/' } }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.depcruise.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.vue', '.mjs', '.js', '.json'] }
  }
}
