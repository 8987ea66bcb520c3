import type { Mailbox } from '../storage/mailbox'
import type { OutsideFiles } from '../storage/outside-files'

/** Sticks that never come back are forgotten some day. */
const most = 20

const kept = (mailbox: Mailbox): readonly string[] => JSON.parse(mailbox.meta.get('unfinishedFiles') ?? '[]') as readonly string[]
const keep = (mailbox: Mailbox, parts: readonly string[]): void =>
  mailbox.transaction(() => (parts.length === 0 ? mailbox.meta.clear('unfinishedFiles') : mailbox.meta.set('unfinishedFiles', JSON.stringify(parts.slice(-most)))))

/**
 * Writes down, before there is anything of it, where a file of the person's own comes into being: a crash leaves its beginning there. In the mailbox, because
 * the name can hold a person's.
 * @param part as `OutsideFiles.create` tells it
 */
export const rememberUnfinished = (mailbox: Mailbox, part: string): void => keep(mailbox, [...kept(mailbox), part])

/** @param part is in its place, or was given up and nothing of it is left */
export const forgetUnfinished = (mailbox: Mailbox, part: string): void => keep(mailbox, kept(mailbox).filter((one) => one !== part))

/**
 * Takes away what earlier crashes left, in the places written down and nowhere else. What cannot be reached now (a stick that is not in) is tried again
 * at the next sign-in.
 * @returns stops it, before the mailbox closes
 */
export const sweepUnfinished = (files: OutsideFiles, mailbox: Mailbox, failed: (error: unknown) => void): (() => void) => {
  let stopped = false
  const sweep = async (): Promise<void> => {
    for (const part of kept(mailbox)) if ((await files.sweep(part)) && !stopped) forgetUnfinished(mailbox, part)
  }
  sweep().catch(failed)
  return () => {
    stopped = true
  }
}
