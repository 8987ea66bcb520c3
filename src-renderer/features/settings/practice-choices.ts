import type { PracticeFaults, PracticeState } from '@contract/views'

type Delay = PracticeState['latencyMs']
type Choice = { readonly value: string; readonly label: string }

/** What can go wrong on the line, in the order in which a person would meet it. */
export const faultLines: readonly { readonly fault: keyof PracticeFaults; readonly label: string }[] = [
  { fault: 'dropRequest', label: 'A message to the service is lost' },
  { fault: 'dropResponse', label: 'The answer of the service is lost' },
  { fault: 'error500', label: 'The service has trouble' },
  { fault: 'error429', label: 'The service is too busy' },
  { fault: 'duplicateResponse', label: 'An answer comes twice' },
  { fault: 'malformedResponse', label: 'An answer arrives garbled' }
]

const chances: readonly Choice[] = [
  { value: '0', label: 'Never (0 %)' },
  { value: '0.1', label: 'Now and then (10 %)' },
  { value: '0.3', label: 'Often (30 %)' },
  { value: '0.6', label: 'Mostly (60 %)' },
  { value: '1', label: 'Always (100 %)' }
]

/** A value that came from the service's own file is shown as it is. */
export const chanceOptions = (now: number): readonly Choice[] =>
  chances.some((chance) => Number(chance.value) === now) ? chances : [...chances, { value: String(now), label: `${Math.round(now * 1000) / 10} %` }]

const delays: readonly (Choice & { readonly delay: Delay })[] = [
  { value: '0-0', label: 'No time', delay: [0, 0] },
  { value: '500-500', label: 'Half a second', delay: [500, 500] },
  { value: '2000-2000', label: '2 seconds', delay: [2000, 2000] },
  { value: '5000-10000', label: '5 to 10 seconds', delay: [5000, 10_000] }
]

export const delayValue = ([from, to]: Delay): string => `${from}-${to}`

export const delayOf = (value: string): [number, number] => {
  const [from = 0, to = 0] = value.split('-').map(Number)
  return [from, to]
}

export const delayOptions = (now: Delay): readonly Choice[] =>
  delays.some((one) => one.value === delayValue(now))
    ? delays
    : [...delays, { value: delayValue(now), label: `${now[0] / 1000} to ${now[1] / 1000} seconds` }]

export const leaps = [
  { hours: 1, words: '1 hour' },
  { hours: 24, words: '1 day' },
  { hours: 24 * 7, words: '1 week' }
] as const
