/** The scanners of this desk as the window sees them: one list, remembered between looks, with what each can do. */
import type { z } from 'zod'
import type { ScannerInfo as ScannerInfoSchema } from '../../contract/core.contract.ts'
import type { Core } from '../context.ts'
import type { DpiChoice, ScannerDriver, ScanMode, ScanSource } from '../scanning/driver.ts'
import { ScannerRegistry } from '../scanning/registry.ts'

type ScannerView = z.infer<typeof ScannerInfoSchema>

/** Resolutions offered where a device takes any; the ones people choose between. */
const USUAL_DPI = [150, 200, 300, 400, 600]
const SOURCES: readonly ScanSource[] = ['flatbed', 'feeder', 'feeder_duplex']
const MODES: readonly ScanMode[] = ['lineart', 'grey', 'colour']

export interface Scanners {
  registry: ScannerRegistry
  /** Remembered list; `refresh` asks all devices anew. */
  list(refresh: boolean): Promise<ScannerView[]>
  /** The scanner chosen in the settings, or the first one; null where there is none. */
  chosen(): { name: string; state: ScannerView['state'] } | null
}

export function createScanners(core: Core, drivers: readonly ScannerDriver[]): Scanners {
  const registry = new ScannerRegistry(drivers)
  let known: ScannerView[] = []
  let asking: Promise<ScannerView[]> | undefined

  async function look(): Promise<ScannerView[]> {
    const { scanners, drivers: states } = await registry.list(AbortSignal.timeout(60_000))
    for (const { driver, state, code } of states)
      if (state === 'failed') core.log.warn({ driver, code }, 'a scanner driver did not answer')
    const views = await Promise.all(
      scanners.map(async (scanner): Promise<ScannerView> => {
        const view = { id: scanner.id, name: scanner.name.slice(0, 200), driver: scanner.driver }
        try {
          const { sources } = await registry.capabilities(scanner.id, AbortSignal.timeout(20_000))
          return {
            ...view,
            state: 'ready',
            sources: SOURCES.filter((source) => sources.some((one) => one.source === source)),
            modes: MODES.filter((mode) => sources.some((one) => one.modes.includes(mode))),
            dpi: [...new Set(sources.flatMap((one) => choices(one.dpi)))].sort((a, b) => a - b).slice(0, 64),
          }
        } catch (error) {
          core.log.warn({ err: error, scanner: scanner.id }, 'a scanner does not say what it can do')
          return { ...view, state: 'offline', sources: [], modes: [], dpi: [] }
        }
      }),
    )
    known = views
    core.events.emit('devices')
    core.events.emit('status')
    return views
  }

  return {
    registry,
    list(refresh) {
      if (!refresh && known.length > 0) return Promise.resolve(known)
      asking ??= look().finally(() => (asking = undefined))
      return asking
    },
    chosen() {
      const wanted = core.settings.get().scan?.scannerId
      const scanner = known.find((one) => one.id === wanted) ?? known[0]
      return scanner ? { name: scanner.name, state: scanner.state } : null
    },
  }
}

function choices(dpi: DpiChoice): number[] {
  return 'values' in dpi ? dpi.values : USUAL_DPI.filter((value) => value >= dpi.min && value <= dpi.max)
}
