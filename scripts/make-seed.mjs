/**
 * Writes resources/service/people.json: the fictional people of the simulated service. The same script always writes the
 * same file; `--check` only says whether the file is as this script would write it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { lastNames, menNames, secondNames, tooWellKnown, womenNames } from './make-seed-names.mjs'

const service = new URL('../resources/service/', import.meta.url)
const target = new URL('people.json', service)
const facilities = JSON.parse(readFileSync(new URL('facilities.json', service), 'utf8'))

/** mulberry32: small, and the same on every machine. */
const createRandom = (seed) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const random = createRandom(1962)
const below = (end) => Math.floor(random() * end)
const digits = (count) => Array.from({ length: count }, () => below(10)).join('')
const capital = () => 'ABCDEFGHJKLMNPRSTVWXYZ'[below(22)]
/** The head of a list is drawn far more often than its tail, as with real names. */
const common = (list) => list[Math.floor(random() ** 1.7 * list.length)]
const two = (value) => String(value).padStart(2, '0')

/** How many people each facility has, how many in a hundred are women, and how a number is made there. */
const plans = {
  'cedar-state': { people: 1500, women: 12, gone: 10, number: () => (below(12) === 0 ? `00${digits(4)}` : digits(6)) },
  'bay-state-prison': { people: 1100, women: 0, gone: 9, number: () => `${capital()}${digits(6)}` },
  'river-federal': { people: 800, women: 8, gone: 8, number: () => `${digits(5)}-${String(1 + below(180)).padStart(3, '0')}` },
  'elm-county-jail': { people: 920, women: 24, gone: 34, number: () => digits(5 + below(3)) },
  'north-reception': {
    people: 600,
    women: 0,
    gone: 22,
    number: () => `${two((98 + below(29)) % 100)}-${'ABR'[below(3)]}-${String(1 + below(5200)).padStart(4, '0')}`
  },
  'st-dismas-womens': { people: 520, women: 100, gone: 9, number: () => `${capital()}${digits(5)}` }
}

/** People the tour, practice mode, tests and articles know by name (resources/service/README.md lists them). */
const known = [
  ['cedar-state', '448213', 'Daniel', 'Reyes', 'active'],
  ['cedar-state', '448214', 'Luis', 'Ortega', 'active'],
  ['cedar-state', '448215', 'Thomas', 'Whitfield', 'active'],
  ['cedar-state', '448216', 'Angela', 'Moore', 'active'],
  ['cedar-state', '448217', 'Carol Jean', 'Price', 'active'],

  ['cedar-state', '448231', 'Daniel', 'Reyes', 'active'],
  ['cedar-state', '017502', 'Daniel', 'Reyes', 'active'],
  ['cedar-state', '460931', 'Daniel', 'Reyes', 'released'],
  ['bay-state-prison', 'R448213', 'Daniel', 'Reyes', 'active'],
  ['river-federal', '44821-003', 'Daniel', 'Reyes', 'active'],
  ['elm-county-jail', '0448213', 'Daniel', 'Reyes', 'transferred'],
  ['north-reception', '04-A-4482', 'Daniel', 'Reyes', 'active'],

  ['cedar-state', '301188', 'José', 'García', 'active'],
  ['cedar-state', '301818', 'José', 'García', 'active'],
  ['cedar-state', '355020', 'Jose', 'Garcia', 'active'],
  ['bay-state-prison', 'G220145', 'José', 'García', 'active'],
  ['river-federal', '40771-112', 'José', 'García', 'active'],
  ['elm-county-jail', '61204', 'José', 'García', 'active'],
  ['elm-county-jail', '0061204', 'José', 'García', 'released'],
  ['bay-state-prison', 'N104377', 'José', 'Núñez', 'active'],

  ['elm-county-jail', '448213', 'Brianna', 'Cole', 'active'],
  ['elm-county-jail', '0042117', 'James', 'Carter', 'active'],
  ['elm-county-jail', '73310', 'Angela', 'Moore', 'released'],

  ['cedar-state', '003391', 'Raymond', 'Ellis', 'transferred'],
  ['bay-state-prison', 'E004418', 'Raymond', 'Ellis', 'active'],
  ['cedar-state', '000127', 'Walter', 'Hayes', 'released'],
  ['cedar-state', '219004', 'Marcus', 'Dunn', 'suspended'],

  ['bay-state-prison', 'W310226', 'Thomas', 'Whitfield', 'active'],
  ['bay-state-prison', 'O118640', 'Luis', 'Ortega', 'active'],
  ['river-federal', '23157-045', 'Peter', 'Lindqvist', 'active'],
  ['river-federal', '00812-067', 'Samuel', 'Mensah', 'suspended'],
  ['north-reception', '98-A-0004', 'Emmanuel', 'Okafor', 'active'],
  ['north-reception', '21-B-1170', 'Patrick', "O'Brien", 'transferred'],
  ['st-dismas-womens', 'M20417', 'Angela', 'Moore', 'active'],
  ['st-dismas-womens', 'P11862', 'Carol Jean', 'Price', 'active'],
  ['st-dismas-womens', 'N00733', 'María', 'Núñez', 'active'],
  ['st-dismas-womens', 'T05518', 'Rosa', 'De La Cruz', 'released']
]

