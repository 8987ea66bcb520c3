import type { CoordinatorService } from '../app/ports'
import type { AccountWire } from './account-wire'
import { toResult } from './client'
import { askAgain } from './front-desk'

/** What a coordinator may ask, over the wire. What hands out a code is not asked again by itself: each time makes another. */
export const createCoordinatorService = (wire: AccountWire): CoordinatorService => ({
  view: async () => toResult(await askAgain(() => wire('coordinator.view', {})), (reply) => reply),
  people: async () => toResult(await askAgain(() => wire('coordinator.people', {})), (reply) => reply.people),
  create: async (input) => toResult(await wire('coordinator.create', input), (reply) => reply),
  setDisabled: async (input) => toResult(await askAgain(() => wire('coordinator.setDisabled', input)), (reply) => reply.people),
  unlock: async (input) => toResult(await askAgain(() => wire('coordinator.unlock', input)), (reply) => reply.people),
  reset: async (input) => toResult(await wire('coordinator.reset', input), (reply) => reply),
  setRole: async (input) => toResult(await askAgain(() => wire('coordinator.setRole', input)), (reply) => reply.people),
  setPolicy: async (input) => toResult(await wire('coordinator.setPolicy', input), (reply) => reply)
})
