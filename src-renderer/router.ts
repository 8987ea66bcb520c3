import { createRouter, createWebHashHistory } from 'vue-router'
import type { RouteRecordRaw, Router } from 'vue-router'
import { gainsItsId } from './composables/same-screen'
import { focusHeading, setScreenTitle } from './composables/screen-title'
import CheckEmailScreen from './features/account/CheckEmailScreen.vue'
import CreateAccountScreen from './features/account/CreateAccountScreen.vue'
import DutiesScreen from './features/account/DutiesScreen.vue'
import ForgotPasswordScreen from './features/account/ForgotPasswordScreen.vue'
import SecondStepScreen from './features/account/SecondStepScreen.vue'
import SignInScreen from './features/account/SignInScreen.vue'
import StartScreen from './features/account/StartScreen.vue'
import AddContactScreen from './features/contacts/AddContactScreen.vue'
import ContactsScreen from './features/contacts/ContactsScreen.vue'
import CoordinatorScreen from './features/coordinator/CoordinatorScreen.vue'
import AppealScreen from './features/follow-up/AppealScreen.vue'
import LateScreen from './features/follow-up/LateScreen.vue'
import PrayerScreen from './features/follow-up/PrayerScreen.vue'
import ReturnedLetterScreen from './features/follow-up/ReturnedLetterScreen.vue'
import ReturnedScreen from './features/follow-up/ReturnedScreen.vue'
import ExchangeScreen from './features/exchange/ExchangeScreen.vue'
import HelpScreen from './features/help/HelpScreen.vue'
import EmessagingTermsScreen from './features/home/EmessagingTermsScreen.vue'
import HomeScreen from './features/home/HomeScreen.vue'
import OlderLetterScreen from './features/imported/OlderLetterScreen.vue'
import InboxMessageScreen from './features/inbox/InboxMessageScreen.vue'
import InboxScreen from './features/archive/InboxScreen.vue'
import ClosedUnexpectedlyScreen from './features/letters/ClosedUnexpectedlyScreen.vue'
import ComposeScreen from './features/letters/ComposeScreen.vue'
import DraftsScreen from './features/letters/DraftsScreen.vue'
import OutboxScreen from './features/letters/OutboxScreen.vue'
import PostScreen from './features/post/PostScreen.vue'
import AccountScreen from './features/security/AccountScreen.vue'
import ActivityScreen from './features/security/ActivityScreen.vue'
import DevicesScreen from './features/security/DevicesScreen.vue'
import FiguresScreen from './features/security/figures/FiguresScreen.vue'
import SecurityScreen from './features/security/SecurityScreen.vue'
import RestoreScreen from './features/restore/RestoreScreen.vue'
import SentLetterScreen from './features/sent/SentLetterScreen.vue'
import SentScreen from './features/archive/SentScreen.vue'
import SettingsScreen from './features/settings/SettingsScreen.vue'
import PurchaseStampsScreen from './features/stamps/PurchaseStampsScreen.vue'
import WhatWentWrongScreen from './features/trouble/WhatWentWrongScreen.vue'
import ThreadScreen from './features/thread/ThreadScreen.vue'
import { useSessionStore } from './stores/session'

/**
 * One row per screen: path, name, heading, and who may be there. `terms` screens also need the eMessaging terms.
 * Nothing is loaded lazily: it all lies on this disk, a screen must open even when the disk is in trouble, and one
 * stylesheet keeps the order of the cascade layers.
 */
