/**
 * Who may import whom, written down a second time and by hand (README, "The rooms"): the configuration of the checker is
 * compared with this, so a slip in either shows.
 */
export const rooms = ['contract', 'rules', 'wire', 'storage', 'app', 'sync', 'service', 'ipc', 'shell', 'settings', 'preload', 'exchange', 'documents'] as const
export type Room = (typeof rooms)[number]

/** `value`: anything; `types`: types alone. What is not named is forbidden. */
type Reach = { readonly [R in Room]?: 'value' | 'types' }

export const reach: { readonly [R in Room]: Reach } = {
  contract: {},
  rules: { contract: 'types' },
  wire: {},
  storage: { contract: 'types' },
  app: { rules: 'value', storage: 'value', contract: 'value', exchange: 'value', documents: 'types' },
  exchange: { rules: 'value', documents: 'value', contract: 'types' },
  documents: { contract: 'value' },
  sync: { wire: 'value', rules: 'value', contract: 'value', storage: 'types' },
  service: { wire: 'value', rules: 'value' },
  ipc: { contract: 'value', settings: 'value' },
  shell: { contract: 'value' },
  settings: { contract: 'value' },
  preload: { contract: 'value' }
}

/** Doors that are open besides: "apply what came" for sync, the thread's protocol for its shell. */
export const doors: { readonly [R in Room]?: RegExp } = {
  sync: /^src-main\/app\/(ports|apply|statement|delivery-steps|purchase-steps)\.ts$/,
  shell: /^src-main\/core-protocol\.ts$/
}

/** Only these rooms and files may speak to Electron. */
export const mayUseElectron = (path: string): boolean => path === 'src-main/index.ts' || /^src-main\/(preload|ipc|shell)\//.test(path)

/** Packages a room has no business with, and whether Node's own modules are among them. */
export const without: { readonly [R in Room]: { readonly packages: RegExp; readonly node: boolean } } = {
  contract: { packages: /^(?!zod$)/, node: true },
  rules: { packages: /^(electron|zod|kysely|better-sqlite3|electron-.*)(\/|$)/, node: true },
  wire: { packages: /^(?!zod$)/, node: true },
  storage: { packages: /^(electron|kysely|zod|electron-.*)(\/|$)/, node: false },
  app: { packages: /^(electron|kysely|better-sqlite3|zod|electron-.*)(\/|$)/, node: true },
  sync: { packages: /^(electron|kysely|better-sqlite3|electron-.*)(\/|$)/, node: true },
  service: { packages: /^(electron|electron-.*)(\/|$)/, node: false },
  ipc: { packages: /^(kysely|better-sqlite3|zod|electron-.*)(\/|$)/, node: true },
  shell: { packages: /^(kysely|better-sqlite3|zod|electron-store)(\/|$)/, node: false },
  settings: { packages: /^(electron|kysely|better-sqlite3|zod|electron-log)(\/|$)/, node: false },
  preload: { packages: /^(?!electron$)/, node: true },
  exchange: { packages: /^(electron|kysely|better-sqlite3|zod|electron-.*)(\/|$)/, node: false },
  documents: { packages: /^(electron|kysely|better-sqlite3|zod|electron-.*)(\/|$)/, node: false }
}

export const roomOf = (path: string): Room | null => rooms.find((room) => path.startsWith(`src-main/${room}/`)) ?? null

export const isNode = (specifier: string): boolean => specifier.startsWith('node:') || /^(fs|path|os|crypto|child_process|worker_threads|net|http|https|vm|url|util|stream|events|process)(\/|$)/.test(specifier)
export const isOurs = (path: string): boolean => path.startsWith('src-main/') || path.startsWith('src-renderer/')

/** @returns why this import line is not allowed, or null */
export const breachOf = (from: string, to: string, typeOnly: boolean): string | null => {
  if ((to === 'electron' || to.startsWith('electron/')) && !mayUseElectron(from)) return 'electron belongs to index, preload, ipc and shell'
  if (from.startsWith('src-renderer/')) return windowBreach(from, to, typeOnly)
  const room = roomOf(from)
  if (room === null) return null
  return isOurs(to) ? roomBreach(room, from, to, typeOnly) : packageBreach(room, to)
}

const packageBreach = (room: Room, to: string): string | null => {
  if (isNode(to)) return without[room].node ? `${room} does without Node` : null
  return without[room].packages.test(to) ? `${room} does without ${to}` : null
}

const roomBreach = (room: Room, from: string, to: string, typeOnly: boolean): string | null => {
  const target = roomOf(to)
  if (target === room || doors[room]?.test(to)) return null
  if (target === null) return `${room} does not know ${to}`
  if (room === 'preload' && to === 'src-main/contract/commands.ts') return 'the preload carries no schemas'
  const allowed = reach[room][target]
  if (allowed === undefined) return `${room} does not know ${target}`
  return allowed === 'types' && !typeOnly ? `${room} knows only the types of ${target} (${from})` : null
}

const windowBreach = (from: string, to: string, typeOnly: boolean): string | null => {
  if (isNode(to)) return 'a window has no Node'
  if (to === 'zod' || to.startsWith('zod/')) return typeOnly ? null : 'a window carries no schemas'
  if (!isOurs(to)) return /^(better-sqlite3|kysely|electron)/.test(to) ? `a window does without ${to}` : null
  if (to === 'src-main/contract/commands.ts' && !typeOnly) return 'a window carries no schemas'
  if (to.startsWith('src-main/') && !/^src-main\/(contract|rules)\//.test(to)) return 'a window knows contract and rules alone'
  const feature = /^src-renderer\/features\/([^/]+)\//
  const own = feature.exec(from)?.[1]
  const other = feature.exec(to)?.[1]
  if (own !== undefined && other !== undefined && own !== other) return 'features do not know each other'
  if (from.startsWith('src-renderer/ui/') && /^src-renderer\/(stores|bridge|features)\//.test(to)) return 'a ui part is dumb'
  return null
}
