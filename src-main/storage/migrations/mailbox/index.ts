import type { Migration } from '../../migrate'
import { begin } from './001-begin'

export const mailboxMigrations: readonly Migration[] = [begin]
