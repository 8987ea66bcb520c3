import type { Migration } from '../../migrate'
import { begin } from './001-begin'

export const deskMigrations: readonly Migration[] = [begin]
