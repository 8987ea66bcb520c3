/** The whole list, by who sits at the desk while it is tried. */
import { atTheDesk, atTheDoor, type Bench } from './bench'
import { cardRows } from './card'
import { composeRows } from './compose'
import { contactRows } from './contacts'
import { fileRows } from './files'
import { ipcRows } from './ipc'
import type { Row } from './item'
import { onDiskRows } from './on-disk'
import { signInRows } from './sign-in'
import { signUpRows } from './sign-up'

export type Surface = { readonly name: string; readonly open: () => Promise<Bench>; readonly rows: readonly Row[] }

export const surfaces: readonly Surface[] = [
  { name: 'Sign-up', open: atTheDoor, rows: signUpRows },
  { name: 'Login', open: atTheDoor, rows: signInRows },
  { name: 'Contacts', open: atTheDesk, rows: contactRows },
  { name: 'Card form', open: atTheDesk, rows: cardRows },
  { name: 'Compose', open: atTheDesk, rows: composeRows },
  { name: 'Attachment and Import', open: atTheDesk, rows: fileRows },
  { name: 'IPC', open: atTheDesk, rows: ipcRows },
  { name: 'Files on disk', open: atTheDesk, rows: onDiskRows }
]

/** How many lines bad-inputs.md has: none of them may be forgotten here. */
export const linesOfTheList = 38