const rows = []
const taken = facilities.map(() => new Set())
const knownNames = new Set(known.map(([, , first, last]) => `${first} ${last}`))
const indexOf = new Map(facilities.map((facility, index) => [facility.id, index]))

const add = (index, number, first, last, status) => {
  const facility = facilities[index]
  if (!new RegExp(facility.idMask.pattern).test(number)) throw new Error(`${number} does not fit ${facility.name}`)
  if (taken[index].has(number)) throw new Error(`${number} is there twice at ${facility.name}`)
  taken[index].add(number)
  rows.push([index, number, first, last, status])
}

const freeNumber = (index, make) => {
  for (;;) {
    const number = make()
    if (!taken[index].has(number)) return number
  }
}

/** A fresh name. Those of the known people stay theirs, so that what a test finds under them does not change. */
const drawName = (women) => {
  for (;;) {
    const given = common(below(100) < women ? womenNames : menNames)
    const first = below(100) < 5 ? `${given} ${secondNames[below(secondNames.length)]}` : given
    const last = common(lastNames) + (below(100) < 2 && women === 0 ? ' Jr.' : '')
    const twice = first.split(' ').at(0) === first.split(' ').at(-1) && first.includes(' ')
    if (!twice && !knownNames.has(`${first} ${last}`) && !tooWellKnown.has(`${given} ${last}`)) return [first, last]
  }
}

const drawStatus = (gone, jail) => {
  const chance = below(100)
  if (chance >= gone + 2) return 'active'
  if (chance >= gone) return 'suspended'
  return below(100) < (jail ? 80 : 55) ? 'released' : 'transferred'
}

for (const [id, ...person] of known) add(indexOf.get(id), ...person)

facilities.forEach((facility, index) => {
  const plan = plans[facility.id]
  const sameElsewhere = facility.id === 'elm-county-jail' ? [...taken[indexOf.get('cedar-state')]].slice(60, 120) : []
  for (let count = taken[index].size; count < plan.people; count += 1) {
    const borrowed = sameElsewhere.pop()
    const number = borrowed !== undefined && !taken[index].has(borrowed) ? borrowed : freeNumber(index, plan.number)
    add(index, number, ...drawName(plan.women), drawStatus(plan.gone, facility.id === 'elm-county-jail'))
  }
})

rows.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))
const text = `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`

if (process.argv.includes('--check')) {
  const same = readFileSync(target, 'utf8') === text
  console.log(same ? 'people.json is as make-seed writes it.' : 'people.json differs: run node scripts/make-seed.mjs.')
  process.exitCode = same ? 0 : 1
} else {
  writeFileSync(target, text)
  console.log(`${rows.length} people, ${Buffer.byteLength(text)} bytes.`)
}
