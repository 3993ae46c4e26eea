/** The operating system's printers, for core: which there are, and pages printed on one without any dialog. */
import { pathToFileURL } from 'node:url'
import type { SystemPrinter, SystemPrintOrder } from '../contract/host-link.ts'
import { allWindows, createPagesWindow } from './windows.ts'

/** How long the system may take to take a job, ms: some drivers never call back, and a print must not hang for ever. */
const PATIENCE_MS = 60_000
const MICRONS = 1000

const DUPLEX = {
  'one-sided': 'simplex',
  'two-sided-long-edge': 'longEdge',
  'two-sided-short-edge': 'shortEdge',
} as const

/** Printers as the system lists them; none while there is no window to ask through. */
export async function systemPrinters(): Promise<SystemPrinter[]> {
  const printers = (await allWindows()[0]?.webContents.getPrintersAsync()) ?? []
  return printers.map(({ name, displayName, description }) => ({ name, displayName, description }))
}

/**
 * Prints the pages of a file that core made. `ok` is that the system took them, nothing more; the reason is the
 * system's own word, or `timeout` when it never answered.
 */
export async function systemPrint(order: SystemPrintOrder): Promise<{ ok: boolean; reason: string }> {
  const window = createPagesWindow()
  const { webContents } = window
  try {
    await webContents.loadURL(pathToFileURL(order.path).href)
    return await new Promise((resolve) => {
      const patience = setTimeout(() => resolve({ ok: false, reason: 'timeout' }), PATIENCE_MS)
      const { widthMm, heightMm } = order
      const sized = widthMm !== undefined && heightMm !== undefined
      webContents.print(
        {
          silent: true,
          deviceName: order.printer,
          copies: order.copies,
          duplexMode: DUPLEX[order.sides],
          printBackground: true,
          margins: { marginType: 'none' },
          ...(sized ? { pageSize: { width: widthMm * MICRONS, height: heightMm * MICRONS } } : {}),
        },
        (ok, reason) => {
          clearTimeout(patience)
          resolve({ ok, reason: reason ?? '' })
        },
      )
    })
  } finally {
    window.destroy()
  }
}
