import { markdownVnodes } from '@/ui/markdown-vnodes'
import { createSSRApp, h, type VNode } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { describe, expect, it, vi } from 'vitest'

const nothing = (): void => undefined
/** Fragment markers are the server renderer's business. */
const render = async (source: string, topLevel?: number): Promise<string> =>
  (await renderToString(createSSRApp(() => h('div', markdownVnodes(source, { onHelp: nothing, topLevel }))))).replaceAll(
    /<!--.*?-->/g,
    ''
  )

describe('help articles', () => {
  it('renders headings, lists, emphasis and tables', async () => {
    const html = await render('# Title\n\nOne **two** *three* `four`\n\n1. a\n2. b\n   - c\n\n| A | B |\n|---|---|\n| 1 | 2 |')
    expect(html).toContain('<h1>Title</h1>')
    expect(html).toContain('<p>One <strong>two</strong> <em>three</em> <code>four</code></p>')
    expect(html).toContain('<ol><li>a</li><li>b<ul><li>c</li></ul></li></ol>')
    expect(html).toContain('<th scope="col">A</th>')
    expect(html).toContain('<td>2</td>')
  })

  it('moves headings down when the page has its own title', async () => {
    expect(await render('# A\n\n## B', 2)).toBe('<div><h2>A</h2><h3>B</h3></div>')
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'x <b onclick="y">bold</b> z',
    '![pic](https://example.org/a.png)',
    '[js](javascript:alert(1))',
    '[data](data:text/html,<script>1</script>)'
  ])('shows %s as words', async (source) => {
    const html = await render(source)
    expect(html.replaceAll(/<\/?(?:div|p)>/g, '')).not.toMatch(/<[a-z]/i)
  })

  it('keeps an outside address as text', async () => {
    expect(await render('See [the site](https://example.org/x).')).toBe('<div><p>See the site (https://example.org/x).</p></div>')
    expect(await render('<https://example.org/x>')).toBe('<div><p>https://example.org/x</p></div>')
  })

  it('tells the slug of a help link when it is followed', () => {
    const onHelp = vi.fn()
    const [paragraph] = markdownVnodes('[Drafts](help:letters/drafts)', { onHelp }) as [VNode]
    const link = (paragraph.children as VNode[])[0]!
    expect(link.type).toBe('a')
    const preventDefault = vi.fn()
    ;(link.props?.['onClick'] as (event: unknown) => void)({ preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
    expect(onHelp).toHaveBeenCalledExactlyOnceWith('letters/drafts')
  })

  it('decodes the few entities people write', async () => {
    expect(await render('Joe &amp; Ann &lt;3')).toBe('<div><p>Joe &amp; Ann &lt;3</p></div>')
  })
})
