import { beforeEach, describe, expect, it } from 'vitest'
import { allUpdates, daniel, hour, newFile, openBench, readyVolunteer, signInAs, signUp, type Bench } from './support'

const day = 24 * hour
let bench: Bench
let token: string
beforeEach(async () => {
  bench = await openBench()
  token = (await signUp(bench)).token
})

const search = (query: string, change: { state?: string; facilityId?: string; page?: number; pageSize?: number } = {}) =>
  bench.get('directory.search', { query, state: '', facilityId: '', page: 0, pageSize: 50, ...change }, token)
const names = async (query: string, change = {}) => (await search(query, change)).people.map(({ facilityId, number, firstName, lastName }) => `${firstName} ${lastName} ${facilityId} ${number}`)

describe('the directory', () => {
  it('publishes six facilities to anyone', async () => {
    const { facilities } = await bench.get('directory.facilities', {})
    expect(facilities.map(({ id }) => id)).toEqual(['cedar-state', 'bay-state-prison', 'river-federal', 'elm-county-jail', 'north-reception', 'st-dismas-womens'])
    expect(facilities[0]).not.toHaveProperty('highTurnover')
  })

  it('holds at least 5,000 people and finds all of them page by page, each once', async () => {
    const { total } = await search('')
    expect(total).toBeGreaterThanOrEqual(5_000)
    const seen = new Set<string>()
    for (let page = 0; page * 100 < total; page += 1) for (const { facilityId, number } of (await search('', { page, pageSize: 100 })).people) seen.add(`${facilityId} ${number}`)
    expect(seen.size).toBe(total)
    expect((await search('', { page: 1_000_000, pageSize: 100 })).people).toEqual([])
  })

  it('finds by parts of the name in any order and case, with or without accents', async () => {
    const garcias = await names('josé garcía', { facilityId: 'cedar-state' })
    expect(garcias).toHaveLength(3)
    for (const query of ['JOSE GARCIA', 'garcia, jose', 'garc jos', '  José\tGarcía ', 'García José'.normalize('NFD')]) expect(await names(query, { facilityId: 'cedar-state' })).toEqual(garcias)
  })

  it.each(["O'Brien patrick", 'obrien patrick', 'o brien patrick', 'O’Brien Patrick', 'PATRICK O’B'])('finds Patrick O’Brien by %j', async (query) => {
    expect(await names(query)).toContain("Patrick O'Brien north-reception 21-B-1170")
  })

  it.each([
    ['448213', 'Daniel Reyes cedar-state 448213'],
    ['44821-003', 'Daniel Reyes river-federal 44821-003'],
    ['44821003', 'Daniel Reyes river-federal 44821-003'],
    ['98-A-0004', 'Emmanuel Okafor north-reception 98-A-0004'],
    ['98a0004', 'Emmanuel Okafor north-reception 98-A-0004'],
    ['４４８２１３', 'Daniel Reyes cedar-state 448213'],
    ['reyes 448213', 'Daniel Reyes cedar-state 448213'],
    ['017502', 'Daniel Reyes cedar-state 017502']
  ])('finds by the ID number %j', async (query, expected) => {
    expect(await names(query)).toContain(expected)
  })

  it('narrows by state and facility, and answers in the same order every time', async () => {
    const everywhere = await names('daniel reyes')
    expect(everywhere).toEqual(await names('reyes daniel'))
    expect(new Set(everywhere.map((name) => name.split(' ')[2]))).toEqual(new Set(['bay-state-prison', 'cedar-state', 'elm-county-jail', 'north-reception', 'river-federal']))
    expect(await names('daniel reyes', { state: 'NY' })).toEqual(['Daniel Reyes north-reception 04-A-4482'])
    expect(await names('daniel reyes', { state: 'NY', facilityId: 'cedar-state' })).toEqual([])
    expect(await names('daniel reyes', { facilityId: 'nowhere' })).toEqual([])
  })

  it.each([
    ['%', '%'], ['_', '_'], ['an apostrophe', "'"], ['a quotation mark', '"'], ['*', '*'], ['a backslash', '\\'], ['NUL', '\u0000'], ['half a surrogate pair', '\ud800'],
    ['an emoji', '🕊️'], ['zero width', '\u200b'], ['full-text syntax', 'NEAR('], ['SQL', "'); DROP TABLE person;--"], ['LIKE syntax', '%reyes%x'],
    ['5,000 characters', 'x'.repeat(5_000)], ['1,250 words', Array.from({ length: 1_250 }, (_, index) => String.fromCharCode(97 + (index % 26), 97 + ((index * 7) % 26))).join('  ')]
  ])('%s finds nobody and is never an error', async (_, query) => {
    expect((await search(query)).total).toBe(0)
    expect(bench.bugs).toEqual([])
  })

  it('odd characters around a name do not hide it', async () => {
    expect(await names('%daniel_reyes*', { state: 'NY' })).toEqual(['Daniel Reyes north-reception 04-A-4482'])
  })

  it('shows one person, and nobody for an unknown number', async () => {
    expect(await bench.get('directory.person', { facilityId: 'river-federal', number: '44821 003' }, token)).toMatchObject({ lastName: 'Reyes', number: '44821-003', status: 'active' })
    for (const number of ['999999', '', 'x'.repeat(1_000)]) expect(await bench.ask('directory.person', { facilityId: 'cedar-state', number }, token)).toMatchObject({ status: 404 })
    expect(await bench.ask('directory.person', { facilityId: '__proto__', number: '1' }, token)).toMatchObject({ status: 404 })
  })

  it('answers a search among everybody within 200 ms', async () => {
    const begun = performance.now()
    for (let times = 0; times < 20; times += 1) await search('mar')
    expect((performance.now() - begun) / 20).toBeLessThan(200)
  })
})

