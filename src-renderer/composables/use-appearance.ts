/** What a person may choose in Settings about how the app looks. */
export type ThemeChoice = 'system' | 'light' | 'dark' | 'high-contrast'

export interface Appearance {
  readonly theme: ThemeChoice
  /** Per cent, 100 to 200. */
  readonly textSize: number
}

export interface SystemWishes {
  readonly dark: boolean
  readonly moreContrast: boolean
}

/** The theme to show: the person's choice, or what the computer asks for. */
export function themeFor(choice: ThemeChoice, system: SystemWishes): Exclude<ThemeChoice, 'system'> {
  if (choice !== 'system') return choice
  if (system.moreContrast) return 'high-contrast'
  return system.dark ? 'dark' : 'light'
}

/** 1 to 2, whatever a settings file says. */
export function textScale(percent: number): number {
  return Number.isFinite(percent) ? Math.min(2, Math.max(1, percent / 100)) : 1
}

/**
 * Puts an appearance on <html> and keeps following the computer while the choice is `system`.
 * Returns a function that stops following; call it before applying another appearance.
 */
export function applyAppearance(appearance: Appearance): () => void {
  const root = document.documentElement
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const contrast = window.matchMedia('(prefers-contrast: more)')
  const show = (): void => {
    root.dataset['theme'] = themeFor(appearance.theme, { dark: dark.matches, moreContrast: contrast.matches })
  }
  root.style.setProperty('--text-scale', String(textScale(appearance.textSize)))
  show()
  dark.addEventListener('change', show)
  contrast.addEventListener('change', show)
  return () => {
    dark.removeEventListener('change', show)
    contrast.removeEventListener('change', show)
  }
}
