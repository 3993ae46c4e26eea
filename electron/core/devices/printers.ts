/** The printers of this desk: every driver's in one list, each with its state as it says itself. */
import type { z } from 'zod'
import type { PrinterInfo as PrinterInfoSchema } from '../../contract/core.contract.ts'
import type { Core } from '../context.ts'
import type { PrinterDriver } from '../printing/driver.ts'
import { PrintError } from '../printing/errors.ts'

type PrinterView = z.infer<typeof PrinterInfoSchema>

/** How long a printer may take to say how it is, ms. */
const STATE_LIMIT = 4000

export interface Printers {
  list(refresh: boolean): Promise<PrinterView[]>
  driverOf(printerId: string): PrinterDriver | undefined
  /** The printer for slips: the one asked for, else the one in the settings, else the first. */
  choose(printerId: string | null): Promise<PrinterView | undefined>
  chosen(): { name: string; state: PrinterView['state']; reasons: string[] } | null
}

export function createPrinters(core: Core, drivers: readonly PrinterDriver[]): Printers {
  let known: PrinterView[] = []
  let owners = new Map<string, PrinterDriver>()
  let asking: Promise<PrinterView[]> | undefined

  async function viewOf(driver: PrinterDriver, id: string, name: string): Promise<PrinterView> {
    const view = { id, name: name.slice(0, 200), driver: driver.id }
    try {
      const found = await driver.capabilities(id, AbortSignal.timeout(STATE_LIMIT))
      return { ...view, state: found.accepting ? found.state : 'stopped', reasons: found.attention.slice(0, 32) }
    } catch (error) {
      const code = error instanceof PrintError ? error.code : 'offline'
      return { ...view, state: 'offline', reasons: [code] }
    }
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
    chosen() {
      const printer = preferred(null)
      return printer ? { name: printer.name, state: printer.state, reasons: printer.reasons } : null
    },
  }
}
