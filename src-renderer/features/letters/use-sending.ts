import { computed, ref, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { Failure } from '@contract/result'
import type { Problems } from '@contract/problem-codes'
import type { Facility, LetterQuote } from '@contract/views'
import { checkLetter } from '@rules/letter-checks'
import { useLettersStore } from '@/stores/letters'
import { problemSentence } from '@/words/problems'
import type { DraftEditor } from './draft-editor'

type LetterField = 'to' | 'subject' | 'body' | 'photos'

/** From `Send` to a confirmed letter: check, save, ask for the price, ask the person, send once. */
export const useSending = (
  editor: DraftEditor,
  facility: () => Facility | null,
  wiring: {
    /** Shows what another window wrote; true when the text on the screen changed. */
    readonly refresh: () => Promise<boolean>
    readonly finish: () => void
    /** Photos that are on their way are in the letter, or were refused. */
    readonly settled: () => Promise<void>
  }
) => {
  const letters = useLettersStore()
  const router = useRouter()

  const busy = ref(false)
  const sending = ref(false)
  const question = shallowRef<LetterQuote | null>(null)
  /** Why the question is asked a second time. */
  const again = ref<Failure | null>(null)
  const failed = ref<Failure | null>(null)
  const attempt = ref(0)
  /** Fields judged since the last `Send`; what main found and the rules here do not know. */
  const judged = ref<readonly LetterField[]>([])
  const foreign = ref<Problems<LetterField>>({})

  const problems = (): Problems<LetterField> => checkLetter(facility(), { ...editor.state.fields, photos: editor.state.photos.length })
  const errors = computed<Partial<Record<LetterField, string>>>(() => {
    const found = { ...foreign.value, ...problems() }
    return Object.fromEntries(
      judged.value.flatMap((field) => {
        const problem = found[field]
        return problem ? [[field, problemSentence(problem)]] : []
      })
    )
  })

  const refuse = (found: Problems<LetterField>, fromMain = false): boolean => {
    judged.value = (['to', 'subject', 'body', 'photos'] as const).filter((field) => found[field])
    foreign.value = fromMain ? found : {}
    if (judged.value.length === 0) return false
    attempt.value += 1
    return true
  }

  const askPrice = async (): Promise<LetterQuote | null> => {
    if (!(await editor.flush()) || editor.state.draftId === null) return null
    // Most of the words would go: that question comes before the price.
    if (editor.askAboutLoss()) return null
    const result = await letters.quote(editor.state.draftId, editor.state.revision)
    if (result.ok) return result.value
    if (result.code === 'INVALID' && result.problems && refuse(result.problems, true)) return null
    failed.value = result
    return null
  }

  /**
   * Asks for the price; once more if the last words were saved just in between. A text from another window is shown
   * first: nobody is asked to confirm what they have not seen.
   */
  const prepare = async (): Promise<void> => {
    failed.value = null
    let quote = await askPrice()
    const changed = (failed.value as Failure | null)?.code === 'LETTER_CHANGED'
    if (changed && !(await wiring.refresh())) {
      failed.value = null
      quote = await askPrice()
    }
    question.value = quote
  }

  const send = async (): Promise<void> => {
    if (busy.value || question.value) return
    again.value = null
    failed.value = null
    busy.value = true
    try {
      await wiring.settled()
      if (!refuse(problems())) await prepare()
    } finally {
      busy.value = false
    }
  }

  const askAgain = async (why: Failure): Promise<void> => {
    // The dialog closes first: a second Enter must not answer the new question.
    question.value = null
    await prepare()
    again.value = question.value ? why : null
  }

  const confirm = async (): Promise<void> => {
    const quote = question.value
    if (!quote || sending.value) return
    sending.value = true
    try {
      const changed = editor.state.unsaved || editor.state.revision !== quote.revision
      const result = changed ? ({ ok: false, code: 'LETTER_CHANGED' } as const) : await letters.send(quote.ticket)
      if (result.ok) {
        wiring.finish()
        question.value = null
        await router.push({ name: quote.sendsLater ? 'outbox' : 'sent' })
      } else if (result.code === 'LETTER_CHANGED' || result.code === 'CONFIRM_AGAIN' || result.code === 'PRICE_CHANGED') {
        await askAgain(result)
      } else {
        question.value = null
        failed.value = result
      }
    } finally {
      sending.value = false
    }
  }

  return {
    busy,
    sending,
    question,
    again,
    failed,
    attempt,
    errors,
    send,
    confirm,
    cancel: (): void => {
      if (!sending.value) question.value = null
    }
  }
}
