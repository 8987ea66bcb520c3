/** The texts a person agrees to, by kind and version (resources/terms). */
export type TermsKind = 'terms' | 'emessaging-terms'

const files: Readonly<Record<string, string>> = import.meta.glob('../../resources/terms/*.md', { query: '?raw', import: 'default', eager: true })

/** The text without its first heading: the dialog or screen shows that itself. */
export const termsText = (kind: TermsKind, version: string): string => {
  const source = files[`../../resources/terms/${kind}-v${version}.md`] ?? ''
  return source.replace(/^---\n[\s\S]*?\n---\n?/, '').replace(/^\s*#\s+.+\n+/, '').trim()
}
