/** I18 beside the work: what is stuck is told, and a bad line, a sleeping PC or many letters are not called stuck. */
import { beforeEach, describe, expect, it } from 'vitest'
import { watchLiveness, type Liveness, type WaitingTry } from '../../../src-main/sync/liveness'
import { createVirtualTime, type VirtualTime } from '../../support/virtual-time'

const minute = 60_000

let time: VirtualTime
let waiting: WaitingTry[]
let told: number
let watch: Liveness
beforeEach(() => {
  time = createVirtualTime()
  waiting = [{ deliveryId: 'a', attempts: 0 }]
  told = 0
  watch = watchLiveness({ uptime: time.clock.now, timers: time.timers, waiting: () => waiting, stuck: () => (told += 1) })
})

/** The line works for a while: every minute a round, which does what it is told to. */
const work = async (minutes: number, round: (began: number) => void): Promise<void> => {
  for (let left = minutes; left > 0; left -= 1) {
    watch.step()
    round(time.clock.now())
    await time.advance(minute)
  }
}
const triesAll = (began: number): void => watch.allTried(began)

describe('stuck', () => {
  it('a letter that is passed over while everything else is tried', async () => {
    await work(80, triesAll)
    expect(told).toBe(1)
  })
  it('a line that takes no step any more', async () => {
    await work(30, () => undefined)
    await time.advance(80 * minute)
    expect(told).toBe(1)
  })
})

describe('not stuck', () => {
  it('a line that is down for a day: it tries, and comes to no end', async () => {
    await work(24 * 60, () => undefined)
    expect(told).toBe(0)
  })
  it('a letter that is tried again and again', async () => {
    let attempts = 0
    await work(24 * 60, (began) => {
      if ((attempts += 1) % 15 === 0) waiting = [{ deliveryId: 'a', attempts }]
      triesAll(began)
    })
    expect(told).toBe(0)
  })
  it('letters that come and go', async () => {
    let letters = 0
    await work(24 * 60, (began) => {
      waiting = [{ deliveryId: `letter ${(letters += 1) >> 3}`, attempts: 0 }]
      triesAll(began)
    })
    expect(told).toBe(0)
  })
  it('one long round through very many letters', async () => {
    waiting = Array.from({ length: 500 }, (_, index) => ({ deliveryId: `letter ${index}`, attempts: 0 }))
    const began = time.clock.now()
    while (waiting.length > 0) {
      waiting = waiting.slice(1)
      watch.step()
      await time.advance(minute)
    }
    triesAll(began)
    expect(told).toBe(0)
  })
  it('a PC that sleeps, wakes for a moment and sleeps again', async () => {
    for (let night = 0; night < 5; night += 1) {
      time.sleep(8 * 60 * minute)
      await time.advance(1)
      watch.step()
    }
    expect(told).toBe(0)
  })
  it('nothing that waits', async () => {
    waiting = []
    await time.advance(24 * 60 * minute)
    expect(told).toBe(0)
  })
  it('after the line was stopped', async () => {
    watch.stop()
    await time.advance(24 * 60 * minute)
    expect(told).toBe(0)
  })
})
