import type { Migration } from '../../migrate'
import { begin } from './001-begin'
import { sharedPc } from './002-shared-pc'
import { surroundings } from './003-surroundings'
import { backups } from './004-backups'
import { carried } from './005-carried'

export const deskMigrations: readonly Migration[] = [begin, sharedPc, surroundings, backups, carried]
