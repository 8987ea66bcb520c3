import { createRouter, createWebHashHistory } from 'vue-router'
import type { RouteRecordRaw, Router } from 'vue-router'
import { focusHeading, setScreenTitle } from './composables/screen-title'
import { useSessionStore } from './stores/session'

/** One row per screen: path, name, heading, and who may be there. `terms` screens also need the eMessaging terms. */
const screens: readonly RouteRecordRaw[] = [
  { path: '/', redirect: '/start' },
  { path: '/start', name: 'start', component: () => import('./features/account/StartScreen.vue'), meta: { title: 'Welcome' } },
  { path: '/sign-in', name: 'sign-in', component: () => import('./features/account/SignInScreen.vue'), meta: { title: 'Sign In' } },
  { path: '/create', name: 'create', component: () => import('./features/account/CreateAccountScreen.vue'), meta: { title: 'Create an Account' } },
  { path: '/check-email', name: 'check-email', component: () => import('./features/account/CheckEmailScreen.vue'), meta: { title: 'Check your e-mail' } },
  { path: '/home', name: 'home', component: () => import('./features/home/HomeScreen.vue'), meta: { title: 'Home', session: true } },

  { path: '/e', redirect: '/e/inbox' },
  { path: '/e/terms', name: 'terms', component: () => import('./features/home/EmessagingTermsScreen.vue'), meta: { title: 'eMessaging terms', session: true } },
  { path: '/e/inbox', name: 'inbox', component: () => import('./features/inbox/InboxScreen.vue'), meta: { title: 'Inbox', session: true, terms: true } },
  { path: '/e/inbox/:messageId', name: 'inbox-message', component: () => import('./features/inbox/InboxMessageScreen.vue'), meta: { title: 'Inbox', session: true, terms: true } },
  { path: '/e/compose/:draftId?', name: 'compose', component: () => import('./features/letters/ComposeScreen.vue'), meta: { title: 'Compose', session: true, terms: true } },
  { path: '/e/drafts', name: 'drafts', component: () => import('./features/letters/DraftsScreen.vue'), meta: { title: 'Drafts', session: true, terms: true } },
  { path: '/e/outbox', name: 'outbox', component: () => import('./features/letters/OutboxScreen.vue'), meta: { title: 'Outbox', session: true, terms: true } },
  { path: '/e/sent', name: 'sent', component: () => import('./features/sent/SentScreen.vue'), meta: { title: 'Sent Messages', session: true, terms: true } },
  { path: '/e/sent/:letterId', name: 'sent-letter', component: () => import('./features/sent/SentLetterScreen.vue'), meta: { title: 'Sent Messages', session: true, terms: true } },
  { path: '/e/contacts', name: 'contacts', component: () => import('./features/contacts/ContactsScreen.vue'), meta: { title: 'Contacts', session: true, terms: true } },
  { path: '/e/contacts/add', name: 'add-contact', component: () => import('./features/contacts/AddContactScreen.vue'), meta: { title: 'Add Contact', session: true, terms: true } },
  { path: '/e/stamps', name: 'stamps', component: () => import('./features/stamps/PurchaseStampsScreen.vue'), meta: { title: 'Purchase Stamps', session: true, terms: true } },

  { path: '/settings', name: 'settings', component: () => import('./features/settings/SettingsScreen.vue'), meta: { title: 'Settings' } },
  { path: '/help/:slug?', name: 'help', component: () => import('./features/help/HelpScreen.vue'), meta: { title: 'Help' } },
  { path: '/post', name: 'post', component: () => import('./features/post/PostScreen.vue'), meta: { title: 'Service post' } },
  { path: '/:rest(.*)*', redirect: '/start' }
]

export const createAppRouter = (): Router => {
  // The hash survives a reload of the window and needs no rewriting under app://.
  const router = createRouter({ history: createWebHashHistory(), routes: screens })

  router.beforeEach(async (to) => {
    const session = useSessionStore()
    await session.loaded
    if (to.meta.session && !session.current) return { name: 'start' }
    if (to.meta.terms && !session.current?.emessagingTermsAccepted) return { name: 'terms', query: { next: to.fullPath } }
    return true
  })

  router.afterEach((to, from) => {
    setScreenTitle(to.meta.title)
    // An editor that only learns its own id stays where it is: no new screen, so the focus stays with the typing.
    const gainedItsId = to.name === 'compose' && from.name === 'compose' && Object.values(from.params).every((value) => value === '')
    const sameScreen = to.name === from.name && to.path === from.path
    if (from.matched.length > 0 && !sameScreen && !gainedItsId) focusHeading()
  })

  return router
}
