/** Which use case answers which command. A handler is a line: what to call. A missing one does not compile. */
import { commands, type CommandInput, type CommandOutput, type CoreCommandName } from '../contract/commands'
import type { InnerCommandName, InnerCommands } from '../contract/inner-commands'
import { failure, success, type Result } from '../contract/result'
import { listActivity } from './activity'
import {
  accountDetails,
  changePasscode,
  changePassword,
  changeQuestions,
  confirmTotp,
  exportActivity,
  listDevices,
  newPrintedCodes,
  newRecoveryCode,
  notMe,
  secondStepOff,
  setCodeByPost,
  signOutDevice,
  updateProfile,
  type AccountPagesContext,
  type OpenVisit
} from './account-pages'
import {
  appState,
  createAccount,
  forgetAccount,
  openPractice,
  passwordRules,
  secondStep,
  sendSignInCode,
  signIn,
  type AccountsContext
} from './accounts'
import { archiveMonths, archivePage, deleteSearch, listSavedSearches, renameSearch, saveSearch, searchArchive } from './archive'
import { coordinatorView, createPerson, listPeople, resetPerson, setDisabled, setEscrow, setPolicy, setRole, unlockPerson } from './coordinator'
import { addContact, enterInvitationCode, listContacts, listFacilities, removeContact, searchDirectory } from './contacts'
import type { DeskSession } from './desk-session'
import { readDocument } from './documents'
import { createDraft, discardDraft, listDrafts, openDraft, saveDraft, undoDiscard } from './drafts'
import { acceptEmessagingTerms, acceptTerms, changeOwedPassword, openSealedMailbox, startNewMailbox } from './duties'
import { startExport } from './export'
import { saveFigures, showFigures } from './figures'
import { summariseHome } from './home'
import { listInbox, openMessage, setRead } from './inbox'
import { forgetFolder, makeBackup, rehearseRestore, useFolder, viewBackups, type BackupsContext } from './backups'
import { lookIn, restoreFrom, viewRestore, type RestoreContext } from './restore'
import { openImported, setImportedPerson } from './imported'
import { importPreview, listImports, readImport, removeImport, startImport } from './import'
import { cancelLetter, listOutbox, listSent, openLetter, quoteLetter, sendLetter } from './letters'
import type { Outside } from './outside'
import type { Places } from './places'
import { archiveSeveral, archiveThread, flagSeveral, marksOf, saveNote, setArchived, setFlag } from './marks'
import { moveContact } from './moves'
import { answerMessage, draftOrigin, resendLetter } from './origins'
import { fillPracticeMailbox } from './practice'
import { addPhoto, openPhoto, removePhoto } from './photos'
import { closePrayer, listPrayers, notePrayed, openPrayer } from './prayers'
import { dismissReturned, listReturned, openReturned } from './returned'
import { markAppealWritten, openAppeal, saveAppeal } from './appeals'
import { listLate } from './late'
import { threadPage } from './thread'
import { printOptions, setReturnAddress, startPrint } from './print'
import { listReceipts, purchaseStamps, quotePurchase, stampOffer } from './stamps'
import { draftVersions, draftVersionText } from './timelines'
import { putDown } from './in-hand'
import { forgetUnexpectedEnd, viewUnexpectedEnd } from './unexpected-end'
import { dutiesOf, type Visit } from './visit'
import type { SurroundingsWatch } from './surroundings'
import { makeReport, type ReportSources } from './trouble-report'
import { walletsOf } from './wallets'

export type AppContext = AccountsContext &
  AccountPagesContext &
  BackupsContext &
  RestoreContext & {
    /** The line's state while nobody's mailbox is open. */
    readonly idleStatus: () => CommandOutput<'sync.status'>
    readonly announcePractice: () => void
    readonly outside: Outside
    readonly places: Places<Visit>
    readonly surroundings: SurroundingsWatch
    readonly report: ReportSources
  }

type Access = (typeof commands)[CoreCommandName]['access']
type CommandsOf<A extends Access> = { [N in CoreCommandName]: (typeof commands)[N]['access'] extends A ? N : never }[CoreCommandName]
type Answer<N extends CoreCommandName> = Result<CommandOutput<N>> | Promise<Result<CommandOutput<N>>>
type OpenHandlers = { readonly [N in CommandsOf<'open'>]: (context: AppContext, input: CommandInput<N>) => Answer<N> }
type VisitHandlers = {
  readonly [N in CommandsOf<'locked' | 'duties'>]: (visit: Visit, input: CommandInput<N>, context: AppContext) => Answer<N>
}
type SessionHandlers = {
  readonly [N in CommandsOf<'session'>]: (session: DeskSession, input: CommandInput<N>, context: AppContext, visit: OpenVisit) => Answer<N>
}

