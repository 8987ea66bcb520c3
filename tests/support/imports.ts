/** Letters out into files and back in, as a person does it: chosen in the system's dialog, looked through, said yes to. */
import { writeFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { ExportFormat, ImportPreview } from '../../src-main/contract/exchange'
import type { TestDesk } from './core'

/** Saves all letters in a file. */
export const saveLetters = async (desk: TestDesk, format: ExportFormat, path: string): Promise<string> => {
  const job = await desk.must('exports.start', { placeId: desk.choose(path), format, selection: {} })
  expect(await desk.ended(job)).toMatchObject({ state: 'done' })
  return path
}

/** Looks through a file; nothing is saved. @param contactId whom all of it is with; null: as the file says */
export const lookThrough = async (desk: TestDesk, path: string, contactId: string | null = null): Promise<ImportPreview> => {
  const job = await desk.ended(await desk.must('imports.read', { placeId: desk.choose(path, 'open'), contactId }))
  expect(job).toMatchObject({ state: 'done' })
  return desk.must('imports.preview', {})
}

/** Brings a table of letters in. @param rows its lines, the head first @returns the import's id */
export const bringInTable = async (desk: TestDesk, path: string, rows: readonly string[]): Promise<string> => {
  writeFileSync(path, `${rows.join('\n')}\n`)
  const preview = await lookThrough(desk, path)
  expect(preview).toMatchObject({ messages: rows.length - 1, notReadable: 0, problems: [] })
  expect(await desk.ended(await desk.must('imports.start', { previewId: preview.previewId }))).toMatchObject({ state: 'done', done: rows.length - 1 })
  return (await desk.must('imports.list', {}))[0]?.importId ?? ''
}
