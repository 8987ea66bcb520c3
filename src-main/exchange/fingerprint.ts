import { createHash } from 'node:crypto'

/** What makes a message the same without an id: whom it is with, when, and what it says. */
export const fingerprintOf = (message: { readonly direction: string; readonly person: string; readonly at: number; readonly subject: string; readonly body: string }): string =>
  createHash('sha256').update(JSON.stringify([message.direction, message.person, message.at, message.subject, message.body])).digest('hex')
