/** Which use case answers which command. A handler is a line: what to call. A missing one does not compile. */
import type { commands} from '../contract/commands';
import { type CommandInput, type CommandOutput, type CoreCommandName } from '../contract/commands'
import { failure, success, type Result } from '../contract/result'
import {
  acceptEmessagingTerms,
  appState,
  createAccount,
  openPractice,
  signIn,
  type AccountsContext
} from './accounts'
import { addContact, enterInvitationCode, listContacts, listFacilities, removeContact, searchDirectory } from './contacts'
import type { DeskSession } from './desk-session'
import { createDraft, discardDraft, draftRevisions, listDrafts, openDraft, saveDraft, undoDiscard } from './drafts'
import { summariseHome } from './home'
import { listInbox, openMessage } from './inbox'
import { cancelLetter, listOutbox, listSent, openLetter, quoteLetter, sendLetter } from './letters'
import { fillPracticeMailbox } from './practice'
import { listReceipts, purchaseStamps, quotePurchase, stampOffer } from './stamps'
import { walletsOf } from './wallets'

export type AppContext = AccountsContext & {
  /** The line's state while nobody is signed in. */
  readonly idleStatus: () => CommandOutput<'sync.status'>
  readonly announcePractice: () => void
}

type SessionCommand = { [N in CoreCommandName]: (typeof commands)[N]['access'] extends 'session' ? N : never }[CoreCommandName]
type Answer<N extends CoreCommandName> = Result<CommandOutput<N>> | Promise<Result<CommandOutput<N>>>
type OpenHandlers = { readonly [N in Exclude<CoreCommandName, SessionCommand>]: (context: AppContext, input: CommandInput<N>) => Answer<N> }
type SessionHandlers = {
  readonly [N in SessionCommand]: (session: DeskSession, input: CommandInput<N>, context: AppContext) => Answer<N>
}

const openHandlers: OpenHandlers = {
  'app.state': (context) => success(appState(context)),
  'accounts.signUpStart': (context) => context.frontDesk.challenge(),
  'accounts.create': (context, input) => createAccount(context, input),
  'accounts.signIn': (context, input) => signIn(context, input),
  'accounts.practice': async (context) => {
    const opened = await openPractice(context)
    const session = context.seat.current()
    if (opened.ok && session !== null) await fillPracticeMailbox(session)
    return opened
  },
  'sync.status': (context) => success(context.seat.current()?.line.status() ?? context.idleStatus()),
  'post.list': (context) => success(context.practice.post()),
  'practice.state': (context) => success(context.practice.state()),
  'practice.set': async (context, input) => {
    const state = await context.practice.set(input)
    context.announcePractice()
    context.seat.current()?.line.nudge()
    return success(state)
  },
  'practice.fastForward': async (context, input) => {
    const state = await context.practice.fastForward(input.hours)
    await context.seat.current()?.line.syncNow()
    context.announcePractice()
    return success(state)
  }
}

const sessionHandlers: SessionHandlers = {
  'accounts.signOut': async (_session, _input, context) => {
    await context.seat.close()
    return success(null)
  },
  'accounts.acceptEmessagingTerms': (session, input) => acceptEmessagingTerms(session, input),
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
  'drafts.revisions': (session, input) => draftRevisions(session, input),
  'letters.quote': (session, input) => quoteLetter(session, input),
  'letters.send': (session, input) => sendLetter(session, input),
  'letters.outbox': (session) => success(listOutbox(session)),
  'letters.sent': (session, input) => success(listSent(session, input)),
  'letters.open': (session, input) => openLetter(session, input),
  'letters.cancel': (session, input) => cancelLetter(session, input),
  'inbox.list': (session, input) => success(listInbox(session, input)),
  'inbox.open': (session, input) => openMessage(session, input),
  'sync.now': async (session) => success(await session.line.syncNow())
}

const isOpen = (name: CoreCommandName): name is keyof OpenHandlers => name in openHandlers

/**
 * Answers one parsed command.
 * @returns SIGNED_OUT when the command needs somebody at the desk and nobody is there
 */
export const answer = async <N extends CoreCommandName>(
  context: AppContext,
  name: N,
  input: CommandInput<N>
): Promise<Result<CommandOutput<N>>> => {
  // The tables above are checked entry by entry; TypeScript cannot follow a name through two of them at once.
  type Handler = (first: unknown, input: unknown, context: AppContext) => Answer<N>
  if (isOpen(name)) return (openHandlers[name] as unknown as Handler)(context, input, context)
  const session = context.seat.current()
  if (session === null) return failure('SIGNED_OUT')
  return (sessionHandlers[name as SessionCommand] as unknown as Handler)(session, input, context)
}
