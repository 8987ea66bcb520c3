/**
 * Everything a window may ask for: the name, the shape that is accepted at the door, who may ask, and what comes back.
 * The bridge, the handlers and the tests are derived from this list, so none can be forgotten.
 */
import * as z from 'zod'
import type { ImportedDocument } from './documents'
import type { Surroundings, TroubleReport } from './surroundings'
import { exportFormats, messageKinds, type ImportPreview, type ImportRecord } from './exchange'
import { openKinds, saveKinds, type ChosenPlace, type JobView } from './jobs'
import { limits } from './limits'
import { paperKinds, textSizes } from './paper'
import type { Photo, PhotoData } from './photos'
import type {
  AccountDetails,
  ActivityEntry,
  AppState,
  BackupMade,
  BackupsView,
  ArchiveFound,
  ArchiveMonthCount,
  ArchivePage,
  Contact,
  CoordinatorView,
  Device,
  DirectoryPerson,
  Draft,
  DraftSaved,
  DraftSummary,
  DraftVersion,
  DraftVersionText,
  Facility,
  ImportedLetter,
  HomeSummary,
  InboxMessage,
  InboxSummary,
  Letter,
  LetterQuote,
  LetterSummary,
  NewPerson,
  Page,
  PasswordRulesView,
  PeopleEntry,
  PostItem,
  PracticeState,
  PurchaseQuote,
  Receipt,
  Rehearsal,
  Restored,
  RestoreView,
  SavedSearch,
  SecondStepSetup,
  Session,
  Settings,
  SignInAnswer,
  SignUpStart,
  StampOffer,
  SyncStatus,
  UnexpectedEnd,
  Wallet
} from './views'
import { figureTables, type FiguresView } from './figures'
import { markedKinds } from './correspondence'
import type {
  Appeal,
  DraftOrigin,
  LateLetters,
  Marks,
  NoteSaved,
  Prayer,
  ReturnedCase,
  ReturnedLetter,
  ThreadPage
} from './correspondence'

/**
 * `open`: anyone at the PC. `locked`: somebody is signed in, the screen may be locked. `duties`: signed in and unlocked, but something
 * still has to be done first (new password, terms, sealed mailbox). `session`: signed in, unlocked, nothing owed.
 */
export type Access = 'open' | 'locked' | 'duties' | 'session'

/** Where a command is answered: in the core thread, or in the shell (windows and preferences). */
export type Answerer = 'core' | 'shell'

type Command<Input extends z.ZodType, Output, A extends Access, B extends Answerer> = {
  readonly input: Input
  readonly access: A
  readonly answeredBy: B
  /** Only a type: what the command's `value` is. */
  readonly output?: Output
}

const command =
  <A extends Access, B extends Answerer>(access: A, answeredBy: B) =>
  <Output>() =>
  <Input extends z.ZodType>(input: Input): Command<Input, Output, A, B> => ({ input, access, answeredBy })

const open = command('open', 'core')
const locked = command('locked', 'core')
const duties = command('duties', 'core')
const session = command('session', 'core')
const shell = command('open', 'shell')
/** Answered in the shell, and only for somebody who sits at an open desk. */
const shellSession = command('session', 'shell')
/** The same while something is owed: a mailbox that cannot be opened. */
const shellDuties = command('duties', 'shell')

