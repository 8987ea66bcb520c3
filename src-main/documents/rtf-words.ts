/** Control words of RTF (Rich Text Format specification 1.9.1) that stand for a sign. */
export const rtfCharacters = {
  par: '\n',
  line: '\n',
  sect: '\n',
  tab: '\t',
  cell: '\t',
  nestcell: '\t',
  emdash: '\u2014',
  endash: '\u2013',
  emspace: ' ',
  enspace: ' ',
  bullet: '\u2022',
  lquote: '\u2018',
  rquote: '\u2019',
  ldblquote: '\u201c',
  rdblquote: '\u201d'
} as const

/** Groups whose content is not text of the letter. */
export const rtfSilentGroups: ReadonlySet<string> = new Set([
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  'annotation',
  'atnid',
  'atnauthor',
  'shp',
  'shpinst',
  'shptxt',
  'nonshppict',
  'listtable',
  'listoverridetable',
  'rsidtbl',
  'revtbl',
  'generator',
  'xmlnstbl',
  'themedata',
  'colorschememapping',
  'datastore',
  'latentstyles',
  'filetbl',
  'pnseclvl',
  'bkmkstart',
  'bkmkend',
  'private',
  'tc',
  'xe'
])

/** `\fcharset` values and the code pages they stand for. */
const pageOfCharset: Readonly<Record<number, number>> = {
  0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250
}

const decoderOfPage: Readonly<Record<number, string>> = { 932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5', 10000: 'macintosh', 65001: 'utf-8', 874: 'windows-874' }

/**
 * The name of a decoder for a Windows code page, or for a font's character set.
 * @returns `windows-1252` for what is not known
 */
export const codePageOf = (number: number, kind: 'page' | 'charset' = 'page'): string => {
  const page = kind === 'page' ? number : (pageOfCharset[number] ?? 1252)
  const named = decoderOfPage[page]
  if (named !== undefined) return named
  return page >= 1250 && page <= 1258 ? `windows-${page}` : 'windows-1252'
}
