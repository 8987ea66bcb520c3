/**
 * Memory of a process and everything it started, in MiB. Linux only.
 *
 * What belongs to the processes themselves is their proportional set size: pages they share among each other count once.
 * Pages of files (Electron's own 170 MB, fonts, libraries) count once too, at the largest part any one process holds. Their
 * proportional size would fall whenever another program of the same Electron happens to run beside the measurement.
 */
import { readdirSync, readFileSync } from 'node:fs'

const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // it ended meanwhile
  }
}

const kib = (text, field) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)

export const canMeasureMemory = () => /^Pss_Anon:/m.test(read('/proc/self/smaps_rollup'))

export function memoryOfTree(root) {
  const processes = treeBelow(root)
  const own = processes.map((pid) => read(`/proc/${pid}/smaps_rollup`)).reduce((sum, text) => sum + kib(text, 'Pss_Anon') + kib(text, 'Pss_Shmem'), 0)
  const files = new Map()
  for (const pid of processes) {
    for (const [path, size] of filesOf(pid)) files.set(path, Math.max(size, files.get(path) ?? 0))
  }
  return (own + [...files.values()].reduce((sum, size) => sum + size, 0)) / 1024
}

function treeBelow(root) {
  const children = new Map()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // After the name, which may hold anything: state, then the parent.
    const parent = Number(read(`/proc/${pid}/stat`).split(') ').pop().split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(pid)])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

/** KiB of each file that lie in memory for this process, without what it changed for itself. */
function filesOf(pid) {
  const sizes = new Map()
  for (const mapping of read(`/proc/${pid}/smaps`).split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)) {
    const path = /^\S+ \S+ \S+ \S+ [1-9]\d*\s+(\/.*)$/m.exec(mapping)?.[1]
    // Shared memory has a name like a file's, and is counted with what is the process's own.
    if (path === undefined || /^\/(dev\/shm|memfd:)/.test(path)) continue
    sizes.set(path, (sizes.get(path) ?? 0) + kib(mapping, 'Rss') - kib(mapping, 'Anonymous'))
  }
  return sizes
}
