import { noFaults, type Faults, type ServiceConfig } from '../config'
import { readMeta, writeMeta } from '../database/meta'
import type { Db } from '../database/open'

export type Weather = { readonly offline: boolean; readonly latencyMs: readonly [number, number]; readonly faults: Faults }
export type WeatherPatch = { readonly offline?: boolean | undefined; readonly latencyMs?: readonly [number, number] | undefined; readonly faults?: Partial<{ [N in keyof Faults]: number | undefined }> | undefined }

export type Controls = {
  readonly state: () => Weather
  /** Takes effect at once; `save` makes it survive a restart. */
  readonly set: (patch: WeatherPatch) => void
  readonly save: () => Promise<void>
}

type Kept = { readonly options: string; readonly weather: Weather }

/**
 * The practice controls of the line. They start as the options say and keep what was set since, until the options
 * change: the latest word counts.
 */
export const openControls = async (db: Db, config: ServiceConfig): Promise<Controls> => {
  const fromOptions: Weather = { offline: config.offline ?? false, latencyMs: config.latencyMs ?? [0, 0], faults: { ...noFaults, ...config.faults } }
  const options = JSON.stringify(fromOptions)
  const kept = (await readMeta(db, 'controls')) as Kept | null
  let weather = kept !== null && kept.options === options ? kept.weather : fromOptions
  return {
    state: () => weather,
    set: (patch) => {
      const given = Object.entries(patch.faults ?? {}).filter(([, chance]) => chance !== undefined)
      weather = {
        offline: patch.offline ?? weather.offline,
        latencyMs: patch.latencyMs ?? weather.latencyMs,
        faults: { ...weather.faults, ...Object.fromEntries(given) }
      }
    },
    save: () => writeMeta(db, 'controls', { options, weather } satisfies Kept)
  }
}
