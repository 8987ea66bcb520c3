/** What the person at the terminal sees: one line per step, and for a failure what, why and the one command that mends it. */

/** An expected failure, told in three parts. `mend` is a command to copy, or a sentence when no command can help. */
export class Failure extends Error {
  constructor(what, why, mend) {
    super(what)
    this.what = what
    this.why = why
    this.mend = mend
  }
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`
const LINES_EVERY_MS = 10_000

/**
 * Runs one step and keeps the reader informed. `work` receives `tell(text)` for progress and returns a short
 * text for the finished line. On a terminal the line is rewritten in place; elsewhere a line appears now and then.
 */
export async function step(title, work) {
  const started = Date.now()
  const live = process.stdout.isTTY
  let detail = ''
  let lastLine = started

  const tick = () => {
    const text = `${title}${detail ? `: ${detail}` : ''} (${seconds(started)})`
    if (live) process.stdout.write(`\r\x1b[2K… ${text}`)
    else if (Date.now() - lastLine >= LINES_EVERY_MS) {
      lastLine = Date.now()
      console.log(`… ${text}`)
    }
  }
  const timer = setInterval(tick, live ? 200 : 1000)
  tick()
  const finish = (line) => {
    clearInterval(timer)
    if (live) process.stdout.write('\r\x1b[2K')
    console.log(line)
  }

  try {
    const outcome = await work((text) => { detail = text })
    finish(`✓ ${title}${outcome ? `: ${outcome}` : ''} (${seconds(started)})`)
  } catch (error) {
    finish(`✗ ${title} (${seconds(started)})`)
    throw error
  }
}

/** Tells the reader something that is not a failure but that they should know. */
export function notice(text) {
  console.log(`! ${text}`)
}

/** Prints any error the way the house wants it and returns the exit code. */
export function explain(error) {
  if (error instanceof Failure) {
    console.error(`\n${error.what}\n  Why:       ${error.why}\n  To mend:   ${error.mend}`)
  } else {
    console.error(`\nThe preparation stopped on something unforeseen:\n${error?.stack ?? error}`)
  }
  return 1
}
