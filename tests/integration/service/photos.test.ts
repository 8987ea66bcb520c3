/** Photos at the service: counted, looked at, held, refused by the facility's own rule, never written down. */
import { beforeEach, describe, expect, it } from 'vitest'
import type { LetterPayload } from '../../../src-main/wire/messages'
import { openFacilityBook } from '../../../src-main/service/directory/facilities'
import { judgePhotos } from '../../../src-main/service/messaging/photos'
import { fixturePhoto, pngPhoto } from '../../support/photos'
import { allUpdates, balance, bytesOnDisk, daniel, goodBilling, goodCard, letterTo, newFile, newKey, openBench, readyVolunteer, statesOf, type Bench, type Person, type Volunteer } from './support'

/** The bench's own. */
const seed = 7
const base64 = (photo: Buffer): string => photo.toString('base64')
const some = (count: number): string[] => Array.from({ length: count }, (_, shade) => base64(pngPhoto(shade)))
const facilities = openFacilityBook()
const facilityOf = (id: string) => {
  const found = facilities.find(id)
  if (found === undefined) throw new Error(`no facility ${id}`)
  return found
}
const clean = { verdict: 'pass', finding: null, language: 'en' } as const
const judged = (id: string, key: string, photos = 1) => judgePhotos(seed, key, photos, facilityOf(id), clean)
/** A key for which somebody at the facility refuses a photo, or none. */
const keyWhere = (id: string, fits: (verdict: ReturnType<typeof judged>) => boolean): string => {
  for (;;) {
    const key = newKey()
    if (fits(judged(id, key))) return key
  }
}

let bench: Bench
let maria: Volunteer
beforeEach(async () => {
  bench = await openBench()
  maria = await readyVolunteer(bench)
})
const submit = (input: ReturnType<typeof letterTo>) => bench.ask('messaging.submit', input, maria.token)
const sent = async (person: Person, key: string, change: Partial<LetterPayload> = { photos: some(1) }, stamps = 2) => {
  await bench.get('messaging.submit', letterTo(person, change, stamps, key), maria.token)
  return key
}
const told = async (key: string) => (await allUpdates(bench, maria.token)).flatMap((update) => (update.kind === 'state' && update.key === key ? [[update.state, update.reason]] : []))

describe('a letter with photos', () => {
  it('costs a stamp more for each, and the receipt is for exactly these', async () => {
    const input = letterTo(daniel, { photos: [base64(fixturePhoto('chapel.jpg')), ...some(2)] }, 4)
    expect(await submit(input)).toMatchObject({ ok: true, reply: { stamps: 4, balance: 16, payloadHash: input.payloadHash } })
    expect(await submit({ ...input, payload: { ...input.payload, photos: some(3) } })).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    expect(await submit(letterTo(daniel, { photos: some(3) }, 3))).toMatchObject({ status: 422, code: 'PRICE_CHANGED', params: { stamps: 4 } })
    expect(await balance(bench, maria.token)).toBe(16)
  })

  it('is refused for good where a photo is none, is too large, or is one too many', async () => {
    for (const photo of [Buffer.from('GIF89a'), Buffer.alloc(0), fixturePhoto('chapel.jpg').subarray(0, 500), pngPhoto(1, 2, [['gAMA', Buffer.alloc(3 * 1024 * 1024)]])]) {
      expect(await submit(letterTo(daniel, { photos: [base64(photo)] }, 2))).toMatchObject({ code: 'INVALID', problems: { photos: { code: 'PHOTO_INVALID' } } })
    }
    const north = { facilityId: 'north-reception', number: '04-A-4482' }
    await bench.get('contacts.register', north, maria.token)
    expect(await submit(letterTo(north, { photos: some(1) }, 2))).toMatchObject({ code: 'INVALID', problems: { photos: { code: 'PHOTOS_NOT_TAKEN' } } })
    expect(await bench.raw({ name: 'messaging.submit', token: maria.token, input: letterTo(daniel, { photos: some(6) }, 7) })).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    expect(await balance(bench, maria.token)).toBe(20)
  })

  it('is held until somebody has looked at them, and then let through', async () => {
    const key = await sent(daniel, keyWhere('cedar-state', ({ verdict }) => verdict === 'hold'))
    await bench.service.practice.fastForward(24 * 6)
    expect((await told(key)).slice(0, 5)).toEqual([['submitted', null], ['screening', null], ['held', 'photos'], ['approved', null], ['delivered', null]])
  })

  it('goes back whole for one photo they refuse, where that is the rule', async () => {
    const key = await sent(daniel, keyWhere('cedar-state', ({ verdict }) => verdict === 'refuse'))
    await bench.service.practice.fastForward(24 * 6)
    const last = (await told(key)).at(-1)
    expect(last?.[0]).toBe('rejected')
    expect(['photo_collage', 'nudity', 'attachment_not_allowed']).toContain(last?.[1])
    expect(await balance(bench, maria.token)).toBe(18)
  })

  it('goes on without the photo at Bay State Prison', async () => {
    const person = { facilityId: 'bay-state-prison', number: 'R448213' }
    await bench.get('contacts.register', person, maria.token)
    await bench.get('stamps.purchase', { key: newKey(), facilityId: person.facilityId, packageId: 'bay-10', consentCents: 390, card: goodCard, billing: goodBilling }, maria.token)
    const key = await sent(person, keyWhere('bay-state-prison', ({ photo_removed }) => photo_removed === 1))
    await bench.service.practice.fastForward(24 * 14)
    expect((await told(key)).slice(2, 5)).toEqual([['held', 'photos'], ['approved', 'photo_removed'], ['delivered', null]])
  })

  it('with words that are refused is refused for the words', async () => {
    const key = await sent(daniel, newKey(), { photos: some(1), body: 'Somebody wants to smuggle a hacksaw in.' })
    await bench.service.practice.fastForward(24 * 6)
    expect((await told(key)).at(-1)).toEqual(['rejected', 'contraband'])
  })

  it('waits no longer than its letter where nobody looks at photos for longer', async () => {
    expect(judged('elm-county-jail', newKey())).toMatchObject({ verdict: 'pass', photos: 1 })
    expect(judged('st-dismas-womens', newKey())).toMatchObject({ verdict: 'pass' })
    const key = await sent(daniel, newKey(), {}, 1)
    await bench.service.practice.fastForward(48)
    expect((await statesOf(bench, maria.token, key)).slice(0, 4)).toEqual(['submitted', 'screening', 'approved', 'delivered'])
  })
})

it('about one letter in sixteen has a photo somebody refuses', () => {
  const verdicts = Array.from({ length: 4_000 }, (_, index) => judged('cedar-state', `key ${index}`).verdict)
  const refused = verdicts.filter((verdict) => verdict === 'refuse').length
  expect(refused).toBeGreaterThan(4_000 / 16 / 1.4)
  expect(refused).toBeLessThan((4_000 / 16) * 1.4)
})

it('no photo is ever written down', async () => {
  const onDisk = await openBench({ file: newFile() })
  const jo = await readyVolunteer(onDisk, 'jo@parish.org')
  const photo = fixturePhoto('chapel.jpg')
  const input = letterTo(daniel, { photos: [base64(photo)] }, 2)
  await onDisk.get('messaging.submit', input, jo.token)
  await onDisk.service.close()
  const bytes = bytesOnDisk(onDisk.file)
  expect(bytes.includes(input.payloadHash)).toBe(true)
  expect(bytes.includes(photo.subarray(600, 660))).toBe(false)
  expect(bytes.includes(base64(photo).slice(600, 660))).toBe(false)
})