const id = z.string().min(1).max(limits.id)
const text = z.string().max(limits.shortText)
const nothing = z.strictObject({})
const paged = z.strictObject({
  page: z.int().min(0).max(limits.page).default(0),
  pageSize: z.int().min(1).max(limits.pageSize).default(50)
})
const chance = z.number().min(0).max(1)
const chosenItems = z.array(z.strictObject({ kind: z.enum(messageKinds), id })).max(limits.chosenItems)
/** ms UTC; negative before 1970, when letters of an older archive may be from. null: no bound. */
const moment = z.int().min(-limits.time).max(limits.time).nullable().default(null)
/** Which letters: those named; or all, those with one person, of one calendar year of this PC, from when until when (ms UTC, `until` not included). */
const selection = z.strictObject({
  contactId: id.nullable().default(null),
  items: chosenItems.default([]),
  from: moment,
  until: moment,
  year: z.int().min(1800).max(9999).nullable().default(null)
})
const month = z.int().min(1970 * 12).max(3000 * 12)
/** What a mark is on. */
const marked = z.strictObject({ kind: z.enum(markedKinds), id })
const streamPlace = z.strictObject({ at: z.int(), seq: z.int().min(0) })
const threadPlace = z.strictObject({ letters: streamPlace, replies: streamPlace, imported: streamPlace }).nullable().default(null)
const box = z.enum(['sent', 'inbox'])
const letterState = z.enum([
  'queued', 'sending', 'submitted', 'screening', 'held', 'approved', 'delivered', 'replied', 'rejected', 'undeliverable', 'refused', 'cancelled'
])
/** What a list is narrowed to; what is left out narrows nothing, as in searches kept before a filter was there. */
export const archiveFilters = z.strictObject({
  contactIds: z.array(id).max(limits.filterChoices).default([]),
  facilityIds: z.array(id).max(limits.filterChoices).default([]),
  places: z.array(z.string().max(limits.id)).max(limits.filterChoices).default([]),
  states: z.array(letterState).max(limits.filterChoices).default([]),
  from: moment,
  until: moment,
  unread: z.boolean().default(false),
  flagged: z.boolean().default(false),
  putAway: z.boolean().default(false),
  strangers: z.boolean().default(false),
  stamps: z.enum(['any', 'free', 'one', 'more']).default('any'),
  photos: z.boolean().default(false),
  writtenBy: z.enum(['either', 'me', 'them']).nullable().default(null)
})
const securityAnswer = z.strictObject({ questionId: text, answer: text })