const openHandlers: OpenHandlers = {
  'app.state': (context) => success(appState(context)),
  'accounts.signUpStart': (context) => context.frontDesk.challenge(),
  'accounts.create': (context, input) => createAccount(context, input),
  'accounts.signIn': (context, input) => signIn(context, input),
  'accounts.sendSignInCode': (context, input) => sendSignInCode(context, input),
  'accounts.secondStep': (context, input) => secondStep(context, input),
  'accounts.passwordRules': (context) => passwordRules(context),
  'accounts.forgotStart': (context, input) => context.frontDesk.forgotStart(input.email),
  'accounts.forgotFinish': (context, input) => context.frontDesk.forgotFinish(input),
  'accounts.forget': (context, input) => forgetAccount(context, input),
  'accounts.practice': async (context) => {
    const opened = await openPractice(context)
    const session = context.visits.current()?.desk ?? null
    if (opened.ok && session !== null) await fillPracticeMailbox(session)
    return opened
  },
  'sync.status': (context) => success(lineOf(context)?.status() ?? context.idleStatus()),
  'post.list': (context) => success(context.practice.post()),
  'practice.state': (context) => success(context.practice.state()),
  'practice.set': async (context, input) => {
    const state = await context.practice.set(input)
    context.announcePractice()
    lineOf(context)?.nudge()
    return success(state)
  },
  'practice.fastForward': async (context, input) => {
    const state = await context.practice.fastForward(input.hours)
    await lineOf(context)?.syncNow()
    context.announcePractice()
    return success(state)
  },
  'surroundings.state': (context) => success(context.surroundings.view()),
  'surroundings.putAway': (context, input) => success(context.surroundings.putAway(input.what)),
  'surroundings.report': (context) => success(makeReport(context.report))
}

/** The line of whoever's mailbox is open; its controls are the practice panel's, which shows nothing of a mailbox. */
const lineOf = (context: AppContext) => context.visits.current()?.desk?.line

const visitHandlers: VisitHandlers = {
  'accounts.signOut': async (_visit, _input, context) => {
    await context.visits.end('signedOut')
    return success(null)
  },
  'desk.handOver': async (_visit, _input, context) => {
    await context.visits.end('handedOver')
    return success(null)
  },
  'desk.lock': (visit, _input, context) => {
    context.visits.lock(visit)
    return success(null)
  },
  'desk.unlock': async (visit, input, context) => {
    if (!visit.locked) return success(context.visits.view(visit))
    const hash = visit.desk?.mailbox.meta.get('passcodeHash') ?? null
    return context.visits.unlock(visit, hash !== null && (await context.kdf.verify(hash, input.passcode)))
  },
  'desk.stay': (_visit, _input, context) => {
    context.visits.stay()
    return success(null)
  },
  'duties.acceptTerms': (visit, input, context) => acceptTerms(context, visit, input),
  'duties.changePassword': (visit, input, context) => changeOwedPassword(context, visit, input),
  'duties.openMailbox': (visit, input, context) => openSealedMailbox(context, visit, input),
  'duties.startNewMailbox': (visit, _input, context) => startNewMailbox(context, visit),
  'restore.view': (visit, _input, context) => success(viewRestore(context, visit)),
  'restore.from': (visit, input, context) => restoreFrom(context, visit, input)
}

