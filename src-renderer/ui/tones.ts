import { CircleCheck, CircleX, Info, TriangleAlert } from '@lucide/vue'
import type { Component } from 'vue'

export type Tone = 'info' | 'warn' | 'bad' | 'ok'

/** Each tone has its own shape, so that none is said by colour alone. */
export const toneIcons = {
  info: Info,
  warn: TriangleAlert,
  bad: CircleX,
  ok: CircleCheck
} as const satisfies Record<Tone, Component>
