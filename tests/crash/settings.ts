/**
 * rel:settings. A child saves one setting after the other and is killed in the middle; the file must always be whole JSON and hold what was
 * told to be on disk, or something newer. Then a virus scanner (EPERM, EBUSY, EACCES three times) is waited for, and 200 files of
 * garbage start the app on defaults, are kept as they were, and are spoken of once. `--count`: kills.
 */
import { rmSync } from 'node:fs'
import { argument } from './support/child'
import { folderOnDisk } from './support/folders'
import { runProgram } from './support/program'
import { readGarbage } from './settings/garbage'
import { killWhileSaving } from './settings/kills'
import { saveForEver } from './settings/save-for-ever'
import { waitForScanner } from './settings/scanner'

if (argument('child') === 'save') await saveForEver(argument('folder') ?? '')
else {
  await runProgram('settings', { short: 25, long: 1_000 }, async (program) => {
    const root = folderOnDisk('settings')
    await waitForScanner(program, root)
    await readGarbage(program, root)
    await killWhileSaving(program, root)
    rmSync(root, { recursive: true, force: true })
  })
}
