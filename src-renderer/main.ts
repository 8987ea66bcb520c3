import './styles/index.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { bridge, onEvent } from './bridge'
import { runFlush } from './composables/flush'
import { leaveDoor } from './composables/leave-door'
import { reportTrouble } from './composables/trouble'
import { createAppRouter } from './router'
import { useSessionStore } from './stores/session'

const app = createApp(App)
app.use(createPinia())

// First of all listeners: whoever hears that the session changed may ask the store who it is now.
useSessionStore()
const router = createAppRouter()
app.use(router)

app.config.errorHandler = (error) => {
  console.error(error)
  reportTrouble()
}
window.addEventListener('unhandledrejection', () => reportTrouble())
window.addEventListener('error', (event) => {
  // Without an error it is only the browser saying that a layout took two rounds.
  if (event.error) reportTrouble()
})

/** Main waits for the answer only so long; until then a save that fails (a busy disk) is tried again. */
const flush = async (flushId: string): Promise<void> => {
  let saved = await runFlush()
  for (let tries = 1; tries < 5 && !saved; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 400))
    saved = await runFlush()
  }
  await bridge.windows.flushed({ flushId, saved })
}

onEvent((event) => {
  if (event.type === 'flushRequested') void flush(event.flushId)
  if (event.type === 'screenWanted') void router.push({ name: event.screen })
  if (event.type !== 'sessionChanged') return
  if (event.session === null) void router.push({ name: 'start' })
  // Somebody signed in, here or at another window of this PC.
  else void leaveDoor(router)
})

app.mount('#app')
