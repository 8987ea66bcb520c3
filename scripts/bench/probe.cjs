/**
 * Loaded into Electron's main process before the app (`electron -r probe.cjs <app>`), the same for Epistle and for the bare
 * window. It says when the first window can be used, watches how long the main process stands still, runs code in the
 * page, and presses keys. It speaks with the bench over Node's channel between parent and child.
 */
// Electron loads what `-r` names as CommonJS.
const { app, BrowserWindow, dialog } = module.require('electron')
const { readFileSync } = module.require('node:fs')

const now = () => performance.timeOrigin + performance.now()
const tell = (message) => process.send?.(message)

/** Runs in the page: resolves after the frame in which a heading and a control are drawn, enabled and covered by nothing. */
const untilUsable = `new Promise((resolve) => {
  const onTop = (element) => {
    const box = element.getBoundingClientRect()
    const top = box.width > 0 && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    return Boolean(top) && (element.contains(top) || top.contains(element))
  }
  const look = () => {
    const heading = document.querySelector('h1')
    const control = [...document.querySelectorAll('main button, main a, body > button')].find((each) => !each.disabled)
    if (!heading || !control || !heading.textContent.trim() || !onTop(heading) || !onTop(control)) return requestAnimationFrame(look)
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now())
      port2.postMessage(0)
    })
  }
  look()
})`

/**
 * The longest time between two ticks of a clock that should tick every 5 ms. Where the system tells (Linux), the time
 * this thread was ready to run and another program had the processor is taken off: that is the machine's doing, not the app's.
 */
const waitedForProcessor = () => {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1e6
  } catch {
    return 0
  }
}
let last = { at: 0, waited: 0 }
let longestGap = 0
const tick = () => {
  const here = { at: now(), waited: waitedForProcessor() }
  longestGap = Math.max(longestGap, here.at - last.at - (here.waited - last.waited))
  last = here
}
const beginAgain = () => {
  last = { at: now(), waited: waitedForProcessor() }
  longestGap = 0
}
app.once('ready', () => {
  beginAgain()
  setInterval(tick, 5)
})

app.once('browser-window-created', (_event, window) => {
  const shown = new Promise((resolve) => {
    if (window.isVisible()) resolve(now())
    else window.once('show', () => resolve(now()))
  })
  window.webContents.once('dom-ready', () => {
    void Promise.all([shown, window.webContents.executeJavaScript(untilUsable)]).then(([visibleAt, drawnAt]) => {
      tell({ type: 'usable', at: Math.max(visibleAt, drawnAt), longestGap })
    })
  })
})

const firstWindow = () => BrowserWindow.getAllWindows()[0]
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Presses each key of `text` as a keyboard would, one every `everyMs`. */
const type = async (text, everyMs) => {
  const { webContents } = firstWindow()
  firstWindow().focus()
  webContents.focus()
  for (const keyCode of text) {
    const next = now() + everyMs
    for (const kind of ['keyDown', 'char', 'keyUp']) webContents.sendInputEvent({ type: kind, keyCode })
    await pause(Math.max(0, next - now()))
  }
}

const acts = {
  run: ({ code }) => firstWindow().webContents.executeJavaScript(code, true),
  type: ({ text, everyMs }) => type(text, everyMs),
  /** From now on the system's dialogs answer with this file. */
  choose: ({ path }) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: path })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  },
  gap: () => {
    tick()
    const gap = longestGap
    beginAgain()
    return gap
  },
  quit: () => setImmediate(() => app.quit())
}

process.on('message', (message) => {
  Promise.resolve()
    .then(() => acts[message.act](message))
    .then(
      (value) => tell({ type: 'answer', id: message.id, value: message.act === 'quit' ? null : value }),
      (error) => tell({ type: 'answer', id: message.id, error: String(error) })
    )
})
