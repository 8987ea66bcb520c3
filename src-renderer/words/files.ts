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

export const printFailed: Say = (params) => {
  if (params['reason'] === 'slow') return 'Nothing was printed: the printing took too long.'
  return params['reason'] === 'noPrinter' ? 'Nothing was printed: this PC has no printer that answers.' : 'Nothing was printed.'
}
export const printFailedNext: Say = (params) =>
  params['reason'] === 'noPrinter' ? 'Switch the printer on and try again, or save a PDF and print that elsewhere.' : 'Try again with fewer letters, or export them as a file.'

export const fileNotRead: Say = (params) =>
  params['reason'] === 'readOnly' ? `You have no right to read ${nameOf(params, 'this file')}.` : `We could not read ${nameOf(params, 'the file')}. Is the USB stick still in?`
