/**
 * The edit buffer of one letter: what is on the screen, what of it is not on disk yet, and when to save it.
 * The words on the screen always win: nothing that comes back from a save is ever written over them.
 */
import { computed, reactive, type DeepReadonly } from 'vue'
import type { Photo } from '@contract/photos'
import type { Failure, Result } from '@contract/result'
import { failure } from '@contract/result'
import type { Draft, DraftSaved } from '@contract/views'
import { isBlank } from '@rules/text'
import { askEmptyAfterMs, askLossAfterMs, atMostMs, firstRetryMs, idleMs, lastRetryMs, type EditorPorts, type SaveStatus } from './autosave'
import { emptyFields, fieldNames, fieldsOf, pickFields, tooLongToKeep, type DraftFields, type FieldName } from './draft-fields'

export type DraftEditor = ReturnType<typeof createDraftEditor>

/** A call to main that changes the photos of this draft. @returns those it has then */
export type ChangePhotos = (draftId: string) => Promise<Result<readonly Photo[]>>

/** The words that would go, and the text that has them all. */
export type PendingLoss = Pick<Extract<DraftSaved, { outcome: 'wordsLost' }>, 'words' | 'characters' | 'earlierBody'>

export const createDraftEditor = (start: Draft | { readonly contactId: string | null }, ports: EditorPorts) => {
  const opened = 'draftId' in start ? start : null
  const state = reactive({
    draftId: opened?.draftId ?? null,
    revision: opened?.revision ?? 0,
    savedAt: opened?.savedAt ?? null,
    fields: opened ? fieldsOf(opened) : { ...emptyFields, contactId: start.contactId },
    /** Each is on disk before it is here. */
    photos: opened?.photos ?? ([] as readonly Photo[]),
    /** Something typed is not on disk yet. */
    unsaved: false,
    /** The only unsaved thing is an emptied letter, and that is a question. */
    held: false,
    saving: false,
    failure: null as Failure | null,
    /** The other text of a conflict; this editor went on in the copy. */
    otherDraftId: null as string | null,
    /** The draft was sent or discarded elsewhere while words were typed here: they went on in a new draft. */
    movedOn: false,
    /** The letter was emptied: keep the earlier text? */
    askingAboutEmpty: false,
    /** Most of a long letter would go. The text on the screen is set aside on disk, the earlier one is untouched. */
    loss: null as PendingLoss | null,
    /** Now is the moment to ask about it. */
    askingAboutLoss: false
  })

  /** What main is known to hold. */
  let stored: DraftFields = opened ? fieldsOf(opened) : emptyFields
  /** Each unsaved field with the number of its last edit. */
  const edited = new Map<FieldName, number>()
  /** Photos of a draft that was closed elsewhere: they are on the screen and go along into the new one. */
  let following: readonly Photo[] = []
  let version = 0
  let lastEditAt = 0
  let unsavedSince: number | null = null
  let emptyAllowed = false
  let emptyWasRefused = false
  let keepEarlier = false
  let lossAnswered = false
  /** The edit of the text that is set aside: the same text is not sent twice. */
  let asideEdit = 0
  let failures = 0
  let retryAt = 0
  let timer: number | null = null
  let underWay: Promise<boolean> | null = null
  let stopped = false

  const emptyHeld = (): boolean =>
    edited.has('body') && !emptyAllowed && isBlank(state.fields.body) && (emptyWasRefused || !isBlank(stored.body))

  const lossHeld = (): boolean => state.loss !== null && edited.get('body') === asideEdit

  const saveable = (): readonly FieldName[] => {
    const tooLong = tooLongToKeep(state.fields)
    return fieldNames.filter((name) => edited.has(name) && !(name in tooLong) && !(name === 'body' && (emptyHeld() || lossHeld())))
  }

  const refusal = (): Failure | null => {
    const problems = tooLongToKeep(state.fields)
    return Object.keys(problems).length > 0 ? failure('INVALID', { problems }) : null
  }

  const stopTimer = (): void => {
    if (timer !== null) ports.clearTimer(timer)
    timer = null
  }

  const schedule = (): void => {
    stopTimer()
    if (stopped || underWay) return
    const now = ports.clock()
    const at = (due: number, run: () => void): void => {
      timer = ports.setTimer(run, Math.max(0, due - now))
    }
    if (saveable().length > 0) at(failures > 0 ? retryAt : Math.min(lastEditAt + idleMs, (unsavedSince ?? now) + atMostMs), () => void run())
    else if (emptyHeld() && !state.askingAboutEmpty) at(lastEditAt + askEmptyAfterMs, () => (state.askingAboutEmpty = emptyHeld()))
    else if (lossHeld() && !state.askingAboutLoss) at(lastEditAt + askLossAfterMs, () => (state.askingAboutLoss = lossHeld()))
  }

  const markEdited = (name: FieldName): void => {
    version += 1
    edited.set(name, version)
  }

  const settle = (): void => {
    state.unsaved = edited.size > 0
    state.held = state.unsaved && saveable().length === 0
    if (failures === 0) state.failure = refusal()
  }

  const fail = (reason: Failure): false => {
    failures += 1
    retryAt = ports.clock() + Math.min(firstRetryMs * 2 ** (failures - 1), lastRetryMs)
    unsavedSince ??= ports.clock()
    state.failure = reason
    return false
  }

  const identify = (draft: Draft): void => {
    state.draftId = draft.draftId
    state.revision = draft.revision
    state.savedAt = draft.savedAt
    showPhotos(draft)
  }

  const showPhotos = (draft: Draft): void => {
    if (following.length === 0) state.photos = draft.photos
  }

  /** These values are on disk; a field edited since then stays unsaved. */
  const kept = (patch: Partial<DraftFields>, upTo: number): void => {
    for (const name of Object.keys(patch) as FieldName[]) if ((edited.get(name) ?? 0) <= upTo) edited.delete(name)
    if ('body' in patch) {
      emptyAllowed = false
      lossAnswered = false
      state.loss = null
      state.askingAboutLoss = false
    }
    failures = 0
    state.failure = null
  }

  /** Everything but the text is on disk; the text is set aside until the question is answered. */
  const holdLoss = ({ current, ...loss }: Extract<DraftSaved, { outcome: 'wordsLost' }>, patch: Partial<DraftFields>, upTo: number): void => {
    identify(current)
    stored = fieldsOf(current)
    const { body: _held, ...others } = patch
    kept(others, upTo)
    if ((edited.get('body') ?? 0) <= upTo) asideEdit = edited.get('body') ?? 0
    state.loss = { words: loss.words, characters: loss.characters, earlierBody: loss.earlierBody }
  }

  const apply = (answer: DraftSaved, patch: Partial<DraftFields>, upTo: number): void => {
    if (answer.outcome === 'emptyRefused') {
      stored = fieldsOf(answer.current)
      state.revision = answer.current.revision
      showPhotos(answer.current)
      emptyAllowed = false
      emptyWasRefused = true
      state.askingAboutEmpty = emptyHeld()
      return
    }
    if (answer.outcome === 'wordsLost') return holdLoss(answer, patch, upTo)
    if (answer.outcome === 'conflict') {
      identify(answer.copy)
      state.otherDraftId = answer.current.draftId
      stored = { ...fieldsOf(answer.copy), ...patch }
      // The copy must hold everything that is on this screen, not only what was just typed.
      for (const name of fieldNames) if (!(name in patch) && answer.copy[name] !== state.fields[name]) markEdited(name)
    } else {
      identify(answer.draft)
      stored = { ...stored, ...patch }
    }
    kept(patch, upTo)
  }

  const createFirst = async (): Promise<Failure | null> => {
    const contactId = state.fields.contactId
    const upTo = version
    const made = await ports.create(contactId)
    if (!made.ok) return made
    identify(made.value)
    stored = fieldsOf(made.value)
    kept(stored.contactId === contactId ? { contactId } : {}, upTo)
    return null
  }

  /** What the disk refuses is tried again in a later turn; the words wait for no photo. */
  const takePhotosAlong = async (): Promise<void> => {
    for (let next = following[0]; next !== undefined && state.draftId !== null; next = following[0]) {
      const taken = await ports.copyPhoto(state.draftId, next)
      if (!taken.ok && taken.code !== 'NOT_FOUND' && taken.code !== 'PHOTO_NOT_ADDED') return
      following = following.slice(1)
      if (taken.ok && following.length === 0) state.photos = taken.value
    }
  }

  /** The draft is closed: what is on the screen becomes a new one. */
  const moveOn = (): void => {
    state.draftId = null
    state.revision = 0
    state.movedOn = true
    following = state.photos
    stored = emptyFields
    emptyWasRefused = false
    for (const name of fieldNames) if (state.fields[name] !== emptyFields[name]) markEdited(name)
  }

  const attempt = async (): Promise<boolean> => {
    if (saveable().length === 0) return refusal() === null
    if (state.draftId === null) {
      if (isBlank(state.fields.body) && isBlank(state.fields.subject) && !edited.has('contactId') && !state.fields.prepaidReply) {
        edited.clear()
        return true
      }
      const refused = await createFirst()
      if (refused) return fail(refused)
    }
    const draftId = state.draftId
    const patch = pickFields(state.fields, saveable())
    if (draftId === null || Object.keys(patch).length === 0) return true
    const upTo = version
    unsavedSince = null
    const answer = await ports.save({ draftId, baseRevision: state.revision, patch, allowEmpty: emptyAllowed && 'body' in patch, lossAnswered: lossAnswered && 'body' in patch, keepEarlier })
    if (answer.ok) {
      keepEarlier = false
      apply(answer.value, patch, upTo)
      await takePhotosAlong()
      return true
    }
    if (answer.code !== 'DRAFT_CLOSED') return fail(answer)
    moveOn()
    return attempt()
  }

  /** One at a time: what changes the draft waits for nothing but its turn. */
  const begin = (work: () => Promise<boolean>): Promise<boolean> => {
    stopTimer()
    state.saving = true
    underWay = work()
      .catch(() => fail(failure('INTERNAL')))
      .finally(() => {
        underWay = null
        state.saving = false
        settle()
        schedule()
      })
    return underWay
  }

  /** Who asks for a save while something is under way gets that. */
  const run = (): Promise<boolean> => underWay ?? begin(attempt)

  const attemptPhotos = async (change: ChangePhotos): Promise<Result<readonly Photo[]>> => {
    if (stopped) return failure('DRAFT_CLOSED')
    const refused = state.draftId === null ? await createFirst() : null
    if (refused || state.draftId === null) return refused ?? failure('INTERNAL')
    await takePhotosAlong()
    const changed = await change(state.draftId)
    if (changed.ok) state.photos = changed.value
    if (changed.ok || changed.code !== 'DRAFT_CLOSED') return changed
    moveOn()
    return attemptPhotos(change)
  }

  /** Adds a photo or takes one out, in its turn, so that it is the draft on the screen that gets it. The letter begins with a photo as with a word. */
  const changePhotos = async (change: ChangePhotos): Promise<Result<readonly Photo[]>> => {
    while (underWay) await underWay
    let outcome: Result<readonly Photo[]> = failure('INTERNAL')
    await begin(async () => {
      outcome = await attemptPhotos(change)
      return true
    })
    return outcome
  }

  /** @param bringsBack the text comes from the history: what it replaces is kept there too, however young it is */
  const edit = (patch: Partial<DraftFields>, bringsBack = false): void => {
    let changed = false
    for (const name of Object.keys(patch) as FieldName[]) {
      if (patch[name] === undefined || patch[name] === state.fields[name]) continue
      Object.assign(state.fields, { [name]: patch[name] })
      markEdited(name)
      changed = true
    }
    if (!changed) return
    keepEarlier ||= bringsBack
    lossAnswered ||= bringsBack
    state.askingAboutLoss = false
    if (patch.body !== undefined) {
      emptyAllowed = false
      if (!isBlank(patch.body)) {
        emptyWasRefused = false
        state.askingAboutEmpty = false
      }
    }
    lastEditAt = ports.clock()
    unsavedSince ??= lastEditAt
    settle()
    schedule()
  }

  /** Saves now. True when everything typed before the call is on disk (an emptied letter apart, see `askAboutEmpty`). */
  const flush = async (): Promise<boolean> => {
    const goal = version
    const left = (): boolean => saveable().some((name) => (edited.get(name) ?? 0) <= goal)
    if (underWay) await underWay
    while (left()) if (!(await run())) return false
    return refusal() === null
  }

  return {
    state: state as DeepReadonly<typeof state>,
    status: computed<SaveStatus>(() => {
      if (state.failure) return 'failed'
      if (state.held) return 'unsaved'
      if (state.unsaved || state.saving) return 'saving'
      return state.draftId === null ? 'unsaved' : 'saved'
    }),
    edit,
    flush,
    changePhotos,
    /** A text from the history, or that of before an Undo: what it replaces is kept there. Asked for by name, it may be an empty one. */
    putBack: (words: Pick<DraftFields, 'subject' | 'body'>): Promise<boolean> => {
      edit(words, true)
      emptyAllowed = edited.has('body')
      return flush()
    },
    /** Shows the question if the letter was emptied; true when it has to be answered first. */
    askAboutEmpty: (): boolean => (state.askingAboutEmpty = emptyHeld()),
    keepEarlierText: (): void => {
      state.askingAboutEmpty = false
      if (!emptyHeld()) return
      Object.assign(state.fields, { body: stored.body })
      edited.delete('body')
      emptyWasRefused = false
      settle()
    },
    saveEmpty: (): Promise<boolean> => {
      state.askingAboutEmpty = false
      emptyAllowed = true
      return flush()
    },
    /** Shows the question if most of the words would go; true when it has to be answered first. */
    askAboutLoss: (): boolean => (state.askingAboutLoss = lossHeld()),
    /** The earlier text comes back; the shorter one stays set aside, as a version of the letter. */
    keepWords: (): void => {
      const loss = state.loss
      state.loss = null
      state.askingAboutLoss = false
      if (loss === null) return
      Object.assign(state.fields, { body: loss.earlierBody })
      edited.delete('body')
      // Deleted little by little: what is on disk is shorter already.
      if (loss.earlierBody !== stored.body) {
        markEdited('body')
        keepEarlier = true
        lossAnswered = true
      }
      settle()
      schedule()
    },
    useShorter: (): Promise<boolean> => {
      state.loss = null
      state.askingAboutLoss = false
      lossAnswered = true
      return flush()
    },
    /** A newer text of this draft from another window: shown only where nothing unsaved is here. */
    offer: (draft: Draft): boolean => {
      if (draft.draftId === state.draftId) showPhotos(draft)
      if (edited.size > 0 || underWay || draft.draftId !== state.draftId || draft.revision <= state.revision) return false
      identify(draft)
      stored = fieldsOf(draft)
      Object.assign(state.fields, stored)
      return true
    },
    /** Photos that another window put in or took out: no word changes under anybody's eyes. */
    offerPhotos: (draft: Draft): void => {
      if (draft.draftId === state.draftId) showPhotos(draft)
    },
    forgetConflict: (): void => {
      state.otherDraftId = null
      state.movedOn = false
    },
    /** No more saves by themselves; `flush` still works. */
    stop: (): void => {
      stopped = true
      stopTimer()
    }
  }
}