const sessionHandlers: SessionHandlers = {
  'accounts.acceptEmessagingTerms': (_session, input, context, visit) => acceptEmessagingTerms(context, visit, input),
  'account.details': (_session, _input, context, visit) => accountDetails(context, visit),
  'account.updateProfile': (_session, input, context, visit) => updateProfile(context, visit, input),
  'account.changePassword': (_session, input, context, visit) => changePassword(context, visit, input),
  'account.changeQuestions': (_session, input, _context, visit) => changeQuestions(visit, input),
  'account.changePasscode': (_session, input, context, visit) => changePasscode(context, visit, input),
  'account.newRecoveryCode': (_session, input, context, visit) => newRecoveryCode(context, visit, input),
  'account.beginTotp': (_session, input, _context, visit) => visit.service.beginTotp(input.password),
  'account.confirmTotp': (_session, input, _context, visit) => confirmTotp(visit, input),
  'account.setCodeByPost': (_session, input, _context, visit) => setCodeByPost(visit, input),
  'account.secondStepOff': (_session, input, context, visit) => secondStepOff(context, visit, input),
  'account.newPrintedCodes': (_session, input, _context, visit) => newPrintedCodes(visit, input),
  'account.devices': (_session, _input, context, visit) => listDevices(context, visit),
  'account.signOutDevice': (_session, input, context, visit) => signOutDevice(context, visit, input),
  'account.activity': (session, input) => success(listActivity(session.mailbox, input)),
  'account.exportActivity': (_session, _input, context, visit) => exportActivity(context, visit),
  'account.notMe': (_session, input, context, visit) => notMe(context, visit, input),
  'coordinator.view': (_session, _input, context, visit) => coordinatorView(context, visit),
  'coordinator.people': (_session, _input, context, visit) => listPeople(context, visit),
  'coordinator.create': (_session, input, context, visit) => createPerson(context, visit, input),
  'coordinator.setDisabled': (_session, input, context, visit) => setDisabled(context, visit, input),
  'coordinator.unlock': (_session, input, context, visit) => unlockPerson(context, visit, input),
  'coordinator.reset': (_session, input, context, visit) => resetPerson(context, visit, input),
  'coordinator.setRole': (_session, input, context, visit) => setRole(context, visit, input),
  'coordinator.setPolicy': (_session, input, context, visit) => setPolicy(context, visit, input),
  'coordinator.setEscrow': (_session, input, context, visit) => setEscrow(context, visit, input),
  'home.summary': (session) => success(summariseHome(session)),
  'facilities.list': (session) => listFacilities(session),
  'directory.search': (session, input) => searchDirectory(session, input),
  'contacts.list': (session) => success(listContacts(session)),
  'contacts.add': (session, input) => addContact(session, input),
  'contacts.enterInvitationCode': (session, input) => enterInvitationCode(session, input),
  'contacts.remove': (session, input) => removeContact(session, input),
  'stamps.wallets': (session) => success(walletsOf(session.mailbox)),
  'stamps.offer': (session, input) => stampOffer(session, input),
  'stamps.quote': (session, input) => quotePurchase(session, input),
  'stamps.purchase': (session, input) => purchaseStamps(session, input),
  'stamps.receipts': (session, input) => success(listReceipts(session, input)),
  'drafts.list': (session) => success(listDrafts(session)),
  'drafts.create': (session, input) => createDraft(session, input),
  'drafts.open': (session, input) => openDraft(session, input),
  'drafts.save': (session, input) => saveDraft(session, input),
  'drafts.discard': (session, input) => discardDraft(session, input),
  'drafts.undoDiscard': (session, input) => undoDiscard(session, input),
  'drafts.versions': (session, input) => draftVersions(session, input),
  'drafts.version': (session, input) => draftVersionText(session, input),
  'drafts.putDown': (session, input) => putDown(session, input),
  'drafts.unexpectedEnd': (session) => success(viewUnexpectedEnd(session)),
  'drafts.endSeen': (session, _input, context) => {
    forgetUnexpectedEnd(session)
    context.visits.tell()
    return success(null)
  },
  'photos.add': (session, input) => addPhoto(session, input),
  'photos.remove': (session, input) => removePhoto(session, input),
  'photos.open': (session, input) => openPhoto(session, input),
  'documents.read': (_session, input, context, visit) => readDocument(context, visit, input),
  'letters.quote': (session, input) => quoteLetter(session, input),
  'letters.send': (session, input) => sendLetter(session, input),
  'letters.outbox': (session) => success(listOutbox(session)),
  'letters.sent': (session, input) => success(listSent(session, input)),
  'letters.open': (session, input) => openLetter(session, input),
  'letters.cancel': (session, input) => cancelLetter(session, input),
  'inbox.list': (session, input) => success(listInbox(session, input)),
  'inbox.open': (session, input) => openMessage(session, input),
  'exports.start': (session, input, context, visit) => startExport(context, visit, session, input),
  'prints.start': (session, input, context, visit) => startPrint(context, visit, session, input),
  'prints.options': (session) => success(printOptions(session)),
  'prints.setReturnAddress': (session, input) => success(setReturnAddress(session, input)),
  'imports.read': (session, input, context, visit) => readImport(context, visit, session, input),
  'imports.preview': (session) => importPreview(session),
  'imports.start': (session, input, context, visit) => startImport(context, visit, session, input),
  'imports.list': (session) => success(listImports(session)),
  'imports.remove': (session, input) => removeImport(session, input),
  'imports.open': (session, input) => openImported(session, input),
  'imports.setPerson': (session, input, context) => setImportedPerson(context, session, input),
  'jobs.current': (session) => success(session.jobs.current()),
  'jobs.cancel': (session, input) => (session.jobs.cancel(input.jobId) ? success(null) : failure('NOT_FOUND')),
  'thread.page': (session, input) => threadPage(session, input),
  'thread.archive': (session, input) => archiveThread(session, input),
  'marks.of': (session, input) => marksOf(session, input),
  'marks.flag': (session, input) => setFlag(session, input),
  'marks.archive': (session, input) => setArchived(session, input),
  'marks.flagSeveral': (session, input, context) => flagSeveral(context, session, input),
  'marks.archiveSeveral': (session, input, context) => archiveSeveral(context, session, input),
  'marks.saveNote': (session, input) => saveNote(session, input),
  'inbox.setRead': (session, input) => setRead(session, input),
  'prayers.list': (session, input) => success(listPrayers(session, input)),
  'prayers.open': (session, input) => openPrayer(session, input),
  'prayers.prayed': (session, input) => notePrayed(session, input),
  'prayers.close': (session, input) => closePrayer(session, input),
  'inbox.answer': (session, input) => answerMessage(session, input),
  'returned.resend': (session, input) => resendLetter(session, input),
  'returned.list': (session, input) => success(listReturned(session, input)),
  'returned.open': (session, input) => openReturned(session, input),
  'returned.dismiss': (session, input) => dismissReturned(session, input),
  'drafts.origin': (session, input) => draftOrigin(session, input),
  'letters.late': (session) => success(listLate(session)),
  'contacts.moved': (session, input) => moveContact(session, input),
  'appeals.open': (session, input) => openAppeal(session, input),
  'appeals.save': (session, input) => saveAppeal(session, input),
  'appeals.written': (session, input) => markAppealWritten(session, input),
  'figures.show': (session, input) => showFigures(session, input),
  'figures.save': (session, input, context, visit) => saveFigures(context, visit, session, input),
  'backups.view': (_session, _input, context, visit) => success(viewBackups(context, visit)),
  'backups.make': (_session, _input, _context, visit) => makeBackup(visit),
  'backups.rehearse': (_session, _input, context, visit) => rehearseRestore(context, visit),
  'backups.forgetFolder': (_session, _input, context, visit) => success(forgetFolder(context, visit)),
  'archive.page': (session, input) => success(archivePage(session, input)),
  'archive.months': (session, input) => success(archiveMonths(session, input)),
  'archive.search': (session, input) => success(searchArchive(session, input)),
  'archive.saved': (session) => success(listSavedSearches(session)),
  'archive.saveSearch': (session, input) => saveSearch(session, input),
  'archive.renameSearch': (session, input) => renameSearch(session, input),
  'archive.deleteSearch': (session, input) => deleteSearch(session, input),
  'sync.now': async (session) => success(await session.line.syncNow())
}

