/** Codes in a message: on a line like "Code: 482913", or a group of capitals and digits standing by itself. */
export const codesIn = (body: string): readonly string[] => {
  const labelled = [...body.matchAll(/\bcode\b[^:\n]{0,40}:\s*([A-Z0-9][A-Z0-9-]{3,19})\b/gi)].map((match) => match[1] ?? '')
  const alone = [...body.matchAll(/(?<![\w-])(?=[A-Z-]*\d)([A-Z0-9]{4,12}(?:-[A-Z0-9]{2,8}){0,3})(?![\w-])/g)].map((match) => match[1] ?? '')
  return [...new Set(labelled.length > 0 ? labelled : alone)].filter((code) => !/^(19|20)\d\d$/.test(code))
}
