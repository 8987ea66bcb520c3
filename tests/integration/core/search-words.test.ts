/** What volunteers type into the search, in every script and with every sign, through the whole core: never an error, and it finds what they mean. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringInTable } from '../../support/imports'
import { openTestDesk, readyToWrite, sendDraft, writeDraft, type TestDesk } from '../../support/core'

/** Letters by their subject. */
const letters: Readonly<Record<string, string>> = {
  plain: 'Dear friend, the psalm is for you and for Matthew 5:3.',
  polish: 'Święty Jan Paweł II, Karol Wojtyła, i Łukasz.',
  german: 'Die Straße ist groß, und Herr Strauß grüßt.',
  norse: 'Øystein and Đorđe, an æon ago.',
  turkish: 'İstanbul, Isparta ve ılık bir Işık.',
  ligature: 'The ofﬁce of the ﬂower shop.',
  russian: 'Мой дорогой, ещё один псалом. Ёлка.',
  greek: 'Ὁ λόγος σὰρξ ἐγένετο. Καλημέρα, φίλος.',
  hebrew: 'שָׁלוֹם עֲלֵיכֶם',
  arabic: 'السَّلَامُ عَلَيْكُم',
  hindi: 'मेरी प्रार्थना आपके साथ है।',
  chinese: '亲爱的弟兄，耶稣爱你，愿主保佑。',
  japanese: '聖書を読むラーメン屋さん。',
  thai: 'สวัสดีครับ พระเจ้าอวยพร',
  korean: '한국어를 배우는 친구에게',
  irish: 'Mr O’Brien and Mrs O\'Neill, don’t worry.',
  hyphens: 'My mother-in-law, a well-being course, self‑made.',
  emoji: 'Love ❤️ and 👍🏽 from the 🇺🇸 family 👩‍👧.',
  marks: 'cafe\u0301 and a voila\u0300 e\u0323\u0308',
  numbers: 'Cell 12-B, case 2024-CV-0042, call 512 555 0142, $20.50.',
  signs: 'He said: "NEAR the end" (AND so on) 100% * {x} ^y.'
}
const all = Object.keys(letters)

