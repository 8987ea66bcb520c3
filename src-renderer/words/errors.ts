/**
 * One sentence for every way a command can fail: what is wrong, then the next step. No codes, no stack. The sentences
 * that bad-inputs.md gives are used word for word. The help article of each code is found in words/help.ts.
 */
import type { ErrorCode } from '@contract/error-codes'
import type { Failure } from '@contract/result'
import { fileNotRead, fileNotWritten, fileNotWrittenNext, printFailed, printFailedNext } from './files'
import { nameInSentence } from './names'
import { contradictionWords } from './password-lines'
import { photoNotAdded, photoNotAddedNext } from './photos'
import { counted } from './plural'

type Params = NonNullable<Failure['params']>
type Say = (params: Params) => string

/** What is wrong, and what to do now. */
export type FailureWords = { readonly sentence: string; readonly next: string }

const text = (params: Params, key: string, otherwise: string): string => {
  const value = params[key]
  return value === undefined || value === '' ? otherwise : String(value)
}
const number = (params: Params, key: string): number | null => {
  const value = params[key]
  return typeof value === 'number' ? value : null
}

const triesLeft: Say = (params) => {
  const tries = number(params, 'triesLeft')
  if (tries === null) return 'Check the address and type the password again.'
  if (tries <= 0) return 'No tries are left for now.'
  return tries === 1 ? 'One try left.' : `${tries} tries left.`
}

const locked: Say = (params) => {
  const minutes = number(params, 'minutes')
  return minutes === null || minutes <= 0
    ? 'This account is locked. Ask your coordinator.'
    : `Locked for ${counted(Math.ceil(minutes), 'minute')}, or ask your coordinator.`
}

const lockedNext: Say = (params) =>
  (number(params, 'minutes') ?? 0) > 0
    ? 'The time counts while Epistle is open. Your drafts and letters are safe and wait for you.'
    : 'Your drafts and letters are safe and wait for you.'

const passcodeNext: Say = (params) => {
  const tries = number(params, 'triesLeft')
  return tries === null ? 'Type your four digits again.' : `${tries === 1 ? 'One try left' : `${tries} tries left`}, then you are signed out. Your drafts are kept.`
}

/** "Mary Keane's letters", or "your letters" where nobody is named. */
const lettersOf: Say = (params) => {
  const name = text(params, 'name', '')
  return name === '' ? 'your letters' : `${nameInSentence(name)}'s letters`
}

const stampsShort: Say = (params) => {
  const need = number(params, 'need')
  const have = number(params, 'have')
  if (need === null || have === null) return 'There are not enough stamps for this letter.'
  const unit = text(params, 'unit', 'stamp')
  return `You need ${counted(need, unit)} and have ${have === 0 ? 'none' : have}.`
}

const waiting: Say = (params) => {
  const count = number(params, 'count') ?? 1
  return `${counted(count, 'letter')} ${count === 1 ? 'is' : 'are'} still waiting for ${text(params, 'name', 'this person')}.`
}

const unavailable: Say = (params) => {
  const name = text(params, 'name', 'This person')
  const reason = text(params, 'reason', '')
  if (reason === 'suspended') return `${name} may not get messages at the moment.`
  const known = reason === 'transferred' || reason === 'released'
  return `${name} is not at this facility any more${known ? ` (${reason})` : ''}.`
}

const copyNotMade: Say = (params) => {
  switch (text(params, 'reason', '')) {
    case 'noRoom':
      return 'No copy was made: the disk is nearly full.'
    case 'mailboxDamaged':
      return 'No copy was made: the file with your letters is damaged.'
    case 'unreachable':
      return 'No copy was made: the folder for copies cannot be written to.'
    case 'none':
      return 'There is no copy to try yet.'
    default:
      return 'No copy was made.'
  }
}

