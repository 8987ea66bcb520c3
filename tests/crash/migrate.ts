/**
 * rel:migrate. Every file of ours, in every version it has ever had, filled with the rows of real work: killed at every write
 * while it is brought up to date (strace), it is at one version or the next, never between; started again it opens with every row.
 * A file of a newer version is refused and not changed. `--count`: every n-th write (1: all). `--file=mailbox`: one kind;
 * `--from=6`: only from that version on.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeOldProfile, type Versions } from './migrate/old-profile'
import { readSteps, type FileKind, type Steps } from './migrate/steps'
import { refuseNewer } from './migrate/newer'
import { isFlow, runFlow } from './points/flows'
import { killAtPoints } from './points/run'
import { straceIsMissing, straceVersion } from './points/trace'
import { argument } from './support/child'
import { folderInMemory } from './support/folders'
import { keyOf, openRows } from './support/keys'
import { runProgram } from './support/program'
import { firstPassword, makeTemplate } from './volunteer/template'

const asked = argument('child')
if (asked !== undefined && isFlow(asked)) {
  await runFlow(asked, argument('profile') ?? '')
} else {
  await runProgram('migrate', { short: 80, long: 1 }, async (program) => {
    if (straceVersion() === null) return program.failed(straceIsMissing)
    const root = folderInMemory('migrate')
    const template = await makeTemplate(`${root}/template`, program.seed)
    const steps = await readSteps()
    await refuseNewer(program, template, root)
    for (const { kind, versions } of casesOf(steps)) {
      if ((program.option('file') ?? kind) !== kind || versions[kind] < Number(program.option('from') ?? 1)) continue
      const name = `${kind} ${versions[kind]}${versions.sealed ? '' : ' (not encrypted)'} to ${steps.newest[kind]}`
      const old = await makeOldProfile(`${root}/old`, template, versions)
      program.say(`  ${name}: ${old.rows} rows`)
      await killAtPoints(
        program,
        root,
        {
          name: name.replaceAll(/[ ()]+/gu, '-'),
          before: old.folder,
          accountId: template.accountId,
          args: ['--child=migrate'],
          onlyAfterStart: true,
          only: kind === 'mailbox' ? /^\/mailboxes/u : new RegExp(`^/${kind}\\.db`, 'u'),
          midway: (folder) => halfDone(folder, kind, template.accountId, steps),
          alsoHolds: old.check
        },
        program.count,
        process.argv.includes('--first')
      )
      rmSync(old.folder, { recursive: true, force: true })
    }
    rmSync(root, { recursive: true, force: true })
  })
}

/** Each file at each version before the newest, the others as they are today; and everything as the first version left it. */
function casesOf({ newest }: Steps): readonly { readonly kind: FileKind; readonly versions: Versions }[] {
  const today = { ...newest, sealed: true }
  const olderOf = (kind: FileKind): readonly number[] => Array.from({ length: newest[kind] - 1 }, (_, index) => index + 1)
  return [
    { kind: 'mailbox', versions: { desk: 1, mailbox: 1, service: 1, sealed: false } },
    ...(['desk', 'mailbox', 'service'] as const).flatMap((kind) => olderOf(kind).map((version) => ({ kind, versions: { ...today, [kind]: version } })))
  ]
}

/** What lies there after a kill is a whole file of some version. A mailbox in the middle of being encrypted has another name for a moment. */
async function halfDone(folder: string, kind: FileKind, accountId: string, steps: Steps): Promise<readonly string[]> {
  const copy = mkdtempSync(`${folder}-midway-`)
  try {
    cpSync(folder, copy, { recursive: true })
    const path = kind === 'mailbox' ? join(copy, 'mailboxes', `${accountId}.db`) : join(copy, `${kind}.db`)
    if (!existsSync(path)) return existsSync(`${path}.plain`) ? [] : [`${kind}: the file is gone`]
    const plain = readFileSync(path).subarray(0, 15).toString('latin1') === 'SQLite format 3'
    const key = plain ? undefined : await keyOf(copy, accountId, [firstPassword])
    if (key === null) return [`${kind}: no password opens it`]
    const file = openRows(path, key)
    try {
      const version = steps.versionOf(kind, file)
      return typeof version === 'number' ? [] : [`${kind} is half migrated: ${version}`]
    } finally {
      file.close()
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
