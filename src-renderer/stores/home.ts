import { defineStore } from 'pinia'
import { bridge } from '../bridge'
import { mirror } from './mirror'

/** What waits for the person who is signed in: counts for the navigation, stamps for the header, the tiles of Home. */
export const useHomeStore = defineStore('home', () => {
  const { data, failed, load } = mirror(['drafts', 'outbox', 'sent', 'inbox', 'contacts', 'stamps', 'accounts', 'marks'], () => bridge.home.summary({}))
  return { summary: data, failed, load }
})
