import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { CommandCall } from '@contract/commands'
import type { ActivityKind } from '@contract/views'
import { bridge, onEvent } from '../bridge'
import type { Result } from '../bridge'
import { mirror } from './mirror'

export type ActivityFilter = ActivityKind | 'all'
export type ProfileValues = CommandCall<'account.updateProfile'>

const activityPageSize = 25

/** The volunteer's own account: who they are, how they sign in, where, and what happened. No secret is kept here. */
export const useAccountStore = defineStore('account', () => {
  const details = mirror(['account'], () => bridge.account.details({}))
  const devices = mirror(['account'], () => bridge.account.devices({}))
  const kind = ref<ActivityFilter>('all')
  const page = ref(0)
  const activity = mirror(['account'], () => bridge.account.activity({ kind: kind.value, page: page.value, pageSize: activityPageSize }))
  /** An address half changed while one looks something up elsewhere. */
  const profileDraft = shallowRef<ProfileValues | null>(null)

  onEvent((event) => {
    if (event.type !== 'sessionChanged' || event.session !== null) return
    kind.value = 'all'
    page.value = 0
    profileDraft.value = null
  })

  /** What was changed is asked for again, so that the page tells how it is now. */
  const changing = async <T>(asked: Promise<Result<T>>, again: () => Promise<void> = details.load): Promise<Result<T>> => {
    const result = await asked
    if (result.ok) await again()
    return result
  }

  return {
    details: details.data,
    detailsFailed: details.failed,
    loadDetails: details.load,
    devices: devices.data,
    devicesFailed: devices.failed,
    loadDevices: devices.load,
    activity: activity.data,
    activityFailed: activity.failed,
    activityLoading: activity.loading,
    kind,
    loadActivity: activity.load,
    turnTo: (wanted: number): Promise<void> => {
      page.value = wanted
      return activity.load()
    },
    show: (wanted: ActivityFilter): Promise<void> => {
      kind.value = wanted
      page.value = 0
      return activity.load()
    },
    profileDraft,

    updateProfile: (profile: ProfileValues) => changing(bridge.account.updateProfile(profile)),
    changePassword: (call: CommandCall<'account.changePassword'>) => changing(bridge.account.changePassword(call)),
    changeQuestions: (call: CommandCall<'account.changeQuestions'>) => changing(bridge.account.changeQuestions(call)),
    changePasscode: (call: CommandCall<'account.changePasscode'>) => bridge.account.changePasscode(call),
    newRecoveryCode: (password: string) => changing(bridge.account.newRecoveryCode({ password })),
    beginTotp: (password: string) => bridge.account.beginTotp({ password }),
    confirmTotp: (code: string) => changing(bridge.account.confirmTotp({ code })),
    setCodeByPost: (call: CommandCall<'account.setCodeByPost'>) => changing(bridge.account.setCodeByPost(call)),
    secondStepOff: (password: string) => changing(bridge.account.secondStepOff({ password })),
    newPrintedCodes: (password: string) => changing(bridge.account.newPrintedCodes({ password })),
    signOutDevice: (deviceId: string) => changing(bridge.account.signOutDevice({ deviceId }), devices.load),
    exportActivity: () => changing(bridge.account.exportActivity({}), activity.load),
    notMe: (entryId: string) => bridge.account.notMe({ entryId })
  }
})
