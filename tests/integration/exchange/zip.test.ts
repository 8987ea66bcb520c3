/** Archives beyond the old limits of ZIP, read back by Python's zipfile and by unzip. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeZip, type ZipEntry } from '../../../src-main/exchange/zip'
import { centralRecord, descriptor, endOfDirectory, localHeader } from '../../../src-main/exchange/zip-records'
import { runTool } from '../../support/other-tools'

let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'epistle-zip-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = Date.UTC(2024, 4, 5, 12, 30, 10)
const write = async (name: string, entries: Iterable<ZipEntry>): Promise<string> => {
  const path = join(folder, name)
  const waiting: Uint8Array[] = []
  const flush = async (): Promise<void> => appendFile(path, Buffer.concat(waiting.splice(0)))
  await writeZip(entries, async (chunk) => {
    waiting.push(chunk)
    if (waiting.length > 1_000) await flush()
  })
  await flush()
  return path
}
/** What Python finds: how many files, the first bad one, and each text that was asked for. */
const readBack = (path: string, names: readonly string[]): { readonly count: number; readonly bad: string | null; readonly texts: readonly string[]; readonly dates: readonly (readonly number[])[] } =>
  JSON.parse(
    runTool('python3', [
      '-c',
      `import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
names = json.loads(sys.argv[2])
print(json.dumps({'count': len(z.namelist()), 'bad': z.testzip(), 'texts': [z.read(n).decode() for n in names], 'dates': [list(z.getinfo(n).date_time) for n in names]}))`,
      path,
      JSON.stringify(names)
    ])
  ) as ReturnType<typeof readBack>

it('has more files than two bytes can count', async () => {
  const count = 65_600
  const entries = function* (): Generator<ZipEntry> {
    for (let number = 0; number < count; number += 1) yield { name: `letters/${number}.eml`, at, content: Buffer.from(`Letter ${number}`) }
    yield { name: 'all.txt', at, content: () => ['José ', 'and ', Buffer.from('日本語')] }
  }
  const path = await write('many.zip', entries())
  const found = readBack(path, ['letters/0.eml', 'letters/65599.eml', 'all.txt'])
  expect(found).toMatchObject({ count: count + 1, bad: null, texts: ['Letter 0', 'Letter 65599', 'José and 日本語'] })
  const local = new Date(at)
  expect(found.dates[0]).toEqual([local.getFullYear(), local.getMonth() + 1, local.getDate(), local.getHours(), local.getMinutes(), local.getSeconds()])
  expect(runTool('unzip', ['-t', path])).toContain('No errors detected')
})

it('cannot say when a letter from before 1980 was written: its file is from the first moment of that year, wherever this PC stands', async () => {
  const zone = process.env['TZ']
  try {
    for (const there of ['America/Los_Angeles', 'UTC', 'Pacific/Auckland']) {
      process.env['TZ'] = there
      const path = await write(`old-${there.replace('/', '-')}.zip`, [{ name: 'a', at: Date.UTC(1962, 9, 28, 12), content: Buffer.from('a') }, { name: 'b', at: new Date(1980, 0, 1, 0, 0, 2).getTime(), content: Buffer.from('b') }])
      expect(readBack(path, ['a', 'b']).dates, there).toEqual([[1980, 1, 1, 0, 0, 0], [1980, 1, 1, 0, 0, 2]])
    }
  } finally {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  }
})

it('is empty, has an empty file, and a list that brings nothing', async () => {
  expect(readBack(await write('empty.zip', []), [])).toMatchObject({ count: 0 })
  const path = await write('nothing.zip', [{ name: 'a', at, content: new Uint8Array() }, { name: 'b', at: 0, content: () => [] }])
  expect(readBack(path, ['a', 'b'])).toMatchObject({ count: 2, bad: null, texts: ['', ''] })
  expect(runTool('unzip', ['-t', path])).toContain('No errors detected')
})

it('has files with eight bytes for their sizes, before and behind their bytes, and a list beyond four GiB', () => {
  const text = Buffer.from('The Lord is my shepherd; '.repeat(100))
  const packed = deflateRawSync(text)
  const parts: Uint8Array[] = []
  const records: Uint8Array[] = []
  let offset = 0
  const put = (part: Uint8Array): void => {
    parts.push(part)
    offset += part.length
  }
  for (const sizesFollow of [true, false]) {
    const entry = { name: `${sizesFollow}.txt`, at, offset, crc: crc32(text), size: text.length, packed: packed.length, stored: false, sizesFollow, huge: true }
    put(localHeader(entry))
    put(packed)
    if (sizesFollow) put(descriptor(entry))
    records.push(centralRecord(entry))
  }
  const start = offset
  records.forEach(put)
  put(endOfDirectory({ count: 2, start, bytes: offset - start }))
  const path = join(folder, 'wide.zip')
  writeFileSync(path, Buffer.concat(parts))
  expect(readBack(path, ['true.txt', 'false.txt'])).toMatchObject({ count: 2, bad: null, texts: [text.toString(), text.toString()] })
  expect(runTool('unzip', ['-t', path])).toContain('No errors detected')
  // Nobody writes four GiB in a test: the record itself says where such an entry stands.
  const far = centralRecord({ name: 'far', at, offset: 5 * 2 ** 30, crc: 0, size: 1, packed: 1, stored: false, sizesFollow: false, huge: false })
  expect(Buffer.from(far).readUInt32LE(42)).toBe(0xffffffff)
  expect(Buffer.from(far).readBigUInt64LE(46 + 3 + 4)).toBe(BigInt(5 * 2 ** 30))
})

it('fails with whatever its contents fail with, and when nothing more can be taken', async () => {
  const broken = (): Generator<string> => {
    throw new Error('the mailbox was closed')
  }
  await expect(write('broken.zip', [{ name: 'a', at, content: broken }])).rejects.toThrow('the mailbox was closed')
  await expect(
    writeZip([{ name: 'a', at, content: () => ['x'.repeat(1_000_000)] }], async () => {
      throw new Error('the disk is full')
    })
  ).rejects.toThrow('the disk is full')
})
