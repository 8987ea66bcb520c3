import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runChildProcess } from '../support/child'
import type { Program } from '../support/program'

const numbersAfter = (text: string, word: string): readonly number[] => [...text.matchAll(new RegExp(`^${word} (\\d+)$`, 'gmu'))].map((match) => Number(match[1]))

/** Kills a child that saves without a pause, `count` times, and reads what is left. */
export const killWhileSaving = async (program: Program, root: string): Promise<void> => {
  let kept = 0
  let inTheMiddle = 0
  const lane = async (number: number): Promise<void> => {
    const folder = join(root, `kills-${number}`)
    let everTold = false
    for (let kill = number; kill < program.count; kill += 2) {
      const after = program.random.below(60)
      let text = ''
      await runChildProcess({
        args: ['--child=save', `--folder=${folder}`],
        onText: (part, end) => {
          if (text === '') setTimeout(end, after)
          text += part
        }
      })
      const begun = numbersAfter(text, 'BEGIN')
      const told = numbersAfter(text, 'KEPT')
      const where = `kill ${kill + 1}`
      everTold ||= told.length > 0
      program.check(!text.includes('READ 100 reset'), () => `${where}: the file of before was not believed`)
      try {
        const { window } = JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8')) as { window: { width: number } }
        const may = [told.at(-1), begun.at(-1)].filter((width) => width !== undefined)
        program.check(told.length === 0 || may.includes(window.width), () => `${where}: the file holds ${window.width}, kept was ${told.at(-1)}, begun ${begun.at(-1)}`)
      } catch (error) {
        program.check(!everTold, () => `${where}: ${String(error)}`)
      }
      kept += told.length
      if (begun.length > told.length) inTheMiddle += 1
      program.check(readdirSync(folder).every((name) => ['settings.json', 'settings.json.new'].includes(name)), () => `${where}: left behind: ${readdirSync(folder).join(', ')}`)
    }
    rmSync(folder, { recursive: true, force: true })
  }
  await Promise.all([lane(0), lane(1)])
  program.say(`  ${program.count} kills, ${inTheMiddle} of them in the middle of a save; ${kept} saves told`)
  program.check(kept > program.count && inTheMiddle > program.count / 4, () => 'the kills missed the saving')
}