let folder = ''
let desk: TestDesk
let ownLetter = ''
let receipt = ''
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'epistle-search-'))
  desk = await openTestDesk()
  const { contactId } = await readyToWrite(desk)
  ownLetter = 'To Daniel himself'
  await sendDraft(desk, await writeDraft(desk, contactId, 'Dear friend, peace.', ownLetter))
  await desk.work(60_000)
  const [sent] = (await desk.must('letters.sent', {})).items
  receipt = (await desk.must('letters.open', { letterId: sent?.letterId ?? '' })).receiptNumber ?? ''
  const rows = all.map((subject, n) => `2019-01-${String(n + 1).padStart(2, '0')},Ana Pham,${subject},"${(letters[subject] ?? '').replaceAll('"', '""')}"`)
  await bringInTable(desk, join(folder, 'letters.csv'), ['Date,Person,Subject,Message', ...rows])
})
afterAll(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Subjects of what a search finds, as a window reads it: until nothing is left. */
const find = async (query: string, filters: { flagged?: boolean } = {}): Promise<readonly string[]> => {
  const found: string[] = []
  for (let after: number | null = null; ; ) {
    const page: { items: readonly { kind: string }[]; next: number | null } = await desk.must('archive.search', { box: 'both', query, filters, after })
    found.push(...page.items.map((row) => ('letter' in row ? (row.letter as { subject: string }).subject : (row as unknown as { imported: { subject: string } }).imported.subject)))
    if (page.next === null) return found.sort()
    after = page.next
  }
}

describe('finds', () => {
  it.each([
    ['wojtyla', 'polish'], ['Wojtyła', 'polish'], ['wojty', 'polish'], ['pawel ', 'polish'], ['LUKASZ ', 'polish'], ['"karol wojtyla"', 'polish'], ['swiety', 'polish'],
    ['strasse ', 'german'], ['straße ', 'german'], ['STRASSE', 'german'], ['gross ', 'german'], ['strauss', 'german'], ['grusst', 'german'],
    ['oystein', 'norse'], ['dorde ', 'norse'], ['aeon', 'norse'], ['æon', 'norse'],
    ['istanbul', 'turkish'], ['İSTANBUL', 'turkish'], ['isik', 'turkish'], ['ilik bir', 'turkish'], ['ISPARTA', 'turkish'],
    ['office', 'ligature'], ['flower shop', 'ligature'], ['"office of the flower"', 'ligature'],
    ['мой', 'russian'], ['мой ', 'russian'], ['ещё один', 'russian'], ['еще один', 'russian'], ['ЁЛКА', 'russian'], ['"мой дорогой"', 'russian'],
    ['λογος', 'greek'], ['ΛΌΓΟΣ', 'greek'], ['σαρξ', 'greek'], ['καλημέρα', 'greek'], ['φιλος ', 'greek'],
    ['שלום', 'hebrew'], ['שָׁלוֹם', 'hebrew'], ['עליכם', 'hebrew'], ['السلام', 'arabic'], ['عليكم ', 'arabic'],
    ['प्रार्थना', 'hindi'], ['"मेरी प्रार्थना"', 'hindi'],
    ['耶稣', 'chinese'], ['爱', 'chinese'], ['爱你 ', 'chinese'], ['保佑', 'chinese'], ['"耶稣爱你"', 'chinese'], ['読', 'japanese'], ['ラーメン', 'japanese'], ['พระเจ้า', 'thai'], ['อวยพร', 'thai'], ['한국어', 'korean'], ['친구', 'korean'],
    ["o'brien", 'irish'], ['O’Brien', 'irish'], ['brien', 'irish'], ["don't", 'irish'], ['O`Neill', 'irish'], ['obrien', 'irish'], ['OBrien and neill', 'irish'], ['obri', 'irish'], ['dont worry', 'irish'], ['mrs oneill ', 'irish'],
    ['mother-in-law', 'hyphens'], ['mother in law', 'hyphens'], ['well-being', 'hyphens'], ['"well being"', 'hyphens'], ['self-made', 'hyphens'],
    ['❤', 'emoji'], ['❤️', 'emoji'], ['👍', 'emoji'], ['🇺🇸', 'emoji'], ['love ❤️', 'emoji'],
    ['café', 'marks'], ['cafe', 'marks'], ['voilà ', 'marks'], ['ẹ̈ ', 'marks'],
    ['12-B', 'numbers'], ['2024-cv-0042', 'numbers'], ['0042', 'numbers'], ['512-555-0142', 'numbers'], ['20.50', 'numbers'],
    ['NEAR(', 'signs'], ['"near the end', 'signs'], ['NEAR("end" "said")', 'signs'], ['100%', 'signs'], ['{x}', 'signs'], ['psal*', 'plain'], ['psal* matthew', 'plain'], ['matthew 5:3', 'plain']
  ])('%s', async (query, subject) => {
    expect(await find(query)).toEqual([subject])
  })

  it('nothing where it should not', async () => {
    for (const query of ['耶爱', 'лой', 'rien', 'obrienne', 'ofriend', 'donts', 'in-law-mother', '❤👍', '"end the near"', 'straxe']) expect(await find(query), query).toEqual([])
  })
  it('what is left out, in every way it is written', async () => {
    expect(await find('-wojtyla')).toEqual([...all.filter((subject) => subject !== 'polish'), ownLetter].sort())
    expect(await find('-strasse -耶稣 -"мой дорогой" -❤')).toEqual([...all.filter((subject) => !['german', 'chinese', 'russian', 'emoji'].includes(subject)), ownLetter].sort())
    expect(await find('friend -psalm')).toEqual([ownLetter])
  })
  it('the same where every letter is read', async () => {
    const page = await desk.must('archive.search', { box: 'sent', query: 'wojtyla', filters: {} })
    const [row] = page.items
    await desk.must('marks.flag', { kind: 'imported', id: row?.kind === 'imported' ? row.imported.messageId : '', on: true })
    expect([await find('wojtyla', { flagged: true }), await find('strasse', { flagged: true })]).toEqual([['polish'], []])
  })
})

describe('numbers', () => {
  it('of a person lead to the letters with them and to the person, whole or as they are typed', async () => {
    for (const query of ['448213', '4482', '448213 peace', '"448213"']) expect(await find(query), query).toEqual([ownLetter])
    expect(await find('448213 psalm')).toEqual([])
    expect(await find('48213'), 'a number is typed from its beginning').toEqual([])
    expect((await desk.must('archive.search', { box: 'both', query: '448213', filters: {} })).people).toMatchObject([{ name: 'Daniel Reyes' }])
  })
  it('of a receipt lead to its letter', async () => {
    expect(receipt).toMatch(/^R-\d{8}-\d{6}$/)
    for (const query of [receipt, receipt.toLowerCase(), ` ${receipt} `]) expect(await find(query), query).toEqual([ownLetter])
    expect(await find('R-20200101-000001')).toEqual([])
  })
})

it('no sign is an error, however many there are', async () => {
  const signs = ['"', '-', '*', '%', "'", 'NEAR(', ')', 'AND', 'OR NOT', '^', ':', '+', '{', '}', '\\', '--', '-"', '"-', '\u202e', '\u200d', '\u0301', '\ud83d', '🇺', '🏽', 'ﬁ', '\0', '\ue000all', '\ue000p1', ' ']
  for (const one of signs) for (const query of [one, `${one}psalm`, `psalm${one}`, one.repeat(300), `"${one}`, `-${one} psalm`, `${one} ${one} 耶`]) expect(Array.isArray(await find(query)), query).toBe(true)
  expect(await find('wojtyla '.repeat(600))).toEqual(['polish'])
  expect(desk.bugs).toEqual([])
})
