import type { Connection } from '../open'
import type { Row } from './rows'

/** What the parts of a salvage need: where to write, and the rows that could be read. */
export type Salvage = {
  readonly target: Connection
  /** Rows of a table of the damaged file, read as they are asked for; none for a table it does not have. */
  readonly rowsOf: (table: string) => Iterable<Row>
  /** Runs one step whole or not at all. @returns whether it was done */
  readonly attempt: (step: () => void) => boolean
}
