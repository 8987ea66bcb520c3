import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

type Theme = 'light' | 'dark' | 'high-contrast'
type Tokens = Readonly<Record<string, string>>

const css = readFileSync(fileURLToPath(new URL('../../../src-renderer/styles/tokens.css', import.meta.url)), 'utf8')

function readTokens(): Record<Theme, Tokens> {
  const light: Record<string, string> = {}
  const dark: Record<string, string> = {}
  for (const [, name, day, night] of css.matchAll(/--color-([a-z-]+):\s*light-dark\((#[0-9a-f]{6,8}),\s*(#[0-9a-f]{6,8})\)/g)) {
    light[name!] = day!
    dark[name!] = night!
  }
  const block = /\[data-theme='high-contrast'\]\s*\{([^}]+)\}/.exec(css)?.[1] ?? ''
  const strong: Record<string, string> = { ...dark }
  for (const [, name, value] of block.matchAll(/--color-([a-z-]+):\s*(#[0-9a-f]{6,8})/g)) strong[name!] = value!
  return { light, dark, 'high-contrast': strong }
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (bright + 0.05) / (dim + 0.05)
}

const grounds = ['paper', 'side', 'surface', 'sheet']

/** Words on every ground they are set on. */
const words: readonly (readonly [ink: string, grounds: readonly string[]])[] = [
  ['ink', [...grounds, 'accent-wash', 'info-wash', 'warn-wash', 'bad-wash', 'ok-wash', 'mark']],
  ['soft', [...grounds, 'accent-wash']],
  ['accent', [...grounds, 'accent-wash', 'info-wash', 'warn-wash', 'bad-wash', 'ok-wash']],
  ['on-accent', ['accent-fill', 'accent-fill-hover']],
  ['on-bad', ['bad-fill', 'bad-fill-hover']],
  ['bad', ['paper', 'surface', 'sheet', 'bad-wash']],
  ['warn', ['paper', 'surface', 'warn-wash']],
  ['ok', ['paper', 'surface', 'ok-wash']],
  ['info', ['paper', 'surface', 'info-wash']]
]

/** Edges, fills and rings that must be seen to use the thing. */
const edges: readonly (readonly [edge: string, grounds: readonly string[]])[] = [
  ['edge', ['paper', 'surface', 'sheet', 'side']],
  ['focus', [...grounds, 'accent-wash', 'info-wash', 'warn-wash', 'bad-wash', 'ok-wash']],
  ['accent-fill', ['paper', 'surface']],
  ['bad-fill', ['paper', 'surface']]
]

const themes = readTokens()

describe.each(['light', 'dark', 'high-contrast'] as const)('theme %s', (theme) => {
  const tokens = themes[theme]
  const colour = (name: string): string => {
    const value = tokens[name]
    if (value === undefined) throw new Error(`--color-${name} is not in tokens.css`)
    return value
  }
  const least = theme === 'high-contrast' ? 7 : 4.5

  it.each(words.flatMap(([ink, on]) => on.map((ground) => [ink, ground] as const)))(
    `words in %s on %s reach ${least}:1`,
    (ink, ground) => {
      expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(least)
    }
  )

  it.each(edges.flatMap(([edge, on]) => on.map((ground) => [edge, ground] as const)))('%s on %s reaches 3:1', (edge, ground) => {
    expect(contrast(colour(edge), colour(ground))).toBeGreaterThanOrEqual(3)
  })
})

describe('the token file', () => {
  it('gives every colour a light and a dark value, and high contrast its own', () => {
    const named = [...css.matchAll(/^\s+--color-([a-z-]+):/gm)].map((match) => match[1]!)
    for (const name of named) expect(Object.keys(themes.light), name).toContain(name)
    const block = /\[data-theme='high-contrast'\]\s*\{([^}]+)\}/.exec(css)?.[1] ?? ''
    for (const name of Object.keys(themes.light)) expect(block, name).toContain(`--color-${name}:`)
  })

  it('keeps the colours of the look', () => {
    expect(themes.light).toMatchObject({
      paper: '#faf7f2',
      surface: '#ffffff',
      ink: '#22262b',
      soft: '#565d66',
      line: '#ddd5c8',
      accent: '#1f5c57',
      'accent-wash': '#e3efec',
      warn: '#8a4b08',
      'warn-wash': '#fdf0dc',
      bad: '#a3262a',
      ok: '#2a6b3f',
      focus: '#0b6bcb'
    })
  })

  it('computes black on white as 21:1', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5)
  })
})
