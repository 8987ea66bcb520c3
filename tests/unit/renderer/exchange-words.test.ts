/** What is said about photos on their way in, and onto paper. */
import { describe, expect, it } from 'vitest'
import type { ImportPreview } from '@contract/exchange'
import { failureSentence } from '@/words/errors'
import { attachmentWords } from '@/words/exchange'

const preview = (change: Partial<ImportPreview>): ImportPreview => ({
  previewId: 'p', fileName: 'old.mbox', format: 'mbox', messages: 4, alreadyHere: 0, notReadable: 0, problems: [], withContacts: 0, photos: 0, withAttachments: 0, oldest: 0, newest: 0, samples: [], ...change
})

describe('attachments of an older archive', () => {
  it('nothing is said where there are none', () => expect(attachmentWords(preview({}))).toEqual([]))
  it('photos come along, one or many', () => {
    expect(attachmentWords(preview({ photos: 1 }))).toEqual(['1 photo comes along.'])
    expect(attachmentWords(preview({ photos: 1_200 }))).toEqual(['1,200 photos come along.'])
  })
  it('what is left out is counted, with what is taken', () =>
    expect(attachmentWords(preview({ photos: 2, withAttachments: 3 }))).toEqual(['2 photos come along.', '3 messages had attachments that are left out: only JPEG and PNG photos come along, at most 20 with a message.']))
  it('a table has only the names', () => expect(attachmentWords(preview({ format: 'csv', withAttachments: 1 }))).toEqual(['1 message had photos, which a table cannot hold.']))
})

it('a print that is too long says what is too much of it', () => {
  expect(failureSentence({ code: 'PRINT_TOO_LONG', params: { count: 2_500 } })).toContain('2,500 letters are too many for one print.')
  expect(failureSentence({ code: 'PRINT_TOO_LONG', params: { count: 40, what: 'photos' } })).toContain('The photos of these letters are too many for one print.')
})
