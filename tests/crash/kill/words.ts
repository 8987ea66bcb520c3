import type { Tally } from './profile'

/** What was killed and what had been done by then, in one line. */
export const tallyLine = ({ kills, whileStarting, inTheDrain, letters, triedAgain, purchases, drafts, counts }: Tally): string => {
  const troubles = [...counts].sort((one, other) => other[1] - one[1]).map(([what, times]) => `${what} ${times}`)
  return `  ${kills} kills (${whileStarting} while starting, ${inTheDrain} while emptying the outbox); ${letters} letters confirmed (${triedAgain} tried more than once), ${purchases} purchases added, ${drafts} drafts saved\n  on the way: ${troubles.join(', ')}`
}
