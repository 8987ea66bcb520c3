import type { Wallet } from '@contract/views'
import { counted } from './plural'

/** "41 stamps", "3 credits", or both where a person has both kinds. */
export const balanceWords = (wallets: readonly Pick<Wallet, 'unit' | 'available'>[]): string => {
  const sum = (unit: Wallet['unit']): number => wallets.reduce((total, wallet) => total + (wallet.unit === unit ? wallet.available : 0), 0)
  const credits = sum('credit')
  const stamps = sum('stamp')
  if (credits > 0) return stamps > 0 ? `${counted(stamps, 'stamp')}, ${counted(credits, 'credit')}` : counted(credits, 'credit')
  return counted(stamps, 'stamp')
}
