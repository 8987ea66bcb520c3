/**
 * rel:ipc. The trust boundary: every channel, in every state of the desk, with arbitrary and almost right payloads; then
 * sequences of commands against a small model. Nothing may crash, leak another account's things, or skip an access level.
 * `--count`: payloads for each channel in each state. `--only=drafts.save`: one channel. `--sequences=N`.
 */
import { tryChannels } from './ipc/channels'
import { trySequences } from './ipc/sequences'
import { openWorld } from './ipc/world'
import { runProgram } from './support/program'

await runProgram('ipc', { short: 60, long: 10_000 }, async (program) => {
  const sequences = Number(program.option('sequences') ?? (program.long ? 1_000 : 40))
  await trySequences(program, sequences)
  const world = await openWorld(program.random, (why) => (program.option('trace') === null ? undefined : program.say(why)))
  await tryChannels(program, world)
  await world.close()
})
