import { lexer, type MarkedToken, type Token, type Tokens } from 'marked'
import { h, type VNode, type VNodeArrayChildren } from 'vue'

export interface MarkdownOptions {
  /** Called with the slug of a `help:slug` link. */
  readonly onHelp: (slug: string) => void
  /** Level of a `#` heading, 1 or more. */
  readonly topLevel?: number | undefined
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': '\u00a0'
}
const plain = (text: string): string => text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity)

/** Tokens into vnodes and nothing else: no HTML is ever made, so whatever an article holds is shown as words. */
export function markdownVnodes(source: string, options: MarkdownOptions): VNodeArrayChildren {
  const children = (tokens: readonly Token[] | undefined): VNodeArrayChildren =>
    (tokens ?? []).map((token) => one(token as MarkedToken))

  const cells = (tag: 'th' | 'td', row: readonly Tokens.TableCell[]): VNode =>
    h(
      'tr',
      row.map((cell) => h(tag, tag === 'th' ? { scope: 'col' } : {}, children(cell.tokens)))
    )

  const link = (token: Tokens.Link): VNode | VNodeArrayChildren => {
    const words = children(token.tokens)
    const slug = /^help:([a-z0-9][a-z0-9/-]*)$/.exec(token.href)?.[1]
    if (slug !== undefined) {
      const follow = (event: Event): void => {
        event.preventDefault()
        options.onHelp(slug)
      }
      return h('a', { href: `#help:${slug}`, onClick: follow }, words)
    }
    // Nothing here opens a browser; an address is there to be read or copied.
    return token.text === token.href ? words : [...words, ` (${token.href})`]
  }

  const heading = (token: Tokens.Heading): VNode =>
    h(`h${Math.min(6, token.depth + (options.topLevel ?? 1) - 1)}`, children(token.tokens))

  function one(token: MarkedToken): VNode | VNodeArrayChildren | string | null {
    switch (token.type) {
      case 'heading':
        return heading(token)
      case 'paragraph':
        return h('p', children(token.tokens))
      case 'text':
        return token.tokens ? children(token.tokens) : plain(token.text)
      case 'escape':
        return plain(token.text)
      case 'strong':
      case 'em':
      case 'del':
        return h(token.type, children(token.tokens))
      case 'codespan':
        return h('code', token.text)
      case 'code':
        return h('pre', { tabindex: 0 }, h('code', token.text))
      case 'br':
        return h('br')
      case 'hr':
        return h('hr')
      case 'blockquote':
        return h('blockquote', children(token.tokens))
      case 'list':
        return h(
          token.ordered ? 'ol' : 'ul',
          token.ordered && typeof token.start === 'number' && token.start !== 1 ? { start: token.start } : {},
          token.items.map((item) => h('li', children(item.tokens)))
        )
      case 'table':
        return h('table', [
          h('thead', cells('th', token.header)),
          h(
            'tbody',
            token.rows.map((row) => cells('td', row))
          )
        ])
      case 'link':
        return link(token)
      case 'image':
        return plain(token.text)
      case 'html':
        return token.text
      case 'checkbox':
        return token.checked ? 'Done: ' : ''
      case 'list_item':
        return h('li', children(token.tokens))
      case 'space':
      case 'def':
        return null
    }
  }

  return children(lexer(source))
}
