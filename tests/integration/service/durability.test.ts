import Database from 'better-sqlite3'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { allUpdates, balance, bytesOnDisk, daniel, letterTo, newFile, openBench, pc, purchaseOf, readyVolunteer, statesOf } from './support'

const canary = { subject: 'Quokka-subject-7Q', body: 'Dear Daniel, marmalade-body-4W is what I wanted to say.' }
const canaries = ['Quokka-subject-7Q', 'marmalade-body-4W']

it('never writes the text of a letter: not in the file, not beside it, not while it is screened, held or refused', async () => {
  const file = newFile()
  const bench = await openBench({ file })
  const { token } = await readyVolunteer(bench)
  const clean = letterTo(daniel, canary)
  const held = letterTo(daniel, { ...canary, body: `${canary.body} No contraband.` })
  await bench.get('messaging.submit', clean, token)
  await bench.get('messaging.submit', held, token)
  const long = letterTo(daniel, { ...canary, body: `${canary.body} `.repeat(2_000) }, 10)
  expect(await bench.ask('messaging.submit', long, token)).toMatchObject({ code: 'TOO_LONG' })
  for (const word of canaries) expect(bytesOnDisk(file).toString('latin1')).not.toContain(word)
  await bench.service.practice.fastForward(1)
  expect(await statesOf(bench, token, held.key)).toEqual(['submitted', 'screening', 'held'])
  for (const word of canaries) expect(bytesOnDisk(file).toString('latin1')).not.toContain(word)
  await bench.service.practice.fastForward(24 * 8)
  expect(await statesOf(bench, token, clean.key)).toContain('delivered')
  await bench.service.close()
  for (const word of canaries) expect(bytesOnDisk(file).toString('latin1')).not.toContain(word)
})

it('a restart changes nothing: session, balance, receipts, letters, updates, lock', async () => {
  const bench = await openBench({ file: newFile() })
  const { token } = await readyVolunteer(bench)
  const input = letterTo(daniel)
  const receipt = await bench.get('messaging.submit', input, token)
  for (let tries = 0; tries < 2; tries += 1) await bench.ask('identity.signIn', { email: 'maria@parish.org', password: 'wrong', ...pc })
  const again = await bench.restart()
  expect(await again.ask('identity.signIn', { email: 'maria@parish.org', password: 'wrong', ...pc })).toMatchObject({ code: 'ACCOUNT_LOCKED' })
  expect(await balance(again, token)).toBe(19)
  expect(await again.get('messaging.submit', input, token)).toEqual(receipt)
  await again.service.practice.fastForward(48)
  const updates = await allUpdates(again, token)
  const third = await again.restart()
  expect(await allUpdates(third, token)).toEqual(updates)
})

describe('the file itself', () => {
  const change = (file: string, statement: string) => {
    const database = new Database(file)
    try {
      database.exec(statement)
    } finally {
      database.close()
    }
  }

  it('refuses changes to what is append-only', async () => {
    const file = newFile()
    const bench = await openBench({ file })
    const { token } = await readyVolunteer(bench)
    await bench.get('messaging.submit', letterTo(daniel), token)
    await bench.service.close()
    for (const [table, column] of [['ledger', 'amount'], ['key_result', 'answer'], ['purchase', 'cents'], ['account_update', 'at']]) {
      expect(() => change(file, `UPDATE ${table} SET ${column} = ${column}`)).toThrow('append-only')
      expect(() => change(file, `DELETE FROM ${table}`)).toThrow('append-only')
    }
    expect(() => change(file, `INSERT INTO ledger (account_id, wallet_id, reason, reference, amount, at) SELECT account_id, wallet_id, reason, reference, amount, at FROM ledger LIMIT 1`)).toThrow('UNIQUE')
  })

  it('is STRICT throughout, written durably, and belongs to one process', async () => {
    const file = newFile()
    const bench = await openBench({ file })
    await expect(openBench({ file })).rejects.toThrow()
    await bench.service.close()
    const database = new Database(file, { readonly: true })
    const tables = database.prepare(`SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'kysely_%'`).all() as { name: string; strict: number }[]
    expect(tables.length).toBeGreaterThan(14)
    expect(tables.filter(({ strict }) => strict === 0)).toEqual([])
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(database.pragma('foreign_key_check')).toEqual([])
    database.close()
  })

  it.each(['letter', 'key_result', 'account_update', 'ledger'])('takes all of a letter or nothing: a failure at %s leaves no trace', async (table) => {
    const file = newFile()
    const bench = await openBench({ file })
    const { token } = await readyVolunteer(bench)
    await bench.service.close()
    change(file, `CREATE TRIGGER broken BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'disk trouble'); END`)
    const broken = await openBench({ file, bytes: 'broken' })
    const input = letterTo(daniel)
    expect(await broken.ask('messaging.submit', input, token)).toMatchObject({ status: 500, code: 'TROUBLE' })
    expect(broken.bugs).toHaveLength(1)
    expect(await balance(broken, token)).toBe(20)
    expect(await allUpdates(broken, token)).toEqual([])
    await broken.service.close()
    change(file, 'DROP TRIGGER broken')
    const mended = await openBench({ file, bytes: 'mended' })
    expect(await mended.ask('messaging.submit', input, token)).toMatchObject({ ok: true, reply: { balance: 19 } })
  })

  it('of a newer version is refused and left alone; a damaged one too', async () => {
    const file = newFile()
    await (await openBench({ file })).service.close()
    change(file, `INSERT INTO kysely_migration VALUES ('999-later', '2030-01-01T00:00:00.000Z')`)
    const before = readFileSync(file)
    await expect(openBench({ file })).rejects.toThrow('could not be brought up to date')
    expect(readFileSync(file).equals(before)).toBe(true)
    writeFileSync(file, 'This is not a database. '.repeat(200))
    await expect(openBench({ file })).rejects.toThrow()
    expect(readFileSync(file, 'utf8')).toContain('not a database')
  })

  it('tells the writer when the person has left before the letter came', async () => {
    const file = newFile()
    const bench = await openBench({ file })
    const { token } = await readyVolunteer(bench)
    const input = letterTo(daniel)
    await bench.get('messaging.submit', input, token)
    const again = await (async () => {
      await bench.service.close()
      change(file, `UPDATE person SET status = 'transferred' WHERE facility_id = 'cedar-state' AND number = '448213'`)
      return openBench({ file, bytes: 'later' })
    })()
    await again.service.practice.fastForward(48)
    expect((await allUpdates(again, token)).at(-1)).toMatchObject({ key: input.key, state: 'undeliverable', reason: 'transferred' })
    expect(await again.ask('messaging.submit', letterTo(daniel), token)).toMatchObject({ status: 410, params: { name: 'Daniel Reyes', reason: 'transferred' } })
  })

  it('a disabled account is answered like a wrong password, and its session ends', async () => {
    const file = newFile()
    const bench = await openBench({ file })
    const { token, deviceToken } = await readyVolunteer(bench)
    await bench.service.close()
    change(file, 'UPDATE account SET disabled = 1')
    const again = await openBench({ file, bytes: 'later' })
    expect(await again.ask('identity.signIn', { email: 'maria@parish.org', password: 'Lantern7oak', ...pc })).toMatchObject({ code: 'SIGN_IN_REFUSED', params: { triesLeft: 2 } })
    expect(await again.ask('identity.resume', { deviceToken, deviceId: 'pc-1' })).toMatchObject({ status: 401 })
    expect(await again.ask('stamps.purchase', purchaseOf(), token)).toMatchObject({ status: 401 })
  })
})