export const commands = {
  // This PC and who is at it
  'app.state': open<AppState>()(nothing),
  'accounts.signUpStart': open<SignUpStart>()(nothing),
  'accounts.create': open<Session>()(
    z.strictObject({
      email: z.string().max(limits.email),
      confirmEmail: z.string().max(limits.email),
      password: z.string().max(limits.password),
      confirmPassword: z.string().max(limits.password),
      acceptTerms: z.boolean(),
      questions: z.tuple([securityAnswer, securityAnswer, securityAnswer]),
      firstName: text,
      lastName: text,
      street: text,
      city: text,
      state: text,
      zip: text,
      phone: text,
      passcode: text,
      confirmPasscode: text,
      challengeId: id,
      verificationCode: text
    })
  ),
  'accounts.signIn': open<SignInAnswer>()(z.strictObject({ email: z.string().max(limits.email), password: z.string().max(limits.password) })),
  /** Asks the service to send a code for a sign-in that waits for its second step. */
  'accounts.sendSignInCode': open<null>()(z.strictObject({ attemptId: id, method: z.enum(['email', 'text']) })),
  'accounts.secondStep': open<SignInAnswer>()(
    z.strictObject({ attemptId: id, method: z.enum(['totp', 'email', 'text', 'printed']), code: text, rememberThisPc: z.boolean() })
  ),
  'accounts.practice': open<Session>()(nothing),
  'accounts.passwordRules': open<PasswordRulesView>()(nothing),
  /** Always answers the same, whether the address exists or not. */
  'accounts.forgotStart': open<null>()(z.strictObject({ email: z.string().max(limits.email) })),
  'accounts.forgotFinish': open<null>()(
    z.strictObject({
      email: z.string().max(limits.email),
      code: text,
      answers: z.tuple([securityAnswer, securityAnswer, securityAnswer]),
      newPassword: z.string().max(limits.password),
      confirmPassword: z.string().max(limits.password)
    })
  ),
  'accounts.forget': open<null>()(z.strictObject({ accountId: id })),
  'accounts.signOut': locked<null>()(nothing),

  // The desk: one live session, which can be locked
  'desk.lock': locked<null>()(nothing),
  /** Signs out for the next volunteer; drafts are parked, the start screen's tiles come back. */
  'desk.handOver': locked<null>()(nothing),
  'desk.unlock': locked<Session>()(z.strictObject({ passcode: text })),
  /** Somebody is there: the lock starts counting anew. */
  'desk.stay': duties<null>()(nothing),

  // What is owed after signing in
  'duties.changePassword': duties<Session>()(z.strictObject({ newPassword: z.string().max(limits.password), confirmPassword: z.string().max(limits.password) })),
  'duties.acceptTerms': duties<Session>()(z.strictObject({ version: text })),
  /** Opens a mailbox that the password no longer opens. */
  'duties.openMailbox': duties<Session>()(
    z.strictObject({ with: z.enum(['recoveryCode', 'oldPassword']), secret: z.string().max(limits.password) })
  ),
  /** Gives the sealed letters up for now: they are kept aside, and a new, empty mailbox begins. */
  'duties.startNewMailbox': duties<Session>()(nothing),
  'accounts.acceptEmessagingTerms': session<Session>()(z.strictObject({ version: text })),

  // Account pages
  'account.details': session<AccountDetails>()(nothing),
  'account.updateProfile': session<AccountDetails>()(
    z.strictObject({ firstName: text, lastName: text, street: text, city: text, state: text, zip: text, phone: text })
  ),
  'account.changePassword': session<null>()(
    z.strictObject({ password: z.string().max(limits.password), newPassword: z.string().max(limits.password), confirmPassword: z.string().max(limits.password) })
  ),
  'account.changeQuestions': session<null>()(
    z.strictObject({ password: z.string().max(limits.password), questions: z.tuple([securityAnswer, securityAnswer, securityAnswer]) })
  ),
  'account.changePasscode': session<null>()(z.strictObject({ password: z.string().max(limits.password), passcode: text, confirmPasscode: text })),
  /** A new code to print; the old one opens nothing any more. */
  'account.newRecoveryCode': session<{ readonly code: string }>()(z.strictObject({ password: z.string().max(limits.password) })),
  'account.beginTotp': session<SecondStepSetup>()(z.strictObject({ password: z.string().max(limits.password) })),
  /** Switches the app's codes on; answers with ten printed codes, shown once. */
  'account.confirmTotp': session<{ readonly printedCodes: readonly string[] }>()(z.strictObject({ code: text })),
  'account.setCodeByPost': session<{ readonly printedCodes: readonly string[] }>()(
    z.strictObject({ password: z.string().max(limits.password), method: z.enum(['email', 'text']) })
  ),
  'account.secondStepOff': session<AccountDetails>()(z.strictObject({ password: z.string().max(limits.password) })),
  'account.newPrintedCodes': session<{ readonly printedCodes: readonly string[] }>()(z.strictObject({ password: z.string().max(limits.password) })),
  'account.devices': session<readonly Device[]>()(nothing),
  'account.signOutDevice': session<readonly Device[]>()(z.strictObject({ deviceId: id })),
  'account.activity': session<Page<ActivityEntry>>()(paged.extend({ kind: z.enum(['all', 'signIn', 'security', 'letters', 'stamps', 'coordinator']).default('all') })),
  /** The whole log as text to keep, and whether its chain is whole. */
  'account.exportActivity': session<{ readonly text: string; readonly whole: boolean }>()(nothing),
  /** "This was not me": signs every other device out and owes a new password at once. */
  'account.notMe': session<Session>()(z.strictObject({ entryId: id })),

  // The coordinator
  'coordinator.view': session<CoordinatorView>()(nothing),
  'coordinator.people': session<readonly PeopleEntry[]>()(nothing),
  'coordinator.create': session<NewPerson>()(
    z.strictObject({ email: z.string().max(limits.email), firstName: text, lastName: text, site: text, coordinator: z.boolean().default(false) })
  ),
  'coordinator.setDisabled': session<readonly PeopleEntry[]>()(z.strictObject({ accountId: id, disabled: z.boolean() })),
  'coordinator.unlock': session<readonly PeopleEntry[]>()(z.strictObject({ accountId: id })),
  'coordinator.reset': session<NewPerson>()(z.strictObject({ accountId: id, password: z.string().max(limits.password) })),
  'coordinator.setRole': session<readonly PeopleEntry[]>()(z.strictObject({ accountId: id, coordinator: z.boolean() })),
  'coordinator.setPolicy': session<CoordinatorView>()(
    z.strictObject({
      presets: z.array(z.enum(['cheatSheet', 'facility', 'advice'])).min(1).max(3),
      release: z.enum(['timedThenAdmin', 'timed', 'admin']),
      password: z.string().max(limits.password)
    })
  ),
  /** The parish's answer to: may the coordinator open a volunteer's letters when a password is lost? */
  'coordinator.setEscrow': session<CoordinatorView>()(z.strictObject({ on: z.boolean(), password: z.string().max(limits.password) })),
  'home.summary': session<HomeSummary>()(nothing),

  // Contacts and the service's directory
  'facilities.list': session<readonly Facility[]>()(nothing),
  'directory.search': session<Page<DirectoryPerson>>()(
    z.strictObject({
      query: z.string().max(limits.search),
      state: text,
      facilityId: text,
      page: z.int().min(0).max(limits.page).default(0)
    })
  ),
  'contacts.list': session<readonly Contact[]>()(nothing),
  'contacts.add': session<Contact>()(z.strictObject({ facilityId: id, number: text })),
  'contacts.enterInvitationCode': session<Contact>()(z.strictObject({ contactId: id, code: text })),
  'contacts.remove': session<null>()(z.strictObject({ contactId: id })),

  // Stamps
  'stamps.wallets': session<readonly Wallet[]>()(nothing),
  'stamps.offer': session<StampOffer>()(z.strictObject({ contactId: id })),
  'stamps.quote': session<PurchaseQuote>()(z.strictObject({ contactId: id, packageId: id })),
  'stamps.purchase': session<Receipt>()(
    z.strictObject({
      ticket: id,
      card: z.strictObject({ number: text, expiry: text, securityCode: text, name: text }),
      billing: z.strictObject({ street: text, city: text, state: text, zip: text })
    })
  ),
  'stamps.receipts': session<Page<Receipt>>()(paged),

  // Drafts
  'drafts.list': session<readonly DraftSummary[]>()(nothing),
  'drafts.create': session<Draft>()(z.strictObject({ contactId: id.nullable().default(null) })),
  'drafts.open': session<Draft>()(z.strictObject({ draftId: id })),
  'drafts.save': session<DraftSaved>()(
    z.strictObject({
      draftId: id,
      baseRevision: z.int().min(0),
      patch: z.strictObject({
        contactId: id.nullable().optional(),
        subject: z.string().max(limits.subject).optional(),
        body: z.string().max(limits.body).optional(),
        prepaidReply: z.boolean().optional()
      }),
      /** The person said yes to an empty text replacing a written one. */
      allowEmpty: z.boolean().default(false),
      /** The person was asked about the words that go, and chose this text. */
      lossAnswered: z.boolean().default(false),
      /** Keep the text before this one in the history, however young it is (an earlier version was brought back). */
      keepEarlier: z.boolean().default(false)
    })
  ),
  'drafts.discard': session<null>()(z.strictObject({ draftId: id })),
  'drafts.undoDiscard': session<Draft>()(z.strictObject({ draftId: id })),
  'drafts.versions': session<readonly DraftVersion[]>()(z.strictObject({ draftId: id })),
  'drafts.version': session<DraftVersionText>()(z.strictObject({ draftId: id, versionId: id })),
  /** An editor with this draft was left: it is not in hand any more. */
  'drafts.putDown': session<null>()(z.strictObject({ draftId: id })),
  /** A photo as the window made it ready: a JPEG or PNG with nothing but the picture, base64. */
  'photos.add': session<readonly Photo[]>()(z.strictObject({ draftId: id, name: text, data: z.string().max(limits.photo) })),
  'photos.remove': session<readonly Photo[]>()(z.strictObject({ draftId: id, photoId: id })),
  'photos.open': session<PhotoData>()(z.strictObject({ photoId: id })),
  'drafts.unexpectedEnd': session<UnexpectedEnd>()(nothing),
  /** What was open when Epistle ended has been looked at. */
  'drafts.endSeen': session<null>()(nothing),

  // Letters
  /** The text of the chosen document, and what a letter cannot carry of it. Nothing is written yet. */
  'documents.read': session<ImportedDocument>()(z.strictObject({ placeId: id })),

  'letters.quote': session<LetterQuote>()(z.strictObject({ draftId: id, revision: z.int().min(0) })),
  'letters.send': session<Letter>()(z.strictObject({ ticket: id })),
  'letters.outbox': session<readonly LetterSummary[]>()(nothing),
  'letters.sent': session<Page<LetterSummary>>()(paged),
  'letters.open': session<Letter>()(z.strictObject({ letterId: id })),
  /** Takes a waiting letter back: it becomes a draft again and its stamps are free. */
  'letters.cancel': session<Draft>()(z.strictObject({ letterId: id })),
  'inbox.list': session<Page<InboxSummary>>()(paged),
  'inbox.open': session<InboxMessage>()(z.strictObject({ messageId: id })),

  // Files of the person's own, and long work
  /** Saves letters into the chosen file; answers at once, the rest comes as `jobChanged`. */
  'exports.start': session<JobView>()(z.strictObject({ placeId: id, format: z.enum(exportFormats), selection })),
  /** A letter, a thread or a year book on paper (`placeId` null: the system's print dialog) or as a PDF. */
  'prints.start': session<JobView>()(
    z.strictObject({
      placeId: id.nullable(),
      kind: z.enum(paperKinds),
      selection,
      textSize: z.enum(textSizes),
      withAddress: z.boolean()
    })
  ),
  'prints.options': session<{ readonly returnAddress: string }>()(nothing),
  'prints.setReturnAddress': session<{ readonly returnAddress: string }>()(z.strictObject({ returnAddress: text })),
  /** Looks through a chosen file of an older archive; nothing is saved. */
  'imports.read': session<JobView>()(z.strictObject({ placeId: id, contactId: id.nullable().default(null) })),
  /** What was found, once `imports.read` is done. */
  'imports.preview': session<ImportPreview>()(nothing),
  /** Yes to the preview: saves what it showed, all of it or nothing. */
  'imports.start': session<JobView>()(z.strictObject({ previewId: id })),
  'imports.list': session<readonly ImportRecord[]>()(nothing),
  /** Takes an import out again, with every message of it. */
  'imports.remove': session<JobView>()(z.strictObject({ importId: id })),
  /** One letter or answer of an older archive. */
  'imports.open': session<ImportedLetter>()(z.strictObject({ messageId: id })),
  /** Says whom a message is with, and all with the same name; null takes that back. */
  'imports.setPerson': session<ImportedLetter>()(z.strictObject({ messageId: id, contactId: id.nullable() })),
  'jobs.current': session<JobView | null>()(nothing),
  'jobs.cancel': session<null>()(z.strictObject({ jobId: id })),
  // The correspondence: threads, marks, what came back or is late
  /** Letters and replies with one person, across transfers, newest first; `before` is the `next` of a newer page, `downTo` that of the page itself when it is read again. */
  'thread.page': session<ThreadPage>()(
    z.strictObject({
      contactId: id,
      before: threadPlace,
      downTo: threadPlace,
      pageSize: z.int().min(1).max(50).default(20)
    })
  ),
  /** Puts a whole conversation away, or takes it out again; nothing is deleted. */
  'thread.archive': session<null>()(z.strictObject({ contactId: id, on: z.boolean() })),
  'marks.of': session<Marks>()(marked),
  'marks.flag': session<Marks>()(marked.extend({ on: z.boolean() })),
  'marks.archive': session<Marks>()(marked.extend({ on: z.boolean() })),
  /** The same for many letters and answers at once. */
  'marks.flagSeveral': session<null>()(z.strictObject({ items: chosenItems, on: z.boolean() })),
  'marks.archiveSeveral': session<null>()(z.strictObject({ items: chosenItems, on: z.boolean() })),
  'marks.saveNote': session<NoteSaved>()(marked.extend({ baseRevision: z.int().min(0), text: z.string().max(limits.note) })),
  'inbox.setRead': session<null>()(z.strictObject({ messageId: id, read: z.boolean() })),
  'prayers.list': session<Page<Prayer>>()(paged.extend({ closed: z.boolean().default(false) })),
  /** Opens an intention, or rewords the open one. */
  'prayers.open': session<Prayer>()(marked.extend({ words: text })),
  'prayers.prayed': session<Prayer>()(z.strictObject({ prayerId: id })),
  'prayers.close': session<Prayer>()(z.strictObject({ prayerId: id, closed: z.boolean() })),
  /** A draft that answers a reply: the one already begun, or a new one. */
  'inbox.answer': session<Draft>()(z.strictObject({ messageId: id })),
  /** A draft with a letter's text, to be mended and sent instead of it: the one already begun, or a new one. */
  'returned.resend': session<Draft>()(z.strictObject({ letterId: id })),
  'returned.list': session<Page<ReturnedLetter>>()(paged.extend({ settled: z.boolean().default(false) })),
  'returned.open': session<ReturnedCase>()(z.strictObject({ letterId: id })),
  'returned.dismiss': session<null>()(z.strictObject({ letterId: id, on: z.boolean() })),
  'drafts.origin': session<DraftOrigin | null>()(z.strictObject({ draftId: id })),
  'letters.late': session<LateLetters>()(nothing),
  /** The person is at another address now: registers it, and keeps both as one person. */
  'contacts.moved': session<Contact>()(z.strictObject({ contactId: id, facilityId: id, number: text })),
  'appeals.open': session<Appeal | null>()(z.strictObject({ letterId: id })),
  'appeals.save': session<Appeal>()(z.strictObject({ letterId: id, baseRevision: z.int().min(0), text: z.string().max(limits.note) })),
  'appeals.written': session<Appeal>()(z.strictObject({ letterId: id })),
  /** Figures of one's own letters between two months (year * 12 + month - 1), both included. */
  'figures.show': session<FiguresView>()(z.strictObject({ from: month, to: month })),
  'figures.save': session<JobView>()(z.strictObject({ placeId: id, from: month, to: month, table: z.enum(figureTables) })),
  // Copies of the mailbox, and the way back to one
  'backups.view': session<BackupsView>()(nothing),
  'backups.make': session<BackupMade>()(nothing),
  /** Opens the newest copy beside the mailbox and compares: a restore in all but the last step. */
  'backups.rehearse': session<Rehearsal>()(nothing),
  /** Asks for a folder with the system's dialog. null: nothing was chosen. */
  'backups.chooseFolder': shellSession<BackupsView | null>()(nothing),
  'backups.forgetFolder': session<BackupsView>()(nothing),
  'restore.view': duties<RestoreView>()(nothing),
  /** Looks for copies in a folder chosen with the system's dialog. null: nothing was chosen. */
  'restore.lookElsewhere': shellDuties<RestoreView | null>()(nothing),
  /** Puts a copy in the mailbox's place; the file from before is kept. `secret` only for a copy that was locked otherwise. */
  'restore.from': duties<Restored>()(
    z.strictObject({ copyId: text, with: z.enum(['password', 'recoveryCode']).optional(), secret: z.string().max(limits.password).optional() })
  ),

  // The archive: lists from any place, search, and searches kept by name
  'archive.page': session<ArchivePage>()(
    z.strictObject({
      box,
      order: z.enum(['time', 'person']).default('time'),
      offset: z.int().min(0).max(limits.entries).default(0),
      limit: z.int().min(1).max(limits.pageSize).default(100)
    })
  ),
  'archive.months': session<readonly ArchiveMonthCount[]>()(z.strictObject({ box })),
  'archive.search': session<ArchiveFound>()(
    z.strictObject({
      box: z.enum(['sent', 'inbox', 'both']),
      query: z.string().max(limits.search),
      filters: archiveFilters,
      /** `next` of the answer before; null: from the newest. */
      after: z.int().min(-limits.time).max(limits.time).nullable().default(null),
      limit: z.int().min(1).max(limits.pageSize).default(50)
    })
  ),
  'archive.saved': session<readonly SavedSearch[]>()(nothing),
  'archive.saveSearch': session<readonly SavedSearch[]>()(z.strictObject({ name: text, query: z.string().max(limits.search), filters: archiveFilters })),
  'archive.renameSearch': session<readonly SavedSearch[]>()(z.strictObject({ searchId: id, name: text })),
  'archive.deleteSearch': session<readonly SavedSearch[]>()(z.strictObject({ searchId: id })),

  // The line
  'sync.status': open<SyncStatus>()(nothing),
  'sync.now': session<SyncStatus>()(nothing),

  // The simulated service's own controls and post
  'post.list': open<readonly PostItem[]>()(nothing),
  'practice.state': open<PracticeState>()(nothing),
  'practice.set': open<PracticeState>()(
    z.strictObject({
      offline: z.boolean().optional(),
      latencyMs: z.tuple([z.int().min(0).max(60_000), z.int().min(0).max(60_000)]).optional(),
      faults: z
        .strictObject({
          dropRequest: chance,
          dropResponse: chance,
          error500: chance,
          error429: chance,
          duplicateResponse: chance,
          malformedResponse: chance
        })
        .partial()
        .optional()
    })
  ),
  'practice.fastForward': open<PracticeState>()(z.strictObject({ hours: z.int().min(1).max(24 * 365) })),

  // What surrounds the app, and what went wrong: no secret, so it needs nobody signed in
  'surroundings.state': open<Surroundings>()(nothing),
  /** The person has read a warning; for the clock: the date of this PC is right. */
  'surroundings.putAway': open<Surroundings>()(z.strictObject({ what: z.enum(['place', 'clock']) })),
  'surroundings.report': open<TroubleReport>()(nothing),
  /** Asks for a file, and puts the support bundle there. Answers with the file's name once it is on disk, or null when the person thought better of it. */
  'surroundings.saveReport': shell<{ readonly fileName: string | null }>()(nothing),

  // Preferences and windows
  'settings.get': shell<Settings>()(nothing),
  'settings.set': shell<Settings>()(
    z.strictObject({
      textSize: z.int().min(100).max(200).optional(),
      theme: z.enum(['system', 'light', 'dark', 'contrast']).optional()
    })
  ),
  'windows.open': shell<null>()(nothing),
  /** A window's answer to the `flush` event, and whether everything typed is saved. */
  'windows.flushed': shell<null>()(z.strictObject({ flushId: id, saved: z.boolean().default(true) })),
  /** The system's own dialog: where to save. null: nothing was chosen. The path stays between the shell and the core. */
  'files.chooseSave': shellSession<ChosenPlace | null>()(z.strictObject({ kind: z.enum(saveKinds), name: z.string().max(limits.fileName) })),
  /** The same for a file to read. */
  'files.chooseOpen': shellSession<ChosenPlace | null>()(z.strictObject({ kind: z.enum(openKinds) })),
  /** The file that was just dropped onto this window, once. Which one it is went from the preload to main; a page cannot name it. Fails with CHOOSE_AGAIN. */
  'files.takeDropped': shellSession<ChosenPlace>()(nothing)
} as const

export type Commands = typeof commands
export type CommandName = keyof Commands
export type CommandInput<N extends CommandName> = z.output<Commands[N]['input']>
/** What a caller writes: fields with a default may be left out. */
export type CommandCall<N extends CommandName> = z.input<Commands[N]['input']>
export type CommandOutput<N extends CommandName> = Exclude<Commands[N]['output'], undefined>
export type CoreCommandName = {
  [N in CommandName]: Commands[N]['answeredBy'] extends 'core' ? N : never
}[CommandName]
