import { isBlank } from './text'
import { lossBetween, shrinkBetween, type Loss } from './words-lost'

export type SaveClass = { readonly class: 'save' | 'conflict' | 'empty' } | { readonly class: 'wordsLost'; readonly loss: Loss }

/**
 * What a save of a draft may do.
 * @param storedRevision the revision on disk; @param baseRevision the one the editor started from
 * @param storedBody the text on disk; @param newBody the text that came
 * @param longestBody the longest text of the last while that nobody has been asked about; read only where the text shrank
 * @param allowEmpty the person said yes to throwing the text away; @param lossAnswered the person was asked and chose the new text
 * @returns `save`; `conflict` when the draft changed elsewhere meanwhile (both texts are kept); `empty` when nothing would
 * replace a written text unasked; `wordsLost` when more than half of a long text would go unasked
 * Source: architecture.md, How a letter flows 1; S0 step 12 (the portal does not save, so ours never loses); issue 4, Drafts.
 */
export const classifySave = (save: {
  readonly storedRevision: number
  readonly baseRevision: number
  readonly storedBody: string
  readonly newBody: string
  readonly longestBody: () => string
  readonly allowEmpty: boolean
  readonly lossAnswered: boolean
}): SaveClass => {
  const { storedBody, newBody } = save
  if (save.baseRevision !== save.storedRevision) return { class: 'conflict' }
  if (newBody === storedBody) return { class: 'save' }
  if (isBlank(newBody)) return { class: isBlank(storedBody) || save.allowEmpty ? 'save' : 'empty' }
  if (save.lossAnswered) return { class: 'save' }
  const loss = lossBetween(storedBody, newBody) ?? (newBody.length < storedBody.length ? shrinkBetween(save.longestBody(), newBody) : null)
  return loss === null ? { class: 'save' } : { class: 'wordsLost', loss }
}
