/** The photos of the letter that is open in Compose: how they get there, and what of them is on the screen and on disk. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Locator } from 'playwright/test'
import type { Draft } from '@contract/views'
import { lookAtPhoto } from '../../src-main/rules/photo'
import type { EpistleApp } from './app'
import { must } from './bridge'
import { removeFolder } from './remove-folder'
import { test } from './settled'
import type { Volunteer } from './volunteer'

/** A stick of its own for each test of the file that asks for it. */
export const usbStick = () => {
  let folder = ''
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'epistle-stick-'))
  })
  test.afterEach(() => removeFolder(folder))
  const place = (name: string): string => join(folder, name)
  return {
    place,
    /** @returns where the file lies */
    put: (name: string, bytes: Uint8Array | string): string => {
      writeFileSync(place(name), bytes)
      return place(name)
    }
  }
}

export type Given = { readonly name: string; readonly buffer: Buffer }

/** The file dialog of the system is the browser's own here; this is what it hands over. */
export const choose = (mary: Volunteer, files: readonly string[] | readonly Given[]): Promise<void> =>
  mary.page.locator('input[type="file"]').setInputFiles(files.map((file) => (typeof file === 'string' ? file : { ...file, mimeType: 'image/jpeg' })) as string[])

export const part = (mary: Volunteer): Locator => mary.page.getByRole('region', { name: 'Photos' })
export const shown = (mary: Volunteer): Locator => mary.page.getByRole('list', { name: 'Photos of this letter' }).getByRole('listitem')

/** As they are on disk, of the draft saved last. */
const photosOnDisk = async (mary: Volunteer): Promise<Draft['photos']> => {
  const [newest] = await must(mary.page, 'drafts.list', {})
  return newest === undefined ? [] : (await must(mary.page, 'drafts.open', { draftId: newest.draftId })).photos
}

export const names = async (mary: Volunteer): Promise<readonly string[]> => (await photosOnDisk(mary)).map(({ name }) => name)

/** The photo added last, as it is kept. */
export const kept = async (mary: Volunteer): Promise<Buffer> => {
  const { data } = await must(mary.page, 'photos.open', { photoId: (await photosOnDisk(mary)).at(-1)?.photoId ?? '' })
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