const copyNotMadeNext: Say = (params) => {
  switch (text(params, 'reason', '')) {
    case 'noRoom':
      return 'Your letters are saved. Make room on this PC, then back up again.'
    case 'mailboxDamaged':
      return 'Nothing was deleted. Go back to the last good copy on the page that opens now.'
    case 'unreachable':
      return 'Your letters are saved. Ask whoever looks after this PC for the right to write there.'
    case 'none':
      return 'Back up now, then try again.'
    default:
      return 'Your letters are saved. Try again; if it goes on, tell whoever looks after this PC.'
  }
}

const unavailableNext: Say = (params) =>
  params['reason'] === 'suspended' ? 'Your text is kept. Try again another day.' : 'Update the address.'

const notReadSentence: Say = (params) => {
  const name = text(params, 'name', 'this file')
  switch (params['why']) {
    case 'kind':
      return `Epistle cannot read ${name}.`
    case 'tooComplex':
      return 'This e-mail is too complex to import.'
    case 'tooLarge':
      return `${name} is larger than 20 MB.`
    case 'tooLong':
      return `${name} is longer than any letter can be.`
    case 'empty':
      return `There is no text in ${name}.`
    case 'mailbox':
      return `${name} holds many e-mails, not one letter.`
    case 'unreadable':
      return `We could not read ${name}. Is the USB stick still in?`
    default:
      return 'This file is damaged or unsafe, so we did not open it.'
  }
}

const notReadNext: Say = (params) => {
  switch (params['why']) {
    case 'kind':
      return 'Save it as .docx or .txt first.'
    case 'tooComplex':
      return 'Copy the text instead.'
    case 'tooLarge':
      return 'Take the pictures out, or copy the text and paste it here.'
    case 'tooLong':
      return 'Copy the part you need and paste it here.'
    case 'empty':
      return 'Choose another file. A letter that was scanned is a picture and has to be typed.'
    case 'mailbox':
      return 'Bring them in under Settings, or save the one you need by itself.'
    case 'unreadable':
      return 'Close it in other programs, then choose it again.'
    default:
      return 'Open it in the program it was written with, copy the text, and paste it here.'
  }
}

