/** Three volunteers at one PC, each with letters of their own, and the ways to be in any state of the desk. */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openTestDesk, password, sendDraft, signUp, testCard, writeDraft, type TestDesk } from '../../support/core'
import { inTime } from '../support/in-time'
import { folderInMemory } from '../support/folders'
import type { SeededNumbers } from '../support/seeded-numbers'

export type Who = 'maria' | 'joe' | 'dora'
export type State = 'signedOut' | 'signedIn' | 'locked' | 'dutiesOwed' | 'otherAccount'
export const states: readonly State[] = ['signedOut', 'signedIn', 'locked', 'dutiesOwed', 'otherAccount']

/** Who sits at the desk in a state; null for nobody. */
export const sitting: { readonly [S in State]: Who | null } = { signedOut: null, signedIn: 'maria', locked: 'maria', dutiesOwed: 'dora', otherAccount: 'joe' }
export const emails: { readonly [W in Who]: string } = { maria: 'maria@parish.org', joe: 'joe@parish.org', dora: 'dora@parish.org' }
const numbers: { readonly [W in Who]: string } = { maria: '448213', joe: '448214', dora: '448215' }
export const everyone: readonly Who[] = ['maria', 'joe', 'dora']
export const passcode = '4827'

/** What belongs to one account: the ids a forged call could name, and a word that stands in everything it wrote. */
export type Belongings = {
  readonly mark: string
  readonly accountId: string
  readonly drafts: readonly string[]
  readonly letters: readonly string[]
  readonly contacts: readonly string[]
  readonly messages: readonly string[]
  readonly purchases: readonly string[]
  readonly entries: readonly string[]
  /** Given out once, never redeemed. */
  readonly tickets: readonly string[]
}

export type World = {
  readonly desk: () => TestDesk
  readonly belongings: { readonly [W in Who]: Belongings }
  readonly devices: readonly string[]
  /** Brings the desk into a state, from the kept image when nothing else helps. */
  readonly enter: (state: State) => Promise<void>
  /** The same with a fresh sign-in, whatever the desk looks like. */
  readonly enterAnew: (state: State) => Promise<void>
  readonly isIn: (state: State) => Promise<boolean>
  /** How often the image was needed. */
  readonly rebuilt: () => number
  readonly close: () => Promise<void>
}

/** @param heard why the image had to be used */
export const openWorld = async (random: SeededNumbers, heard: (why: string) => void = () => undefined): Promise<World> => {
  const home = folderInMemory('ipc')
  const image = join(home, 'image')
  let runs = 0
  let desk = await openTestDesk({}, { profileDir: join(home, 'run-0') })
  const belongings = {
    maria: await settle(desk, 'maria', `mrk${random.letters(9)}`),
    joe: await settle(desk, 'joe', `mrk${random.letters(9)}`),
    dora: await settle(desk, 'dora', `mrk${random.letters(9)}`)
  }
  await signIn(desk, 'dora')
  const reported = (await desk.must('account.activity', {})).items.find((entry) => entry.canReport)
  const devices = (await desk.must('account.devices', {})).map((device) => device.deviceId)
  await desk.must('account.notMe', { entryId: reported?.entryId ?? '' })
  await desk.must('accounts.signOut', {})
  // Everything is still in one piece on the disk: nobody writes while it is copied.
  cpSync(desk.profileDir, image, { recursive: true })

  const rebuild = async (): Promise<void> => {
    runs += 1
    // One that no longer answers is left where it is.
    await inTime(desk.close(), 5_000).catch(() => undefined)
    const profileDir = join(home, `run-${runs}`)
    cpSync(image, profileDir, { recursive: true })
    // Other dice than those the image was made with: ids and tokens must not come a second time.
    desk = await openTestDesk({}, { profileDir, dice: `desk ${runs}` })
  }
  const isIn = async (state: State): Promise<boolean> => {
    const { session } = await desk.must('app.state', {})
    const who = sitting[state]
    if (session === null || who === null) return session === null && who === null
    return session.email === emails[who] && session.locked === (state === 'locked') && session.duties.length > 0 === (state === 'dutiesOwed')
  }
  const walk = async (state: State): Promise<void> => {
    await calm(desk)
    if (await isIn(state)) return
    if ((await desk.must('app.state', {})).session !== null) await desk.must('accounts.signOut', {})
    const who = sitting[state]
    if (who === null) return
    await signIn(desk, who)
    if (state === 'locked') await desk.must('desk.lock', {})
  }
  const enter = async (state: State): Promise<void> => {
    const why = await inTime(walk(state), 10_000).then(
      () => 'the way there did not lead there',
      (error: unknown) => String(error)
    )
    if (await isIn(state)) return
    heard(`${state}: ${why}`)
    await rebuild()
    await inTime(walk(state))
    if (!(await isIn(state))) throw new Error(`the desk cannot be brought to ${state}`)
  }
  return {
    desk: () => desk,
    belongings,
    devices,
    isIn,
    enter,
    enterAnew: async (state) => {
      await inTime(desk.call('accounts.signOut', {}), 10_000).catch(() => undefined)
      await enter(state)
    },
    rebuilt: () => runs,
    close: async () => {
      await desk.close()
      rmSync(home, { recursive: true, force: true })
    }
  }
}

