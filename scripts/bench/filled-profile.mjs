/** Profiles with many letters, made by seed-archive and kept for the next run; the stamp in their folder's name changes with whatever makes them. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleSeed, seedStamp } from '../seed/bundle.mjs'
import { projectFolder, stateFolder } from '../runtime/folders.mjs'

export const login = { email: 'maria@parish.org', password: 'Lantern7oak' }

/** In the page: signs in and asks what Home asks. Returns ms. */
export const arrive = async (who) => {
  const started = performance.now()
  const answer = await window.epistle.accounts.signIn(who)
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  const home = await window.epistle.home.summary({})
  if (!home.ok) throw new Error(JSON.stringify(home))
  return performance.now() - started
}

/** @param say told when a profile has to be written, which takes a while */
export async function filledProfiles(say) {
  const kept = join(stateFolder, 'bench', `archives-${seedStamp()}`)
  const seed = await bundleSeed('seed')
  const profileOf = (size) => join(kept, String(size))
  return {
    seed,
    profileOf,
    /** Writes the profile with this many letters where it is not there yet. */
    prepare: async (size) => {
      if (existsSync(`${profileOf(size)}.whole`)) return
      say(`Writing ${size.toLocaleString('en')} letters.`)
      mkdirSync(join(profileOf(size), 'mailboxes'), { recursive: true })
      await seed.seedArchive({ profileDir: profileOf(size), letters: size, seed: '1', login, folder: projectFolder, cost: 'quick', progress: () => undefined, stopped: () => false })
      writeFileSync(`${profileOf(size)}.json`, JSON.stringify({ seed: 7, robotCheckAnswer: 'PSALM' }))
      writeFileSync(`${profileOf(size)}.whole`, '')
    }
  }
}
