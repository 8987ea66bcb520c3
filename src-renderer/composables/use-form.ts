import type { Problem, Problems } from '@contract/problem-codes'
import { computed, reactive, ref, toRaw, useId, watch } from 'vue'

/** One line of the error summary; without `id` there is no field to go to. */
export interface SummaryItem {
  readonly id?: string | undefined
  readonly text: string
}

/** What `v-bind="form.field('email')"` gives a field part. */
export interface FieldBinding<Value> {
  readonly id: string
  readonly modelValue: Value
  readonly error: string | undefined
  readonly 'onUpdate:modelValue': (value: Value) => void
}

export interface FormOptions<T extends object> {
  /** Prefix of the fields' ids; made up when absent. */
  readonly id?: string
  /** Flat values: one key a field, in the order of the page. */
  readonly initial: T
  /** The shared rules over these values. An empty object means nothing is wrong. */
  readonly check: (values: Readonly<T>) => Problems<keyof T & string>
  /** Turns a problem into the sentence shown beside the field and in the summary. */
  readonly words: (problem: Problem, field: keyof T & string) => string
}

export interface Form<T extends object> {
  /** Reactive, may be written directly (`v-model="form.values.email"`). */
  readonly values: T
  /** The sentence for each field now in error, in field order. */
  readonly errors: Readonly<Partial<Record<keyof T & string, string>>>
  /** For `<ErrorSummary v-bind="form.summary" />`. `attempt` grows with each refusal; the summary takes focus on it. */
  readonly summary: { readonly items: readonly SummaryItem[]; readonly attempt: number }
  readonly busy: boolean
  fieldId(field: keyof T & string): string
  field<K extends keyof T & string>(field: K): FieldBinding<T[K]>
  /** True when nothing is wrong; otherwise shows the problems. Wizards use it for `Next`. */
  validate(): boolean
  /** Validates, then runs the action once; a second call while it runs does nothing. True when the action ran. */
  submit(action: (values: Readonly<T>) => unknown): Promise<boolean>
  /** Problems found elsewhere (main, the service). They stay until their field is edited or the form is submitted again. */
  setProblems(problems: Problems): void
  /** Forgets all problems; the values stay. */
  clearProblems(): void
  /** Back to the initial values, or to these, without problems. */
  reset(values?: T): void
}

/**
 * A form that is judged when it is submitted, not while it is being filled in. After a refusal, each field in error is
 * judged again as it changes, and no other field gains an error before the next submit. Values are never dropped.
 *
 * Use the returned object whole (`form.errors`); its members are getters and lose track when destructured.
 */
export function useForm<T extends object>(options: FormOptions<T>): Form<T> {
  type Field = keyof T & string
  const prefix = options.id ?? useId()
  const fieldNames = Object.keys(options.initial) as Field[]
  const values = reactive({ ...toRaw(options.initial) }) as T
  const problems = ref<Record<string, Problem>>({})
  /** Fields whose problem came from outside and which `check` knows nothing about. */
  const foreign = new Set<string>()
  const attempt = ref(0)
  const busy = ref(false)

  const fieldId = (field: Field): string => `${prefix}-${field}`
  const plainValues = (): T => ({ ...toRaw(values) })

  function put(found: Readonly<Record<string, Problem | undefined>>): void {
    const kept: Record<string, Problem> = {}
    for (const [field, problem] of Object.entries(found)) if (problem) kept[field] = problem
    problems.value = kept
  }

  function recheck(changed: ReadonlySet<string>): void {
    if (Object.keys(problems.value).length === 0) return
    const found: Readonly<Record<string, Problem | undefined>> = options.check(plainValues())
    const next: Record<string, Problem | undefined> = {}
    for (const [field, problem] of Object.entries(problems.value)) {
      if (foreign.has(field) && !changed.has(field)) next[field] = problem
      else {
        foreign.delete(field)
        next[field] = found[field]
      }
    }
    put(next)
  }

  watch(
    () => ({ ...values }),
    (now, before) => recheck(new Set(fieldNames.filter((field) => !Object.is(now[field], before[field])))),
    { flush: 'sync' }
  )

  function refuse(): boolean {
    if (Object.keys(problems.value).length === 0) return false
    attempt.value += 1
    return true
  }

  function validate(): boolean {
    foreign.clear()
    put(options.check(plainValues()))
    return !refuse()
  }

  /** Fields in the order of the page, then problems that belong to no field here. */
  const inOrder = computed(() => {
    const known = fieldNames.filter((field) => problems.value[field])
    const others = Object.keys(problems.value).filter((field) => !fieldNames.includes(field as Field)) as Field[]
    return [...known, ...others].map((field) => {
      const problem = problems.value[field] as Problem
      return { field, known: fieldNames.includes(field), text: options.words(problem, field) }
    })
  })
  const errors = computed(
    () => Object.fromEntries(inOrder.value.map(({ field, text }) => [field, text])) as Partial<Record<Field, string>>
  )
  const summary = computed(() => ({
    items: inOrder.value.map(({ field, known, text }) => ({ id: known ? fieldId(field) : undefined, text })),
    attempt: attempt.value
  }))

  return {
    values,
    get errors() {
      return errors.value
    },
    get summary() {
      return summary.value
    },
    get busy() {
      return busy.value
    },
    fieldId,
    field: (field) => ({
      id: fieldId(field),
      modelValue: values[field],
      error: errors.value[field],
      'onUpdate:modelValue': (value) => {
        values[field] = value
      }
    }),
    validate,
    async submit(action) {
      if (busy.value || !validate()) return false
      busy.value = true
      try {
        await action(plainValues())
      } finally {
        busy.value = false
      }
      return true
    },
    setProblems(found) {
      foreign.clear()
      put(found)
      for (const field of Object.keys(problems.value)) foreign.add(field)
      refuse()
    },
    clearProblems() {
      foreign.clear()
      problems.value = {}
    },
    reset(next = options.initial) {
      foreign.clear()
      problems.value = {}
      Object.assign(values, { ...toRaw(next) })
    }
  }
}
