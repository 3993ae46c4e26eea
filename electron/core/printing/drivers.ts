/** Every driver of this desk, fed from its settings; a changed setting counts at once. */
import { join } from 'node:path'
import { printerAccess } from '../../../db/queries/printer-access.ts'
import type { SystemPrinting } from '../../contract/host-link.ts'
import type { Core } from '../context.ts'
import type { PrinterDriver } from './driver.ts'
import type { RunningIppPrinter } from './ipp-server/http.ts'
import { IppDriver, type IppPrinterSetting } from './ipp/ipp-driver.ts'
import { PdfFileDriver } from './pdf-file-driver.ts'
import { rawPrinterOf } from './raw/address.ts'
import { RawDriver } from './raw/raw-driver.ts'
import { SystemDriver } from './system/system-driver.ts'

export const REHEARSAL_PRINTER_NAME = '演练打印机 Rehearsal printer'

/** Where the system's own queues are reached by IPP; elsewhere (Windows) they are printed to through a window. */
const CUPS = 'ipp://localhost:631/'

/** @param system the operating system's printers; left out where there is no window to print through */
export function openPrinterDrivers(
  core: Core,
  rehearsal: RunningIppPrinter | null,
  system: SystemPrinting | undefined,
): PrinterDriver[] {
  const own = rehearsal ? [{ id: 'rehearsal', name: REHEARSAL_PRINTER_NAME, uri: rehearsal.uri }] : []
  const addresses = () => core.settings.get().printerAddresses
  const byIpp = (): IppPrinterSetting[] =>
    addresses()
      .filter((uri) => /^ipps?:/i.test(uri))
      .map((uri) => ({ id: uri, name: uri.replace(/^ipps?:\/\//i, ''), uri, ...printerAccess(core.db, uri) }))
  const drivers: PrinterDriver[] = [
    new IppDriver({ printers: () => [...own, ...byIpp()], cups: process.env['BALIS_DESK_CUPS'] ?? CUPS }),
    new RawDriver(() => addresses().flatMap((address) => rawPrinterOf(address) ?? [])),
    new PdfFileDriver(() => [{ id: 'pdf:folder', name: 'PDF', folder: join(core.options.dataDir, 'printed') }]),
  ]
  const throughWindow = process.platform === 'win32' || process.env['BALIS_DESK_SYSTEM_PRINTERS'] === '1'
  if (system && throughWindow) drivers.push(new SystemDriver(system))
  return drivers
}
