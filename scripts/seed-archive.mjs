/** Fills a profile with letters and answers, for trying the app and for the bench: `npm run seed-archive -- --letters N` (scripts/README.md). */
import { bundleSeed } from './seed/bundle.mjs'
import { projectFolder } from './runtime/folders.mjs'

const { main } = await bundleSeed('program')
process.exitCode = await main(process.argv.slice(2), projectFolder)
