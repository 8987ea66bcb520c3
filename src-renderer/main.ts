import './styles/index.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { bridge, onEvent } from './bridge'
import { runFlush } from './composables/flush'
import { reportTrouble } from './composables/trouble'
import { createAppRouter } from './router'

const app = createApp(App)
app.use(createPinia())

const router = createAppRouter()
app.use(router)

app.config.errorHandler = (error) => {
  console.error(error)
  reportTrouble()
}
window.addEventListener('unhandledrejection', () => reportTrouble())
window.addEventListener('error', () => reportTrouble())

onEvent((event) => {
  if (event.type === 'flushRequested') void runFlush().then(() => bridge.windows.flushed({ flushId: event.flushId }))
  if (event.type === 'sessionChanged' && event.session === null) void router.push({ name: 'start' })
})

app.mount('#app')
