import { PDFDocument } from 'pdf-lib'
import type { PrintKind } from '../../contract/core.contract.ts'
import { DeskError } from '../../contract/errors.ts'
import type { Core, Handlers } from '../context.ts'
import type { Printers } from '../devices/printers.ts'
import type { PrintLedger } from '../printing/ledger.ts'
import { slipData } from '../printing/slip-data.ts'
import { LAYOUTS } from '../printing/templates/data.ts'
import { renderSlips, USUAL_LAYOUT } from '../printing/templates/index.ts'

type Methods = 'printer.list' | 'print.preview' | 'print.submit' | 'print.jobs' | 'print.cancel' | 'print.retry'

/** Slips, labels and manifests: rendered once, kept, printed from what was kept, and written into the ledger. */
export function printHandlers(core: Core, printers: Printers, ledger: PrintLedger): Handlers<Methods> {
  async function render(kind: PrintKind, objectIds: readonly string[]): Promise<{ blob: string; pages: number }> {
    const { language } = core.settings.get()
    const pdf = await renderSlips(kind, slipData(core, kind, objectIds), LAYOUTS[USUAL_LAYOUT[kind]], language)
    const blob = await core.blobs.put(pdf, 'application/pdf')
    const { length } = (await PDFDocument.load(pdf, { updateMetadata: false })).getPages()
    return { blob: blob.sha256, pages: length }
  }

  return {
    'printer.list': ({ refresh }) => printers.list(refresh),
    'print.preview': ({ kind, objectIds }) => render(kind, objectIds),
    'print.submit': async ({ kind, objectIds, printerId, copies }) => {
      const printer = await printers.choose(printerId)
      if (!printer) throw new DeskError('no_printer')
      const { blob } = await render(kind, objectIds)
      const title = objectIds.length === 1 ? titleOf(core, objectIds[0]!) : `${objectIds.length} × ${kind}`
      const order = { kind, title, objectIds, printer: { id: printer.id, name: printer.name }, copies, sha256: blob }
      return { printJobId: ledger.submit(order) }
    },
    'print.jobs': ({ limit }) => ledger.list(limit),
    'print.cancel': async ({ printJobId }) => {
      await ledger.cancel(printJobId)
      return { ok: true }
    },
    'print.retry': ({ printJobId }) => {
      ledger.retry(printJobId)
      return { ok: true }
    },
  }
}

/** What the job is called at the printer and in the ledger: a number people know, never a reader. */
function titleOf(core: Core, id: string): string {
  const manifest = core.views.manifest(id)?.row.number
  return core.views.request(id)?.row.id ?? core.views.bag(id)?.row.code ?? manifest ?? id
}