const isOpenCommand = (name: CoreCommandName): name is keyof OpenHandlers => commands[name].access === 'open'
const isVisitCommand = (name: CoreCommandName): name is keyof VisitHandlers => commands[name].access === 'locked' || commands[name].access === 'duties'

/**
 * Answers one parsed command.
 * @returns SIGNED_OUT when nobody is at the desk, LOCKED while the screen is covered, DUTY_FIRST while something is owed
 */
export const answer = async <N extends CoreCommandName>(
  context: AppContext,
  name: N,
  input: CommandInput<N>
): Promise<Result<CommandOutput<N>>> => {
  // The tables above are checked entry by entry; TypeScript cannot follow a name through two of them at once.
  type Handler = (...given: readonly unknown[]) => Answer<N>
  if (isOpenCommand(name)) return (openHandlers[name] as unknown as Handler)(context, input)
  const visit = context.visits.current()
  if (visit === null) return failure('SIGNED_OUT')
  if (visit.locked && commands[name].access !== 'locked') return failure('LOCKED')
  if (isVisitCommand(name)) return (visitHandlers[name] as unknown as Handler)(visit, input, context)
  if (dutiesOf(visit).length > 0 || !isOpenVisit(visit)) return failure('DUTY_FIRST')
  const { desk } = visit
  const handler = sessionHandlers[name as keyof SessionHandlers] as unknown as Handler
  // A mailbox is not closed under something that still has to write into it.
  return desk.line.hold(async () => handler(desk, input, context, visit))
}

/** Answers what the shell asks after a person chose something in a dialog of the system. */
export const answerInner = async <N extends InnerCommandName>(
  context: AppContext,
  name: N,
  input: InnerCommands[N]['input']
): Promise<Result<InnerCommands[N]['output']>> => {
  const visit = context.visits.current()
  if (visit === null) return failure('SIGNED_OUT')
  if (visit.locked) return failure('LOCKED')
  if (name === 'restore.lookIn') return lookIn(context, visit, input.path)
  if (dutiesOf(visit).length > 0 || !isOpenVisit(visit)) return failure('DUTY_FIRST')
  return useFolder(context, visit, input.path)
}

const isOpenVisit = (visit: Visit): visit is OpenVisit => visit.desk !== null && visit.key !== null && visit.watch !== null
