/** One round: the flows in a child process, a search at each checkpoint and after its violent end, then a restart and a last search. */
import { fork, type ChildProcess } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { folderInMemory } from '../support/folders'
import type { Program } from '../support/program'
import { seededNumbers } from '../support/seeded-numbers'
import { typedCanaries, typedList, type Canary } from './canaries'
import type { FromChild } from './child'
import { searchFolders } from './search'

export const runRound = async (program: Program, seed: number): Promise<void> => {
  const root = folderInMemory('canary')
  const temp = join(root, 'temp')
  mkdirSync(temp, { recursive: true })
  const canaries: Canary[] = [...typedList(typedCanaries(seededNumbers(seed)))]
  const search = (when: string): void => {
    const { files, bytes, hits } = searchFolders([root], canaries)
    for (const canary of canaries) {
      const found = hits.filter((hit) => hit.canary === canary.name)
      program.check(found.length === 0, () => `${when}: ${canary.name} stands in ${found.map((hit) => `${hit.file} (${hit.form})`).join(', ')}`)
    }
    program.say(`  ${when}: ${canaries.length} canaries, ${files} files, ${(bytes / 1e6).toFixed(1)} MB, ${hits.length} hits`)
  }
  const run = (part: string): Promise<void> =>
    new Promise((resolve) => {
      const child = startChild(part, root, temp, seed)
      const said: string[] = []
      child.stdout?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
      child.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()))
      child.on('message', (message: FromChild) => {
        if (message.type === 'failed') return program.failed(`${part}: ${message.message}`)
        canaries.push(...message.made)
        search(message.name)
        child.send('go on')
      })
      child.on('close', (_code, signal) => {
        program.check(signal === 'SIGKILL', () => `${part}: the child ended otherwise than by the kill: ${said.join('')}`)
        writeFileSync(join(root, `${part}.output`), said.join(''))
        resolve()
      })
    })
  await run('flows')
  search('after the crash')
  await run('after')
  search('after a restart')
  rmSync(root, { recursive: true, force: true })
}

/** Everything temporary of the child lies in a folder that is searched too. */
const startChild = (part: string, root: string, temp: string, seed: number): ChildProcess =>
  fork(process.argv[1] ?? '', [`--child=${part}`, `--root=${root}`, `--seed=${seed}`], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, TMPDIR: temp, TMP: temp, TEMP: temp, SQLITE_TMPDIR: temp }
  })
