/** mboxrd: quoting can be undone exactly, and a file falls apart into the very messages it was made of. */
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { mboxEntry, quoteFromLines, unquoteFromLines } from '../../../src-main/exchange/mbox'
import { splitMbox } from '../../../src-main/exchange/read-mbox'

const line = fc.oneof(fc.string({ maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, '')), fc.constantFrom('From ', '>From a', '>>>From b', 'From x Thu Jan  1 00:00:00 1970', ' From c', 'Frome', '', '>'))
const text = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'))

it('what is quoted has no separator, and comes back as it was', () => {
  fc.assert(
    fc.property(text, (given) => {
      const quoted = quoteFromLines(given)
      expect(quoted).not.toMatch(/^From /m)
      expect(unquoteFromLines(quoted)).toBe(given)
    }),
    { numRuns: 2_000 }
  )
})

it('a file cut anywhere falls apart into its messages', async () => {
  const latin = text.map((given) => `Subject: x\n\n${given.replace(/[^\u0020-\u00ff\n]/g, '?')}`)
  await fc.assert(
    fc.asyncProperty(fc.array(latin, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 50 }), async (messages, size) => {
      const file = Buffer.concat(messages.map((one, index) => mboxEntry(Buffer.from(one, 'latin1'), index * 86_400_000)))
      const chunks = async function* () {
        for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size)
      }
      const parts: string[] = []
      for await (const part of splitMbox(chunks())) parts.push((part as Buffer).toString('latin1').replace(/\n+$/, ''))
      expect(parts).toEqual(messages.map((one) => one.replace(/\n+$/, '')))
    }),
    { numRuns: 300 }
  )
})
