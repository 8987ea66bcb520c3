import type { Migration } from '../../migrate'
import { begin } from './001-begin'
import { sharedPc } from './002-shared-pc'

export const deskMigrations: readonly Migration[] = [begin, sharedPc]
