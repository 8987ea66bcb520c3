/** The codes a message gives: what stands after "code is" or "code:". A receipt number or a date is no code. */
export const codesIn = (body: string): readonly string[] => {
  const found = [...body.matchAll(/\bcode\b(?:\s+is\b\s*|\s*:\s*)([A-Z0-9](?:[A-Z0-9-]{2,18}[A-Z0-9]))\b/gi)]
  return [...new Set(found.map((match) => match[1] ?? '').filter((code) => /\d|^[A-Z-]+$/.test(code)))]
}
