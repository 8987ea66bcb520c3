import { spawnSync } from 'node:child_process'
import type { Program } from './program'

/** How to get what a program needs of the system. */
const mending: Readonly<Record<string, string>> = {
  strace: 'apt-get install strace',
  unshare: 'apt-get install util-linux, and allow user namespaces (sysctl kernel.unprivileged_userns_clone=1) or run as root'
}

/** Notes a part that cannot be run here as failed, with the command that mends it: NOT RUN is never green. @returns whether it can be run */
export const has = (program: Program, tool: 'strace' | 'unshare', try_: readonly string[]): boolean => {
  const works = spawnSync(tool, try_, { stdio: 'ignore' }).status === 0
  if (!works) program.failed(`NOT RUN: ${tool} does not work here. Mend it with: ${mending[tool] ?? ''}`)
  return works
}

export const hasStrace = (program: Program): boolean => has(program, 'strace', ['-f', '-qq', '-e', 'trace=none', process.execPath, '-e', '0'])
export const hasOwnMounts = (program: Program): boolean => has(program, 'unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=64k none /tmp'])
