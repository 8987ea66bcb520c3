import type { Migration } from '../../migrate'
import { begin } from './001-begin'
import { activity } from './002-activity'
import { imported } from './003-imported'
import { correspondence } from './004-correspondence'
import { figures } from './005-figures'
import { archive } from './006-archive'
import { timeline } from './007-timeline'
import { followUp } from './008-follow-up'
import { olderLetters } from './009-older-letters'
import { leavingImports } from './010-leaving-imports'
import { leanHistory } from './011-lean-history'

export const mailboxMigrations: readonly Migration[] = [begin, activity, imported, correspondence, figures, archive, timeline, followUp, olderLetters, leavingImports, leanHistory]
