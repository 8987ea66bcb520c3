/** Files that are not what they should be: they have programs of their own, because what is due there is a screen, not an answer. */
import type { Row } from './item'

export const onDiskRows: readonly Row[] = [
  {
    title: 'DB file: another file in its place',
    items: [],
    elsewhere: [
      { what: 'missing, empty, 1 byte, text, header only, wrong magic, wrong key, plain, cipher changed, another app’s', file: 'tests/integration/storage/files.test.ts', test: 'a mailbox is no desk, and a desk is no mailbox' },
      { what: 'newer version, version -1', file: 'tests/crash/migrate/newer.ts', test: 'of a newer version was opened' },
      { what: 'older version, half-migrated', file: 'tests/crash/migrate.ts', test: 'rel:migrate' },
      { what: 'folder in its place, symlink', file: 'tests/integration/storage/files.test.ts', test: 'a folder in its place' },
      { what: 'each its own screen', file: 'tests/e2e/accounts-damaged.e2e.ts', test: 'one flipped bit in the mailbox' }
    ]
  },
  {
    title: 'DB file: damage',
    items: [],
    elsewhere: [
      { what: 'a flip anywhere, pages swapped and zeroed, cut, extra bytes', file: 'tests/crash/flip.ts', test: 'rel:flip' },
      { what: 'WAL of another file, WAL missing, shm garbage', file: 'tests/integration/storage/files.test.ts', test: 'a stale file of shared memory and a stale journal do no harm' },
      { what: 'stale lock', file: 'tests/crash/twice.ts', test: 'rel:twice' }
    ]
  },
  {
    title: 'DB file: its surroundings',
    items: [],
    elsewhere: [
      { what: 'read-only file, disk, no rights', file: 'tests/integration/core/surroundings.test.ts', test: 'opens for reading, says so, refuses every writing command, and changes no byte' },
      { what: 'full disk', file: 'tests/crash/full.ts', test: 'rel:full' },
      { what: 'network drive, OneDrive folder', file: 'tests/unit/rules/data-place.test.ts', test: 'OneDrive' },
      { what: 'held by a virus scanner', file: 'tests/unit/storage/patient-files.test.ts', test: 'EBUSY' },
      { what: 'two OS users', file: 'tests/e2e/surroundings.e2e.ts', test: 'somebody else holds the folder' },
      { what: 'restored older copy', file: 'tests/crash/restore.ts', test: 'rel:restore' },
      { what: 'hostile trigger or view added', file: 'tests/integration/storage/files.test.ts', test: 'one with a trigger that is none of ours' }
    ]
  },
  {
    title: 'Settings file: what stands in it',
    items: [],
    elsewhere: [{ what: 'all of it: defaults, one notice, the old file kept', file: 'tests/crash/settings/garbage.ts', test: 'The list of bad-inputs.md' }]
  },
  {
    title: 'Settings file: values',
    items: [],
    elsewhere: [
      { what: 'brought into range', file: 'tests/unit/settings/settings.test.ts', test: 'what it starts with is in range' },
      { what: 'a window off every screen', file: 'tests/e2e/security-start.e2e.ts', test: 'values somebody wrote by hand are brought into range' }
    ],
    cannotHappen: [{ what: 'language, autosave, autolock, data folder, lockout, history, preset, secrets', why: 'none of these is in the file, and what is not ours is not read' }]
  },
  {
    title: 'Settings file: saving it',
    items: [],
    elsewhere: [
      { what: 'read-only, folder, EPERM, EBUSY on rename, full disk, two writers', file: 'tests/unit/settings/settings.test.ts', test: 'keeps the settings in memory and says so' },
      { what: 'kill mid-save', file: 'tests/crash/settings.ts', test: 'rel:settings' },
      { what: 'said once', file: 'tests/e2e/security-start.e2e.ts', test: 'settings that cannot be saved are kept in memory' }
    ]
  }
]
