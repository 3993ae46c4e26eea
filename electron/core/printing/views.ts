import { printedObjects, type PrintJobRow } from '../../../db/queries/print-jobs.ts'
import type { Db } from '../../../db/driver.ts'
import type { PrintJobView } from '../../contract/core.contract.ts'
import { isUnsure } from './ledger.ts'

/** A job of the ledger as a window sees it. */
export function viewOfJob(db: Db, job: PrintJobRow): PrintJobView {
  return {
    id: job.id,
    kind: job.kind,
    title: job.title,
    objectIds: printedObjects(db, job.id),
    printerId: job.printer_id,
    printerName: job.printer_name,
    copies: job.copies,
    copyNo: job.copy_no,
    state: job.state,
    reasons: JSON.parse(job.reasons) as string[],
    message: job.message,
    error: job.error === null ? null : (JSON.parse(job.error) as PrintJobView['error']),
    at: job.at,
    blob: job.sha256,
    sent: job.sent_sha256 ?? job.sha256,
    unsure: isUnsure(job),
  }
}
