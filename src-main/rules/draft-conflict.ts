import { isBlank } from './text'

export type SaveClass = 'save' | 'conflict' | 'empty'

/**
 * What a save of a draft may do.
 * @param storedRevision the revision on disk; @param baseRevision the one the editor started from
 * @param storedBody the text on disk; @param newBody the text that came
 * @param allowEmpty the person said yes to throwing the text away
 * @returns `save`; `conflict` when the draft changed elsewhere meanwhile (both texts are kept); `empty` when nothing would
 * replace a written text unasked
 * Source: architecture.md, How a letter flows 1; S0 step 12 (the portal does not save, so ours never loses).
 */
export const classifySave = ({
  storedRevision,
  baseRevision,
  storedBody,
  newBody,
  allowEmpty
}: {
  readonly storedRevision: number
  readonly baseRevision: number
  readonly storedBody: string
  readonly newBody: string
  readonly allowEmpty: boolean
}): SaveClass => {
  if (baseRevision !== storedRevision) return 'conflict'
  return isBlank(newBody) && !isBlank(storedBody) && !allowEmpty ? 'empty' : 'save'
}
