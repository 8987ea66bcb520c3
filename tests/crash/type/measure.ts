/** One typist is killed; what the disk has kept of what was typed, and how many seconds of typing are lost. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runChildProcess } from '../support/child'
import { keyOf, openRows } from '../support/keys'
import { all } from '../support/rows'
import { copyTemplate, firstPassword, type Template } from '../volunteer/template'
import { textOf } from './typist'

export type Measured =
  | { readonly kind: 'lost'; readonly ms: number; readonly characters: number; readonly typed: number; readonly saves: number }
  /** The machine itself stood still: what was measured is the machine. */
  | { readonly kind: 'stalled' }
  | { readonly kind: 'wrong'; readonly what: string }

/** Later than this, a key was not held up by us: a timer of a process that runs is at most some ms late. */
const stallMs = 150
/** Only what happened this long before the kill can have delayed the last save. */
const windowMs = 2_500

export const measureOne = async (template: Template, root: string, name: string, seed: number, typeFor: number): Promise<Measured> => {
  const folder = copyTemplate(template, root, name)
  let output = ''
  let killedAt = 0
  let set = false
  const ended = await runChildProcess({
    args: ['--child=typist', `--profile=${folder}`, `--life=${name}`, `--seed=${seed}`],
    onText: (text, kill) => {
      output += text
      if (set || !output.includes('"typing"')) return
      set = true
      setTimeout(() => {
        killedAt = Date.now()
        kill()
      }, typeFor)
    }
  })
  if (ended.signal !== 'SIGKILL' || killedAt === 0) return { kind: 'wrong', what: `it ended otherwise than by the kill: ${JSON.stringify(ended.facts.filter(({ t }) => t === 'bug'))} ${ended.said}` }
  const keys = [...output.matchAll(/^K (\d+) (\d+)\n/gmu)].map((found) => ({ at: Number(found[1]), late: Number(found[2]) }))
  const saved = ended.facts.flatMap((fact) => (fact.t === 'saved' ? [fact] : []))
  const last = keys.at(-1)
  if (last === undefined) return { kind: 'stalled' }
  const found = await readDraft(folder, template.accountId)
  rmSync(folder, { recursive: true, force: true })
  if (typeof found === 'string') return { kind: 'wrong', what: found }
  if (found.drafts > 1) return { kind: 'wrong', what: `${found.drafts} drafts of one letter` }
  const promised = Number(saved.at(-1)?.sha ?? 0)
  if (found.drafts === 0 && saved.length > 0) return { kind: 'wrong', what: 'the draft is lost' }
  if (found.body.length < promised) return { kind: 'wrong', what: `${promised} characters were saved, ${found.body.length} are there` }
  if (found.body !== textOf(found.body.length)) return { kind: 'wrong', what: 'the text on disk is not the text that was typed' }
  const near = keys.filter(({ at }) => at > killedAt - windowMs)
  if (near.some(({ late }) => late > stallMs) || killedAt - last.at > 1_200 + stallMs) return { kind: 'stalled' }
  const firstLost = keys[found.body.length]
  return { kind: 'lost', ms: firstLost === undefined ? 0 : killedAt - firstLost.at, characters: Math.max(0, keys.length - found.body.length), typed: keys.length, saves: saved.length }
}

const readDraft = async (folder: string, accountId: string): Promise<{ readonly drafts: number; readonly body: string } | string> => {
  const copy = mkdtempSync(`${folder}-copy-`)
  try {
    cpSync(folder, copy, { recursive: true })
    const key = await keyOf(copy, accountId, [firstPassword])
    const file = join(copy, 'mailboxes', `${accountId}.db`)
    if (key === null || !existsSync(file)) return 'the mailbox does not open'
    const mailbox = openRows(file, key)
    try {
      const integrity: unknown = mailbox.pragma('integrity_check', { simple: true })
      if (integrity !== 'ok') return `integrity_check says ${String(integrity)}`
      const rows = all<{ body: string }>(mailbox, `SELECT t.body FROM draft d JOIN draft_text t ON t.draft_id = d.id AND t.slot = (SELECT max(slot) FROM draft_text WHERE draft_id = d.id)`)
      return { drafts: rows.length, body: rows[0]?.body ?? '' }
    } finally {
      mailbox.close()
    }
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}
