/** Which reliability programs there are (tests/crash/*.ts), and which rows of the plan have none yet. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../runtime/folders.mjs'

export const programFolder = join(projectFolder, 'tests', 'crash')

/** Rows of the reliability plan by the name of their program. One without a program is said to be NOT RUN. */
export const plannedRows = [
  'kill',
  'pragma',
  'points',
  'powercut',
  'sim',
  'mutants',
  'matrix',
  'type',
  'flip',
  'restore',
  'full',
  'twice',
  'clock',
  'canary',
  'settings',
  'ipc',
  'race',
  'migrate',
  'confirm',
  'inputs',
  'xss',
  'import',
  'print'
]

/** Names of the programs that exist, in the order of the plan; further ones after it. */
export function findPrograms() {
  const found = existsSync(programFolder)
    ? readdirSync(programFolder)
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => name.slice(0, -'.ts'.length))
    : []
  const planned = plannedRows.filter((name) => found.includes(name))
  return [...planned, ...found.filter((name) => !plannedRows.includes(name)).sort()]
}

/** They look at how long something takes, or keep both cores busy by themselves: nothing runs beside them. */
const alone = ['kill', 'type', 'full', 'twice', 'settings', 'import', 'print', 'xss']

/** Whether a program may run beside another one. */
export const mayShare = (name) => !alone.includes(name)

/** They open windows. */
export const needsScreen = (name) => ['print', 'xss'].includes(name)

/** They drive the built app. */
export const drivesTheApp = (name) => name === 'xss'

export const missingRows = () => plannedRows.filter((name) => !findPrograms().includes(name))
