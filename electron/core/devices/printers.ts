/** The printers of this desk: every driver's in one list, each with its state as it says itself. */
import type { z } from 'zod'
import { printerAccess } from '../../../db/queries/printer-access.ts'
import type { PrinterInfo as PrinterInfoSchema } from '../../contract/core.contract.ts'
import type { Core } from '../context.ts'
import { toDeskError } from '../desk-errors.ts'
import { DeskError } from '../../contract/errors.ts'
import type { PrinterCapabilities, PrinterDriver } from '../printing/driver.ts'
import { PrintError } from '../printing/errors.ts'
import type { PrinterHealth } from '../printing/routing.ts'

type PrinterView = z.infer<typeof PrinterInfoSchema>

/** How long a printer may take to say how it is, ms. */
const STATE_LIMIT = 4000
/** What a printer said of itself counts for so long, ms. */
const FRESH = 20_000

export interface Printers {
  list(refresh: boolean): Promise<PrinterView[]>
  driverOf(printerId: string): PrinterDriver | undefined
  /** The printer for slips: the one asked for, else the one in the settings, else the first. */
  choose(printerId: string | null): Promise<PrinterView | undefined>
  /** Id of the desk's usual printer, while one is known. */
  chosenId(): string | undefined
  chosen(): { name: string; state: PrinterView['state']; reasons: string[] } | null
  /** What slips are laid out for; undefined while nobody could be asked. */
  able(printerId: string): Promise<PrinterCapabilities | undefined>
  health(): ReadonlyMap<string, PrinterHealth>
  nameOf(printerId: string): string
  /** Asks one printer how it is now, so that the truth line follows what happens to its jobs. */
  recheck(printerId: string): Promise<void>
}

export function createPrinters(core: Core, drivers: readonly PrinterDriver[]): Printers {
  let known: PrinterView[] = []
  let owners = new Map<string, PrinterDriver>()
  let asking: Promise<PrinterView[]> | undefined
  const rechecking = new Set<string>()
  const abilities = new Map<string, { at: number; able: PrinterCapabilities }>()

  async function ask(driver: PrinterDriver, id: string): Promise<PrinterCapabilities> {
    const able = await driver.capabilities(id, AbortSignal.timeout(STATE_LIMIT))
    abilities.set(id, { at: performance.now(), able })
    return able
  }

  async function viewOf(driver: PrinterDriver, id: string, name: string): Promise<PrinterView> {
    const view = { id, name: name.slice(0, 200), driver: driver.id }
    try {
      const found = await ask(driver, id)
      const state = found.accepting ? found.state : 'stopped'
      return { ...view, ...shape(found), state, reasons: found.attention.slice(0, 32), problem: null }
    } catch (error) {
      const code = error instanceof PrintError ? error.code : 'offline'
      const able = abilities.get(id)?.able ?? driver.known?.(id)
      return { ...view, ...shape(able), state: 'offline', reasons: [code], problem: problemOf(id, error) }
    }
  }

  /** What only a person can put right. */
  function problemOf(id: string, error: unknown): PrinterView['problem'] {
    if (!(error instanceof PrintError) || (error.code !== 'tls_untrusted' && error.code !== 'auth')) return null
    const known = toDeskError(error)
    if (!(known instanceof DeskError)) return null
    const changed = error.code === 'tls_untrusted' && printerAccess(core.db, id).fingerprint !== undefined
    return { code: known.code, fingerprint: error.fingerprint ?? null, changed }
  }

  async function look(): Promise<PrinterView[]> {
    const found = new Map<string, PrinterDriver>()
    const lists = await Promise.all(
      drivers.map(async (driver) => {
        try {
          const printers = await driver.list(AbortSignal.timeout(STATE_LIMIT))
          for (const printer of printers) found.set(printer.id, driver)
          return await Promise.all(printers.map((printer) => viewOf(driver, printer.id, printer.name)))
        } catch (error) {
          core.log.warn({ err: error, driver: driver.id }, 'a printer driver did not answer')
          return []
        }
      }),
    )
    owners = found
    known = lists.flat()
    core.events.emit('devices')
    core.events.emit('status')
    return known
  }

  const list = (refresh: boolean): Promise<PrinterView[]> => {
    if (!refresh && known.length > 0) return Promise.resolve(known)
    asking ??= look().finally(() => (asking = undefined))
    return asking
  }
  const preferred = (id: string | null): PrinterView | undefined =>
    known.find((one) => one.id === (id ?? core.settings.get().printerId)) ?? (id === null ? known[0] : undefined)

  return {
    list,
    driverOf: (printerId) => owners.get(printerId),
    async choose(printerId) {
      await list(false)
      return preferred(printerId) ?? (await list(true), preferred(printerId))
    },
    chosenId: () => preferred(null)?.id,
    chosen() {
      const printer = preferred(null)
      return printer ? { name: printer.name, state: printer.state, reasons: printer.reasons } : null
    },
    async able(printerId) {
      const said = abilities.get(printerId)
      if (said && performance.now() - said.at < FRESH) return said.able
      const driver = owners.get(printerId)
      // One that does not answer now is laid out for as it was last known.
      return driver && (await ask(driver, printerId).catch(() => said?.able ?? driver.known?.(printerId)))
    },
    health: () => new Map(known.map(({ id, state }) => [id, state])),
    async recheck(printerId) {
      const [driver, before] = [owners.get(printerId), known.find(({ id }) => id === printerId)]
      if (!driver || !before || rechecking.has(printerId)) return
      rechecking.add(printerId)
      try {
        const now = await viewOf(driver, printerId, before.name)
        if (JSON.stringify(now) === JSON.stringify(before)) return
        known = known.map((one) => (one.id === printerId ? now : one))
        core.events.emit('devices')
        core.events.emit('status')
      } finally {
        rechecking.delete(printerId)
      }
    },
    nameOf: (printerId) => known.find(({ id }) => id === printerId)?.name ?? printerId,
  }
}

/** The part of a printer's view that tells what it can do. */
function shape(able: PrinterCapabilities | undefined) {
  return {
    makeAndModel: (able?.makeAndModel ?? '').slice(0, 200),
    media: (able?.media ?? [])
      .slice(0, 200)
      .map(({ name, widthMm, heightMm, ready }) => ({ name, widthMm, heightMm, ready })),
    sources: (able?.sources ?? []).filter((source) => source !== '' && source.length <= 80).slice(0, 40),
    dpi: (able?.dpi ?? []).slice(0, 16),
    duplex: able?.sides.some((sides) => sides.startsWith('two-sided')) ?? false,
  }
}
