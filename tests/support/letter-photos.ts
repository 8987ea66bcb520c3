/** The photos of the letter that is open in Compose: how they get there, and what of them is on the screen and on disk. */
import { expect, type Locator } from 'playwright/test'
import { lookAtPhoto } from '../../src-main/rules/photo'
import type { EpistleApp } from './app'
import { must } from './bridge'
import type { Volunteer } from './volunteer'

export type Given = { readonly name: string; readonly buffer: Buffer }

/** The file dialog of the system is the browser's own here; this is what it hands over. */
export const choose = (mary: Volunteer, files: readonly string[] | readonly Given[]): Promise<void> =>
  mary.page.locator('input[type="file"]').setInputFiles(files.map((file) => (typeof file === 'string' ? file : { ...file, mimeType: 'image/jpeg' })) as string[])

export const part = (mary: Volunteer): Locator => mary.page.getByRole('region', { name: 'Photos' })
export const shown = (mary: Volunteer): Locator => mary.page.getByRole('list', { name: 'Photos of this letter' }).getByRole('listitem')

/** As they are on disk, of the draft saved last. */
export const names = async (mary: Volunteer): Promise<readonly string[]> => {
  const [newest] = await must(mary.page, 'drafts.list', {})
  if (newest === undefined) return []
  return (await must(mary.page, 'drafts.open', { draftId: newest.draftId })).photos.map(({ name }) => name)
}

/** The photo added last, as it is kept. */
export const kept = async (mary: Volunteer): Promise<Buffer> => {
  const [newest] = await must(mary.page, 'drafts.list', {})
  const { photos } = await must(mary.page, 'drafts.open', { draftId: newest?.draftId ?? '' })
  const { data } = await must(mary.page, 'photos.open', { photoId: photos.at(-1)?.photoId ?? '' })
  return Buffer.from(data, 'base64')
}

/** Nothing but the picture is left of the file. */
export const expectBare = (photo: Buffer): void => {
  expect(lookAtPhoto(photo)).toMatchObject({ ok: true, facts: { type: 'jpeg', bare: true } })
  for (const word of ['Exif', 'GPS', 'PK\u0003\u0004']) expect(photo.includes(Buffer.from(word, 'latin1')), word).toBe(false)
}

/** A hand lets files go over the letter: the browser's own drag, which no page can imitate. */
export const drop = async (app: EpistleApp, mary: Volunteer, files: readonly string[]): Promise<void> => {
  const box = await mary.field('Message').boundingBox()
  if (box === null) throw new Error('there is no letter to drop onto')
  const hand = await app.page.context().newCDPSession(app.page)
  const at = { x: box.x + 40, y: box.y + 40, data: { items: [], files: [...files], dragOperationsMask: 1 } }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await hand.send('Input.dispatchDragEvent', { ...at, type })
  await hand.detach()
}

/** An empty picture of a kind no letter can carry. */
export const gif = Buffer.from('GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;', 'latin1')
