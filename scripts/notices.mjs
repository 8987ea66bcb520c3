/**
 * Writes THIRD-PARTY-NOTICES.md: whose work is inside what we give away, under which licence, with its text.
 * Stops with an error when a licence does not clearly allow passing the work on. `--check` only compares.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './runtime/folders.mjs'

/** Licences that allow passing the work on, changed or not, given their notice. */
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'OFL-1.1', 'Python-2.0', 'Unlicense', 'Zlib'])

/** Development packages that nevertheless leave something in the app: Electron itself, and Tailwind's base styles. */
const SHIPPED_TOOLS = ['node_modules/electron', 'node_modules/tailwindcss']

/** Packages whose statement is older than the licence names of today; what their own licence text is. */
const BY_TEXT = { duck: 'BSD-2-Clause' }

/** Works inside other packages that have a notice of their own. */
const INSIDE = {
  'better-sqlite3-multiple-ciphers': 'Contains SQLite (public domain, https://sqlite.org/copyright.html) and SQLite3 Multiple Ciphers (MIT, Copyright (c) Ulrich Telle).',
  electron: 'Contains Chromium, Node.js, FFmpeg and others; their notices come with Electron as LICENSES.chromium.html and LICENSE in its folder.'
}

const readJson = (path) => JSON.parse(readFileSync(join(projectFolder, path), 'utf8'))

/**
 * What the app's dependencies lead to. Followed by hand rather than by the lock file's `dev` marks, which also count
 * build tools that a dependency merely gets along with (optional peers) and that leave nothing in the app.
 */
function shippedPackages() {
  const { packages } = readJson('package-lock.json')
  const reached = new Set(SHIPPED_TOOLS)
  const follow = (from) => {
    const { dependencies, optionalDependencies } = packages[from]
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = resolve(packages, from, name)
      if (!place || reached.has(place)) continue
      reached.add(place)
      follow(place)
    }
  }
  follow('')
  const here = [...reached].filter((place) => existsSync(join(projectFolder, place, 'package.json'))) // builds for other systems are not
  return here.map(describe).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

/** The place Node would find `name` in, seen from `from`: the nearest node_modules upwards. */
function resolve(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder ? `${folder}/` : ''}node_modules/${name}`
    if (packages[place]) return place
    if (folder === '') return undefined
  }
}

function describe(place) {
  const { name, version, license, licenses, author, homepage, repository } = readJson(join(place, 'package.json'))
  const declared = license?.type ?? license ?? licenses?.map((one) => one.type).join(' OR ') ?? 'none stated'
  const files = readdirSync(join(projectFolder, place)).filter((file) => /^(licen[cs]e|copying|notice|ofl)(\W|$)/i.test(file)).sort()
  return {
    name,
    version,
    licence: BY_TEXT[name] ?? String(declared),
    author: typeof author === 'string' ? author : author?.name,
    home: homepage ?? repository?.url ?? (typeof repository === 'string' ? repository : undefined),
    texts: files.map((file) => readFileSync(join(projectFolder, place, file), 'utf8').trim())
  }
}

/** "A OR B" needs one allowed licence, "A AND B" needs all. */
function allowsPassingOn(expression) {
  return expression.replace(/[()]/g, '').split(/\s+OR\s+/i)
    .some((choice) => choice.split(/\s+AND\s+/i).every((licence) => ALLOWED.has(licence.trim())))
}

function render(packages) {
  const sections = packages.map(({ name, version, licence, author, home, texts }) => [
    `## ${name} ${version}`,
    [`Licence: ${licence}`, author && `Author: ${author}`, home && `Home: ${home}`].filter(Boolean).join('  \n'),
    INSIDE[name],
    ...(texts.length > 0 ? texts.map((text) => `\`\`\`text\n${text.replace(/\r/g, '').replace(/[ \t]+$/gm, '').replaceAll('```', "'''")}\n\`\`\``) : [`The package carries no licence text; it is published under ${licence}.`])
  ].filter(Boolean).join('\n\n'))
  return `# Third-party notices\n\nEpistle is made with the work of others. This file is written by \`npm run notices\`; do not edit it by hand.\n\n${sections.join('\n\n')}\n`
}

const packages = shippedPackages()
const refused = packages.filter(({ licence }) => !allowsPassingOn(licence))
const target = join(projectFolder, 'THIRD-PARTY-NOTICES.md')
const text = render(packages)

if (refused.length > 0) {
  console.error(`These do not clearly allow being passed on:\n${refused.map(({ name, version, licence }) => `  ${name} ${version}: ${licence}`).join('\n')}`)
  process.exitCode = 1
} else if (process.argv.includes('--check')) {
  const current = existsSync(target) ? readFileSync(target, 'utf8') : ''
  if (current !== text) {
    console.error('THIRD-PARTY-NOTICES.md is out of date. Run: npm run notices')
    process.exitCode = 1
  }
} else {
  writeFileSync(target, text)
  console.log(`${packages.length} packages, all of which may be passed on.`)
}