const screens: readonly RouteRecordRaw[] = [
  { path: '/', redirect: '/start' },
  { path: '/start', name: 'start', component: StartScreen, meta: { title: 'Welcome', visitor: true } },
  { path: '/sign-in', name: 'sign-in', component: SignInScreen, meta: { title: 'Sign In', visitor: true } },
  { path: '/sign-in/code', name: 'second-step', component: SecondStepScreen, meta: { title: 'Enter the code', visitor: true } },
  { path: '/forgot', name: 'forgot', component: ForgotPasswordScreen, meta: { title: 'Forgot password?', visitor: true } },
  { path: '/create', name: 'create', component: CreateAccountScreen, meta: { title: 'Create an Account', visitor: true } },
  { path: '/check-email', name: 'check-email', component: CheckEmailScreen, meta: { title: 'Check your e-mail', visitor: true } },
  { path: '/first', name: 'duties', component: DutiesScreen, meta: { title: 'Before you go on', session: true } },
  { path: '/closed', name: 'closed-unexpectedly', component: ClosedUnexpectedlyScreen, meta: { title: 'Epistle closed unexpectedly', session: true } },
  { path: '/home', name: 'home', component: HomeScreen, meta: { title: 'Home', session: true } },

  { path: '/e', redirect: '/e/inbox' },
  { path: '/e/terms', name: 'terms', component: EmessagingTermsScreen, meta: { title: 'eMessaging terms', session: true } },
  { path: '/e/inbox', name: 'inbox', component: InboxScreen, meta: { title: 'Inbox', session: true, terms: true } },
  { path: '/e/inbox/:messageId', name: 'inbox-message', component: InboxMessageScreen, meta: { title: 'Inbox', session: true, terms: true } },
  { path: '/e/compose/:draftId?', name: 'compose', component: ComposeScreen, meta: { title: 'Compose', session: true, terms: true } },
  { path: '/e/drafts', name: 'drafts', component: DraftsScreen, meta: { title: 'Drafts', session: true, terms: true } },
  { path: '/e/outbox', name: 'outbox', component: OutboxScreen, meta: { title: 'Outbox', session: true, terms: true } },
  { path: '/e/sent', name: 'sent', component: SentScreen, meta: { title: 'Sent Messages', session: true, terms: true } },
  { path: '/e/sent/:letterId', name: 'sent-letter', component: SentLetterScreen, meta: { title: 'Sent Messages', session: true, terms: true } },
  { path: '/e/older/:messageId', name: 'older-letter', component: OlderLetterScreen, meta: { title: 'Letter', session: true, terms: true } },
  { path: '/e/contacts', name: 'contacts', component: ContactsScreen, meta: { title: 'Contacts', session: true, terms: true } },
  { path: '/e/contacts/add', name: 'add-contact', component: AddContactScreen, meta: { title: 'Add Contact', session: true, terms: true } },
  { path: '/e/contacts/:contactId', name: 'thread', component: ThreadScreen, meta: { title: 'Letters', session: true, terms: true } },
  { path: '/e/follow-up', redirect: '/e/follow-up/came-back' },
  { path: '/e/follow-up/came-back', name: 'came-back', component: ReturnedScreen, meta: { title: 'Letters that came back', session: true, terms: true } },
  { path: '/e/follow-up/came-back/:letterId', name: 'returned-letter', component: ReturnedLetterScreen, meta: { title: 'Letter', session: true, terms: true } },
  { path: '/e/follow-up/came-back/:letterId/appeal', name: 'appeal', component: AppealScreen, meta: { title: 'Letter of appeal', session: true, terms: true } },
  { path: '/e/follow-up/late', name: 'late', component: LateScreen, meta: { title: 'Late letters', session: true, terms: true } },
  { path: '/e/follow-up/prayer', name: 'prayer', component: PrayerScreen, meta: { title: 'Prayer intentions', session: true, terms: true } },
  { path: '/e/stamps', name: 'stamps', component: PurchaseStampsScreen, meta: { title: 'Purchase Stamps', session: true, terms: true } },

  { path: '/account', name: 'account', component: AccountScreen, meta: { title: 'Account', session: true } },
  { path: '/account/security', name: 'security', component: SecurityScreen, meta: { title: 'Security', session: true } },
  { path: '/account/activity', name: 'activity', component: ActivityScreen, meta: { title: 'Activity', session: true } },
  { path: '/account/devices', name: 'devices', component: DevicesScreen, meta: { title: 'This PC and others', session: true } },
  { path: '/account/figures', name: 'figures', component: FiguresScreen, meta: { title: 'Figures', session: true } },
  { path: '/coordinator', name: 'coordinator', component: CoordinatorScreen, meta: { title: 'Coordinator', session: true, coordinator: true } },

  { path: '/restore', name: 'restore', component: RestoreScreen, meta: { title: 'Go back to an earlier copy', session: true } },
  { path: '/settings', name: 'settings', component: SettingsScreen, meta: { title: 'Settings' } },
  { path: '/settings/exchange', name: 'exchange', component: ExchangeScreen, meta: { title: 'Export and import', session: true, terms: true } },
  { path: '/help/:slug?', name: 'help', component: HelpScreen, meta: { title: 'Help' } },
  { path: '/trouble', name: 'trouble', component: WhatWentWrongScreen, meta: { title: 'What went wrong' } },
  { path: '/post', name: 'post', component: PostScreen, meta: { title: 'Service post' } },
  { path: '/:rest(.*)*', redirect: '/start' }
]

export const createAppRouter = (): Router => {
  // The hash survives a reload of the window and needs no rewriting under app://.
  const router = createRouter({ history: createWebHashHistory(), routes: screens })

  router.beforeEach(async (to, from) => {
    const session = useSessionStore()
    await session.loaded
    const person = session.current
    if (person === null) return to.meta.session ? { name: 'start' } : true
    // Under the cover nothing moves; the first screen of a window may be chosen, it is not shown.
    if (person.locked) return from.matched.length === 0
    // What is owed comes before everything else.
    if (person.duties.length > 0) return to.name === 'duties' ? true : { name: 'duties' }
    // A new window opens where the person is, not at the door: somebody is signed in already.
    if (to.name === 'duties' || to.name === 'start' || to.meta.visitor || (to.meta.coordinator && !person.coordinator)) return { name: 'home' }
    // After a crash the first thing to see is what was open then, until it was looked at.
    if (to.name === 'home' && person.unexpectedEnd && !session.endSeen) return { name: 'closed-unexpectedly' }
    if (to.name === 'closed-unexpectedly' && !person.unexpectedEnd) return { name: 'home' }
    if (to.meta.terms && !person.emessagingTermsAccepted) return { name: 'terms', query: { next: to.fullPath } }
    return true
  })

  router.afterEach((to, from) => {
    setScreenTitle(to.meta.title)
    const sameScreen = to.name === from.name && to.path === from.path
    if (from.matched.length > 0 && !sameScreen && !gainsItsId(to, from)) focusHeading()
  })

  return router
}
