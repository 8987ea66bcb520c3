import type { StatementSource } from '../statements'

/** Single facts of a mailbox, by name. */
export type MetaName =
  | 'accountId'
  | 'profile'
  | 'deviceToken'
  | 'emessagingTermsVersion'
  | 'updatesCursor'
  | 'statementCursor'
  | 'statementSums'
  | 'verifiedPoint'
  | 'verifiedAllAt'
  | 'closedInOrder'
  | 'lastSyncAt'
  | 'practiceFilled'
  | 'passcodeHash'
  | 'recoveryCodeMadeAt'
  | 'recoveryCodeAsked'
  | 'parishKey'
  /** The service's clock less this PC's, as last heard; milliseconds. */
  | 'serviceAhead'
  | 'timelinesTidiedAt'
  | 'visitOpenSince'
  | 'lettersLeftOpen'
  | 'returnAddress'
  /** Where files of the person's own were being written: paths, as JSON. */
  | 'unfinishedFiles'
  /** Letters taken back in a mailbox that stood here before a copy took its place: ids, as JSON. */
  | 'takenBackBefore'

export const metaTable = (connection: StatementSource) => {
  const read = connection.prepare('SELECT value FROM meta WHERE name = ?').pluck()
  const write = connection.prepare('INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value')
  const remove = connection.prepare('DELETE FROM meta WHERE name = ?')
  return {
    get: (name: MetaName): string | null => (read.get(name) as string | undefined) ?? null,
    number: (name: MetaName): number => Number((read.get(name) as string | undefined) ?? 0),
    set: (name: MetaName, value: string | number): void => {
      write.run(name, String(value))
    },
    clear: (name: MetaName): void => {
      remove.run(name)
    }
  }
}
