import { expect, test } from 'vitest'
import { countRiskySigns, documentText, leftOutOfPaste } from '../../../src-main/rules/document-text'

test('paragraphs that touch are parted by an empty line, items of a list are not', () => {
  expect(documentText('Dear José,\nHow are you?\n- bread\n- fish\nYours', true)).toBe('Dear José,\n\nHow are you?\n\n- bread\n- fish\n\nYours')
  expect(documentText('a\nb', false)).toBe('a\nb')
})

test('spaces at line ends and heaps of empty lines go, the words stay', () => {
  expect(documentText('\n\n a  \r\nb\u000bc\n\n\n\n\n\nd\n\n', false)).toBe(' a\nb\nc\n\n\nd')
})

test('doing it again changes nothing', () => {
  const once = documentText('Dear,\n1. x\n2. y\n\tz\n\nend', true)
  expect(documentText(once, false)).toBe(once)
})

test('emoji and signs of a private font are counted, letters and accents are not', () => {
  expect(countRiskySigns('Peace be with you, José. 1 + 1 = 2 © 2026 “ok” – fine')).toBe(0)
  expect(countRiskySigns('🙏🏽 👨‍👩‍👧 ☺️ \uf0b7')).toBe(4)
})

test('what a paste from Word brought besides its words', () => {
  const html = '<html><body><!--[if gte vml 1]><v:imagedata src="a"/><img src="a"><![endif]--><![if !vml]><img src="a"><![endif]><p><b>Dear</b> <a href="javascript:x">you</a></p><table><tr><td>1</td></tr></table></body></html>'
  expect(leftOutOfPaste(html)).toEqual({ pictures: 1, links: 1, tables: 1, formatting: 1 })
  expect(leftOutOfPaste('')).toEqual({})
})
