import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { CommandCall } from '@contract/commands'
import type { Wallet } from '@contract/views'
import { bridge } from '../bridge'
import { mirror } from './mirror'

/** Wallets and receipts. A card number or security code is handed through and never kept. */
export const useStampsStore = defineStore('stamps', () => {
  const wallets = mirror(['stamps'], () => bridge.stamps.wallets({}))
  const page = ref(0)
  const receipts = mirror(['stamps'], () => bridge.stamps.receipts({ page: page.value, pageSize: 20 }))
  const byId = computed(() => new Map((wallets.data.value ?? []).map((wallet) => [wallet.walletId, wallet])))

  return {
    wallets: wallets.data,
    walletsFailed: wallets.failed,
    receipts: receipts.data,
    receiptsFailed: receipts.failed,
    load: async (): Promise<void> => {
      await Promise.all([wallets.load(), receipts.load()])
    },
    loadWallets: wallets.load,
    turnTo: (wanted: number): Promise<void> => {
      page.value = wanted
      return receipts.load()
    },
    wallet: (walletId: string): Wallet | null => byId.value.get(walletId) ?? null,
    offer: (contactId: string) => bridge.stamps.offer({ contactId }),
    quote: (contactId: string, packageId: string) => bridge.stamps.quote({ contactId, packageId }),
    purchase: (call: CommandCall<'stamps.purchase'>) => bridge.stamps.purchase(call)
  }
})