describe('registering a contact', () => {
  it('approves an active person, and says the same when asked again', async () => {
    for (let times = 0; times < 2; times += 1) expect(await bench.get('contacts.register', daniel, token)).toMatchObject({ standing: 'ready', person: { firstName: 'Daniel', number: '448213' } })
  })

  it.each([
    [{ facilityId: 'cedar-state', number: '000127' }, 'Walter Hayes', 'released'],
    [{ facilityId: 'cedar-state', number: '003391' }, 'Raymond Ellis', 'transferred'],
    [{ facilityId: 'cedar-state', number: '219004' }, 'Marcus Dunn', 'suspended']
  ])('refuses %j', async (person, name, reason) => {
    expect(await bench.ask('contacts.register', person, token)).toMatchObject({ status: 410, code: 'CONTACT_UNAVAILABLE', params: { name, reason } })
  })

  it('refuses numbers of another form and unknown numbers', async () => {
    expect(await bench.ask('contacts.register', { facilityId: 'cedar-state', number: 'O12345' }, token)).toMatchObject({ code: 'INVALID', problems: { number: { code: 'NUMBER_FORMAT', params: { facility: 'Cedar State' } } } })
    expect(await bench.ask('contacts.register', { facilityId: 'cedar-state', number: '999999' }, token)).toMatchObject({ status: 404 })
    expect(await bench.ask('contacts.register', { facilityId: 'nowhere', number: '999999' }, token)).toMatchObject({ status: 404 })
  })
})

describe('an invitation at River Federal', () => {
  const peter = { facilityId: 'river-federal', number: '23157-045' }
  const codes = () => bench.service.post.list().flatMap(({ subject, body }) => (subject === 'Invitation from Peter Lindqvist' ? [/code is (\d{6})/.exec(body)?.[1] ?? ''] : []))

  it('arrives as a code by post; the right code makes the contact ready', async () => {
    expect(await bench.get('contacts.register', peter, token)).toMatchObject({ standing: 'invited' })
    expect(await bench.get('contacts.register', peter, token)).toMatchObject({ standing: 'invited' })
    const sent = codes()
    expect(sent).toHaveLength(1)
    const code = sent[0] ?? ''
    expect(await bench.ask('contacts.acceptInvitation', { ...peter, code: '000000' === code ? '111111' : '000000' }, token)).toMatchObject({ code: 'INVALID', problems: { code: { code: 'INVITATION_CODE_WRONG' } } })
    for (let times = 0; times < 2; times += 1) expect(await bench.get('contacts.acceptInvitation', { ...peter, code: ` ${code.slice(0, 3)} ${code.slice(3)}` }, token)).toEqual({ standing: 'ready' })
    expect(await bench.get('contacts.register', peter, token)).toMatchObject({ standing: 'ready' })
  })

  it('lasts ten days; then a new code comes and the old one is dead', async () => {
    await bench.get('contacts.register', peter, token)
    const [old = ''] = codes()
    bench.host.now += 10 * day
    expect(await bench.ask('contacts.acceptInvitation', { ...peter, code: old }, token)).toMatchObject({ code: 'INVALID' })
    await bench.get('contacts.register', peter, token)
    const [fresh = ''] = codes()
    expect(fresh).not.toBe(old)
    expect(await bench.get('contacts.acceptInvitation', { ...peter, code: fresh }, token)).toEqual({ standing: 'ready' })
  })

  it('five wrong codes close it', async () => {
    await bench.get('contacts.register', peter, token)
    const [code = ''] = codes()
    for (let tries = 0; tries < 5; tries += 1) await bench.ask('contacts.acceptInvitation', { ...peter, code: 'nonsense' }, token)
    expect(await bench.ask('contacts.acceptInvitation', { ...peter, code }, token)).toMatchObject({ code: 'INVALID' })
  })

  it('is of no use to somebody else', async () => {
    await bench.get('contacts.register', peter, token)
    const other = await signUp(bench, 'jo@parish.org')
    expect(await bench.ask('contacts.acceptInvitation', { ...peter, code: codes()[0] ?? '' }, other.token)).toMatchObject({ status: 404 })
  })
})

describe('a jail people soon leave', () => {
  it('shows some of them as released after a year, the same ones for the same seed; elsewhere nobody moves', async () => {
    const statuses = async (facilityId: string) => {
      const found: string[] = []
      for (let page = 0; page < 20; page += 1) found.push(...(await search('', { facilityId, page, pageSize: 100 })).people.map(({ number, status }) => `${number} ${status}`))
      return found
    }
    const [elm, cedar] = [await statuses('elm-county-jail'), await statuses('cedar-state')]
    await bench.service.practice.fastForward(365 * 24)
    token = (await signInAs(bench, 'maria@parish.org', 'Lantern7oak')).sessionToken
    const later = await statuses('elm-county-jail')
    expect(later.filter((line) => !elm.includes(line)).length).toBeGreaterThan(50)
    expect(later.filter((line) => line.endsWith('active')).length).toBeGreaterThan(50)
    expect(await statuses('cedar-state')).toEqual(cedar)
  })
})

it('keeps people, contacts and what was told over a restart', async () => {
  const file = newFile()
  const first = await openBench({ file })
  const volunteer = await readyVolunteer(first)
  const second = await first.restart()
  expect((await second.get('directory.search', { query: 'reyes 448213', state: 'TX', facilityId: '', page: 0, pageSize: 5 }, volunteer.token)).total).toBe(1)
  expect(await second.get('contacts.register', daniel, volunteer.token)).toMatchObject({ standing: 'ready' })
  expect(await allUpdates(second, volunteer.token)).toEqual([])
})