const signIn = async (desk: TestDesk, who: Who): Promise<void> => {
  const answer = await desk.must('accounts.signIn', { email: emails[who], password })
  if (answer.outcome !== 'signedIn') throw new Error('a second step was asked')
}

const still = { dropRequest: 0, dropResponse: 0, error500: 0, error429: 0, duplicateResponse: 0, malformedResponse: 0 }

/** Undoes what a call did to the practice controls; whoever waits for a slow line gets the time to go on. */
const calm = async (desk: TestDesk): Promise<void> => {
  const { offline, latencyMs, faults } = await desk.must('practice.state', {})
  if (!offline && latencyMs.every((ms) => ms === 0) && Object.values(faults).every((chance) => chance === 0)) return
  await desk.must('practice.set', { offline: false, latencyMs: [0, 0], faults: still })
  await desk.time.advance(4 * 60_000)
}

/** An account, a contact, stamps, drafts (one discarded), letters, and answers to them. */
const settle = async (desk: TestDesk, who: Who, mark: string): Promise<Belongings> => {
  const { accountId } = await signUp(desk, emails[who])
  const contact = await desk.must('contacts.add', { facilityId: 'cedar-state', number: numbers[who] })
  const { contactId } = contact
  const offer = await desk.must('stamps.offer', { contactId })
  const packageId = offer.packages.find((pack) => pack.stamps === 20)?.packageId ?? ''
  const bought = await desk.must('stamps.purchase', { ticket: (await desk.must('stamps.quote', { contactId, packageId })).ticket, ...testCard })
  const letters: string[] = []
  for (const number of [1, 2, 3]) {
    const draft = await desk.must('drafts.create', { contactId })
    const saved = await desk.must('drafts.save', {
      draftId: draft.draftId,
      baseRevision: 0,
      patch: { subject: `letter ${number} ${mark}`, body: `Dear friend, ${mark}, for you.`, prepaidReply: true }
    })
    if (saved.outcome !== 'saved') throw new Error('a draft was not saved')
    letters.push((await sendDraft(desk, saved.draft)).letterId)
    await desk.must('sync.now', {})
  }
  await desk.must('practice.fastForward', { hours: 24 * 14 })
  const kept = await writeDraft(desk, contactId, `unsent ${mark}`, mark)
  const gone = await writeDraft(desk, contactId, `discarded ${mark}`, mark)
  await desk.must('drafts.discard', { draftId: gone.draftId })
  const letterTicket = (await desk.must('letters.quote', { draftId: kept.draftId, revision: kept.revision })).ticket
  const stampTicket = (await desk.must('stamps.quote', { contactId, packageId })).ticket
  const messages = (await desk.must('inbox.list', {})).items.map((message) => message.messageId)
  if (messages.length === 0) throw new Error(`nobody answered ${who}; the mailbox to guard would be half empty`)
  const entries = (await desk.must('account.activity', {})).items.map((entry) => entry.entryId)
  await desk.must('accounts.signOut', {})
  return {
    mark,
    accountId,
    drafts: [kept.draftId, gone.draftId],
    letters,
    contacts: [contactId],
    messages,
    purchases: [bought.purchaseId],
    entries,
    tickets: [letterTicket, stampTicket]
  }
}