const words: { readonly [C in ErrorCode]: readonly [sentence: string | Say, next: string | Say] } = {
  BAD_REQUEST: ['Epistle did not understand its own window.', 'Nothing was changed. Try once more; if it happens again, close Epistle and open it again.'],
  NOT_FOUND: ['This is not here any more.', 'It may have been sent, discarded or removed. Go back to the list.'],
  SIGNED_OUT: ['You are signed out.', 'Sign in again: your drafts are kept.'],
  INVALID: ['There is a problem.', 'Look at the fields marked below.'],
  SIGN_IN_REFUSED: ['That e-mail and password do not match.', triesLeft],
  ACCOUNT_LOCKED: [locked, lockedNext],
  LOCKED: ['The screen is locked.', 'Type your passcode first, then try again.'],
  PASSCODE_REFUSED: ['That passcode is not right.', passcodeNext],
  DUTY_FIRST: ['Something else has to be done first.', 'Follow the page that is open, then go on here.'],
  CODE_REFUSED: ['That code is not valid now.', 'Type the newest one. Codes from the app last 30 seconds, codes that were sent to you 10 minutes, and a printed code works once.'],
  SIGN_IN_AGAIN: ['This sign-in took too long, or too many codes were wrong.', 'Nothing is lost. Type your password again.'],
  PASSWORD_REFUSED: ['That is not your password.', 'Nothing was changed. Type the password you sign in with.'],
  MAILBOX_STAYS_SEALED: ['That does not open the letters.', 'Check every letter and number and try again, or choose another way.'],
  MAILBOX_MISSING: [(params) => `We can't find ${lettersOf(params)} on this PC. Restore a backup.`, 'The password is not the trouble. Choose a copy on the next page, or put the USB stick with the copies in and look there.'],
  MAILBOX_DAMAGED: [(params) => `The file with ${lettersOf(params)} on this PC is damaged.`, 'The password is not the trouble, and nothing was deleted. Restore a backup: the copies are on the next page.'],
  NOT_ALLOWED: ['Only a coordinator of this parish may do this.', 'Nothing was changed. Ask your coordinator.'],
  LAST_COORDINATOR: ['The parish needs at least one coordinator.', 'Nothing was changed. Make somebody else a coordinator first.'],
  RULES_CONTRADICT: [(params) => contradictionWords(text(params, 'reason', '')), 'The rules are as they were. Choose others.'],
  RESET_REFUSED: ['The code and the answers do not fit.', 'Check the code in the Service post and all three questions. After three tries the account is locked for a while.'],
  CHECK_EMAIL: ['Check your e-mail to continue.', 'The next step is in the message the service sent to this address.'],
  TERMS_NEEDED: ['The eMessaging terms come first.', 'Read them and agree, then go on.'],
  OFFLINE: ['The service cannot be reached now.', 'Nothing is lost. Try again when the line is back.'],
  SERVICE_TROUBLE: ['The service has trouble of its own.', 'Nothing is lost. Wait a minute, then try again.'],
  FIRST_SIGN_IN_NEEDS_SERVICE: ['The first sign-in on this PC needs the service, and it cannot be reached now.', 'Try again when the line is back. After the first time you can also sign in offline.'],
  NOT_ENOUGH_STAMPS: [stampsShort, 'Buy stamps or save for later.'],
  CONFIRM_AGAIN: ['Please confirm again.', 'The question waited too long, so nothing was sent and no stamp was used.'],
  LETTER_CHANGED: ['The letter changed. Please confirm again.', 'Nothing was sent and no stamp was used.'],
  DRAFT_CLOSED: ['This letter was sent or discarded meanwhile.', 'Look in Outbox, Sent Messages or Drafts.'],
  TOO_LATE_TO_CANCEL: ['This letter has already left and cannot be taken back.', 'You can follow it in Sent Messages.'],
  PRICE_CHANGED: ['The price changed. Please look again.', 'Nothing was charged and no stamp was used.'],
  ALREADY_A_CONTACT: [(params) => `Already in your list: ${text(params, 'name', 'this person')}.`, 'Nothing to do: you can write at once.'],
  CONTACT_UNAVAILABLE: [unavailable, unavailableNext],
  LETTERS_WAITING: [waiting, 'Let them go, or take them back in the Outbox, then remove the contact.'],
  CARD_DECLINED: ['Card declined. No stamps added.', 'Try another card, or ask the treasurer.'],
  CARD_INSUFFICIENT: ['There is not enough money on this card. No stamps added.', 'Choose a smaller package or another card.'],
  SENDING_STOPPED: ['Sending has stopped: the records of letters and stamps on this PC do not add up.', 'Reading and writing still work, and nothing is spent. Close Epistle and open it again; if it stays so, bring back the last copy of the letters.'],
  PURCHASE_UNSETTLED: ['No charge yet. We will finish when online.', 'Look at your receipts in a while: they say whether it went through. A second charge cannot happen.'],
  TOO_MANY_SEARCHES: ['There is no room for another saved search.', 'Delete one you no longer need, then save this one.'],
  DISK_FULL: ['Not saved: the disk is full. Copy your text now.', 'Make room on this PC, then save again.'],
  READ_ONLY: ['Read-only: you can read and print, not write.', 'Ask whoever looks after this PC for the right to write to the folder of Epistle.'],
  FILE_NOT_WRITTEN: [fileNotWritten, fileNotWrittenNext],
  FILE_NOT_READ: [fileNotRead, 'Choose it again. If it is open in another program, close it there first.'],
  FILE_CHANGED: [(params) => `${text(params, 'name', 'The file')} changed since you looked at it.`, 'Nothing was saved. Choose it again.'],
  IMPORT_NOT_LETTERS: [(params) => `There are no letters in ${text(params, 'name', 'this file')} that Epistle can read.`, 'Choose an e-mail (.eml), a mail archive (.mbox) or a table (.csv). Unpack a ZIP first.'],
  IMPORT_NO_COLUMN: [(params) => `${text(params, 'name', 'The table')} has no column named ${text(params, 'column', 'Date')}.`, 'Write the name into the first row of the table and save it as CSV again.'],
  IMPORT_ENDLESS_CELL: [(params) => `The table cannot be read beyond row ${text(params, 'row', '1')} of ${text(params, 'name', 'the file')}: a quotation mark there is never closed.`, 'Close it in a spreadsheet program, save the table as CSV again and choose it.'],
  IMPORT_TOO_COMPLEX: ['This e-mail is too complex to import.', 'Copy the text instead.'],
  IMPORT_NO_ROOM: [(params) => `${text(params, 'name', 'The file')} was not brought in: the disk of this PC is full.`, 'Nothing of it is in your letters. Make room on this PC, then choose the file again.'],
  JOB_RUNNING: ['Something is being saved or read already.', 'Wait until it is done, or cancel it first.'],
  CHOOSE_AGAIN: ['Please choose the file again.', 'Nothing was saved or read.'],
  NO_LETTERS_CHOSEN: ['There is no letter in what you chose.', 'Choose other people or another time.'],
  DISK_FAULT: ['Not saved: the disk of this PC reports a fault. Copy your text now.', 'Nothing that was saved before is lost. Ask whoever looks after this PC to check the disk.'],
  FILE_BUSY: ['Another program is holding a file of Epistle, often the virus scanner.', 'Nothing is lost. Wait a moment, then try again.'],
  DOCUMENT_NOT_READ: [notReadSentence, notReadNext],
  PHOTO_NOT_ADDED: [photoNotAdded, photoNotAddedNext],
  PHOTO_LOST: ['This photo was lost when the mailbox was damaged; only its name is left.', 'If you still have it, put it into a new letter: then it is in this one again too.'],
  PRINT_TOO_LONG: [
    (params) =>
      text(params, 'what', '') === 'photos'
        ? 'The photos of these letters are too many for one print.'
        : `${number(params, 'count') === null ? 'These letters are' : `${counted(number(params, 'count') ?? 0, 'letter')} are`} too many for one print.`,
    'Choose one person or a shorter time, or export them as a file.'
  ],
  PRINT_FAILED: [printFailed, printFailedNext],
  NEWER_VERSION: ['Made by a newer version: please update.', 'Nothing was changed. Ask whoever looks after this PC.'],
  DAMAGED: ['A file of Epistle on this PC is damaged.', 'Nothing was deleted. Restore the last copy, or ask whoever looks after this PC.'],
  ALREADY_OPEN: ['Epistle is already open with these letters.', 'Use the window that is open, or close it first.'],
  COPY_NOT_MADE: [copyNotMade, copyNotMadeNext],
  COPY_DAMAGED: ['This copy cannot be used: it is damaged or not there any more.', 'Nothing was changed. Choose another copy.'],
  COPY_SEALED: ['This copy was locked with another password.', 'Type the password of that time, or the printed recovery code.'],
  NO_COPY_THERE: ['No copy of your letters is in that folder.', 'Choose the USB stick itself, or the folder named “Epistle copies” on it.'],
  FOLDER_UNUSABLE: ['Copies cannot be kept in that folder.', 'Choose another folder, or a USB stick that can be written to.'],
  BUSY: ['That was a little too fast.', 'Wait a moment, then try again.'],
  INTERNAL: ['Something went wrong inside Epistle.', 'Nothing you typed is lost. Try again; if it goes on, close Epistle and open it again.']
}

const say = (part: string | Say, params: Params): string => (typeof part === 'string' ? part : part(params))

export const failureWords = (failure: Pick<Failure, 'code' | 'params'>): FailureWords => {
  const [sentence, next] = words[failure.code]
  const params = failure.params ?? {}
  return { sentence: say(sentence, params), next: say(next, params) }
}

/** Both parts in one line, for a status or a toast. */
export const failureSentence = (failure: Pick<Failure, 'code' | 'params'>): string => {
  const { sentence, next } = failureWords(failure)
  return `${sentence} ${next}`
}
