/**
 * Every way a command can fail that a person may meet: a closed list. The renderer has one sentence and one help
 * article for each (src-renderer/words/errors.ts, resources/help); a test holds the three lists together.
 */
export const errorCodes = [
  /** The payload does not fit the command's schema. Only a broken or forged caller sees it. */
  'BAD_REQUEST',
  /** No such thing, or not yours: the same answer for both. */
  'NOT_FOUND',
  /** Nobody is signed in, or the session has ended. */
  'SIGNED_OUT',
  /** Fields are wrong; `problems` says which and why. */
  'INVALID',
  /** E-mail and password do not match (unknown, wrong or disabled: one answer). `triesLeft` when known. */
  'SIGN_IN_REFUSED',
  /** Locked after three failures. `minutes` says how long. */
  'ACCOUNT_LOCKED',
  /** The screen is locked: the passcode opens it. */
  'LOCKED',
  /** The passcode is not right. `triesLeft`. */
  'PASSCODE_REFUSED',
  /** Something is owed first: terms, a new password, a sealed mailbox. */
  'DUTY_FIRST',
  /** A code from the app, the post or the printed list is not valid now. */
  'CODE_REFUSED',
  /** The waiting sign-in is over (ten minutes, five codes); begin again. */
  'SIGN_IN_AGAIN',
  /** The password asked for before a change is not right. */
  'PASSWORD_REFUSED',
  /** Neither the recovery code nor the old password opens the mailbox. */
  'MAILBOX_STAYS_SEALED',
  /** Nothing of this account's letters is on this PC, or the file beside the mailbox is damaged. `name`. */
  'MAILBOX_MISSING',
  'MAILBOX_DAMAGED',
  /** Only a coordinator of this person's site may do this. */
  'NOT_ALLOWED',
  /** The last coordinator stays a coordinator, enabled. */
  'LAST_COORDINATOR',
  /** The chosen password rules contradict each other. `reason`. */
  'RULES_CONTRADICT',
  /** The code and the answers do not fit; one sentence for all of it. */
  'RESET_REFUSED',
  /** An account with this address may exist already: the next step is in the e-mail. */
  'CHECK_EMAIL',
  /** The eMessaging terms have not been accepted yet. */
  'TERMS_NEEDED',
  /** The service cannot be reached and this needs it. */
  'OFFLINE',
  /** The service answered with trouble of its own, or not in words we understand. */
  'SERVICE_TROUBLE',
  /** This account has never signed in on this PC, and the service cannot be reached. */
  'FIRST_SIGN_IN_NEEDS_SERVICE',
  /** More stamps needed than available. `need`, `have`. */
  'NOT_ENOUGH_STAMPS',
  /** No live one-use ticket: the letter was not confirmed, or the confirmation is older than five minutes. */
  'CONFIRM_AGAIN',
  /** The letter changed after the dialog was opened. */
  'LETTER_CHANGED',
  /** The draft was sent or discarded meanwhile. */
  'DRAFT_CLOSED',
  /** The letter has left and can no longer be taken back. */
  'TOO_LATE_TO_CANCEL',
  /** The price changed since it was shown. */
  'PRICE_CHANGED',
  /** This person is already in the list. `name`. */
  'ALREADY_A_CONTACT',
  /** Not at this facility any more (transferred, released) or may not get messages. `name`, `reason`. */
  'CONTACT_UNAVAILABLE',
  /** Letters are still waiting for this contact. `count`, `name`. */
  'LETTERS_WAITING',
  'CARD_DECLINED',
  'CARD_INSUFFICIENT',
  /** The charge is not known yet; it is asked for by its key when the service answers. No second charge can happen. */
  'PURCHASE_UNSETTLED',
  /** As many searches are kept as one can have. `most`. */
  'TOO_MANY_SEARCHES',
  /** A rule of the records is broken: nothing is sent or bought until it is looked at; everything else works. */
  'SENDING_STOPPED',
  'DISK_FULL',
  'READ_ONLY',
  /** A file the person chose could not be written; nothing of it is left. `name`, `reason`: full, readOnly, gone, other. */
  'FILE_NOT_WRITTEN',
  /** A chosen file cannot be read. `name`, `reason`: gone, readOnly. */
  'FILE_NOT_READ',
  /** The file is another one than when it was looked at; nothing was saved. `name`. */
  'FILE_CHANGED',
  /** No letters of a kind we read are in the file. `name`. */
  'IMPORT_NOT_LETTERS',
  /** A table lacks a column. `name`, `column`. */
  'IMPORT_NO_COLUMN',
  /** From a row of a table on, everything is one cell. `name`, `row`. */
  'IMPORT_ENDLESS_CELL',
  /** Too large, too deep or too slow to be read. */
  'IMPORT_TOO_COMPLEX',
  /** The disk became full on the way; nothing of it is kept. `name`. */
  'IMPORT_NO_ROOM',
  /** Long work is under way already; one at a time. */
  'JOB_RUNNING',
  /** Nothing was chosen to save into: the dialog was too long ago, or the place was used already. */
  'CHOOSE_AGAIN',
  /** A chosen document gave no text. `name`, `why` (contract/documents.ts). */
  'DOCUMENT_NOT_READ',
  /** A photo did not go into the letter, which is as it was. `name`, `why` (contract/photos.ts), `most`. */
  'PHOTO_NOT_ADDED',
  /** It was in a damaged mailbox and could not be read there; only its name is left. */
  'PHOTO_LOST',
  /** There is no letter in what was chosen. */
  'NO_LETTERS_CHOSEN',
  /** The disk reports a fault of its own while reading or writing. */
  'DISK_FAULT',
  /** Another program (a virus scanner, a backup) held a file of ours for longer than two seconds. */
  'FILE_BUSY',
  /** More letters than can be laid out as one print. `count`, `most`. */
  'PRINT_TOO_LONG',
  /** Nothing was printed. `reason`: slow, noPrinter, other. */
  'PRINT_FAILED',
  /** A file was made by a newer version of the app. */
  'NEWER_VERSION',
  'DAMAGED',
  /** The data folder is in use by another running copy. */
  'ALREADY_OPEN',
  /** No copy was made: no room, no rights, or the file could not be read. `reason`. */
  'COPY_NOT_MADE',
  /** This copy is not whole, or not there any more. */
  'COPY_DAMAGED',
  /** This copy was locked with another password: the password of then, or the printed recovery code, opens it. */
  'COPY_SEALED',
  /** No copy of these letters is in the folder that was chosen. */
  'NO_COPY_THERE',
  /** Copies cannot be kept in the folder that was chosen. */
  'FOLDER_UNUSABLE',
  /** Too many calls at once. */
  'BUSY',
  /** A bug of ours. Nothing typed is lost; the log has the details without any text of letters. */
  'INTERNAL'
] as const

export type ErrorCode = (typeof errorCodes)[number]
