/** Memory of a process and everything it started, in MiB: proportional set size, so that shared pages count once. Linux only. */
import { readdirSync, readFileSync } from 'node:fs'

const read = (file) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // it ended meanwhile
  }
}

export const canMeasureMemory = () => /^Pss:/m.test(read('/proc/self/smaps_rollup'))

export function memoryOfTree(root) {
  const children = new Map()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    // After the name, which may hold anything: state, then the parent.
    const parent = Number(read(`/proc/${pid}/stat`).split(') ').pop().split(' ')[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(pid)])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  const kib = tree.reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0), 0)
  return kib / 1024
}
