import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseServiceConfig } from '../../../src-main/service/config'

const whole = {
  seed: 7,
  clock: { start: '2026-11-23T15:00:00Z', rate: 1 },
  robotCheckAnswer: 'PSALM',
  offline: false,
  latencyMs: [0, 0],
  faults: { dropRequest: 0, dropResponse: 0.5, error500: 1, error429: 0, duplicateResponse: 0, malformedResponse: 0 }
}

describe('the service’s options', () => {
  it('are read as they stand; every key may be left out', () => {
    expect(parseServiceConfig(JSON.stringify(whole))).toEqual({ ok: true, config: whole })
    for (const text of ['{}', ' \n{}', '\ufeff{}', '{"clock":{}}', '{"faults":{"error500":1}}']) expect(parseServiceConfig(text)).toMatchObject({ ok: true })
  })

  it.each([
    ['', "The service's options are not valid JSON."],
    ['{', "The service's options are not valid JSON."],
    ['[]', "The service's options must be one JSON object."],
    ['null', "The service's options must be one JSON object."],
    ['5', "The service's options must be one JSON object."],
    ['{"speed": 1}', 'Unknown key "speed" in the service\'s options.'],
    ['{"__proto__": {"seed": 1}}', 'Unknown key "__proto__" in the service\'s options.'],
    ['{"constructor": 1}', 'Unknown key "constructor" in the service\'s options.'],
    ['{"clock": {"speed": 1}}', 'Unknown key "clock.speed" in the service\'s options.'],
    ['{"clock.rate": 2}', 'Unknown key "clock.rate" in the service\'s options.'],
    ['{"faults": {"dropAll": 1}}', 'Unknown key "faults.dropAll" in the service\'s options.'],
    ['{"clock": 5}', '"clock" must be an object.'],
    ['{"faults": []}', '"faults" must be an object.'],
    ['{"seed": 1.5}', '"seed" must be a whole number from 0 to 4294967295.'],
    ['{"seed": "7"}', '"seed" must be a whole number from 0 to 4294967295.'],
    ['{"clock": {"start": "soon"}}', '"clock.start" must be a time like "2026-11-23T15:00:00Z".'],
    ['{"clock": {"rate": -1}}', '"clock.rate" must be a number from 0 to 1000000.'],
    ['{"robotCheckAnswer": "psalm"}', '"robotCheckAnswer" must be 1 to 12 upper-case letters, like "PSALM".'],
    ['{"offline": 1}', '"offline" must be true or false.'],
    ['{"latencyMs": [5, 1]}', '"latencyMs" must be two whole numbers of milliseconds up to 60000, the smaller first, like [0, 0].'],
    ['{"latencyMs": 5}', '"latencyMs" must be two whole numbers of milliseconds up to 60000, the smaller first, like [0, 0].'],
    ['{"faults": {"error500": 1.1}}', '"faults.error500" must be a number from 0 to 1.']
  ])('%s → %s', (text, message) => {
    expect(parseServiceConfig(text)).toEqual({ ok: false, message })
  })

  it('never throw, and refuse in one line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const parsed = parseServiceConfig(text)
        if (!parsed.ok) expect(parsed.message).not.toBe('')
      })
    )
  })
})
