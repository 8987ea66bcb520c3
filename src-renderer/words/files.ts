/** What went wrong with a file of the person's own: the sentence names it, the next step says what to do. */
type Params = Readonly<Record<string, string | number>>
type Say = (params: Params) => string

const nameOf = (params: Params, otherwise: string): string => (params['name'] ? String(params['name']) : otherwise)

const notWritten: Readonly<Record<string, readonly [why: string, next: string]>> = {
  full: ['the disk is full', 'Nothing of it was left behind. Make room, or choose another place, and save it again.'],
  readOnly: ['this place cannot be written to', 'Choose another folder, for example Documents, and save it again. If the file is open in another program, close it there first.'],
  gone: ['its folder or USB stick is not there any more', 'Put the stick in again, or choose another place, and save it again.']
}
const otherwise = ['', 'Nothing of it was left behind. Choose another place and save it again.'] as const

const whyNotWritten = (params: Params): readonly [why: string, next: string] => notWritten[String(params['reason'])] ?? otherwise

export const fileNotWritten: Say = (params) => {
  const [why] = whyNotWritten(params)
  return `${nameOf(params, 'The file')} was not saved${why === '' ? '' : `: ${why}`}.`
}
export const fileNotWrittenNext: Say = (params) => whyNotWritten(params)[1]
