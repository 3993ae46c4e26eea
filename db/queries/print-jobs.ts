/** The print ledger: what was asked for, what was sent, what the printer said. */
import type { PrintJobView, PrintKind } from '../../electron/contract/core.contract.ts'
import type { Db } from '../driver.ts'

export type PrintStateName = PrintJobView['state']

export interface PrintJobRow {
  id: string
  kind: PrintKind
  title: string
  printer_id: string
  printer_name: string
  copies: number
  copy_no: number
  /** What is shown: the PDF of the job. */
  sha256: string
  /** What was sent, where it is something else than that PDF. */
  sent_sha256: string | null
  mime: string
  /** JSON of the driver's print options. */
  options: string
  message: string | null
  /** Sides the printer counted. */
  impressions: number
  batch: string | null
  state: PrintStateName
  reasons: string
  error: string | null
  device_job: string | null
  at: number
  settled_at: number | null
}

const SETTLED: readonly PrintStateName[] = ['handed_over', 'confirmed', 'failed', 'cancelled']

/** A new job and what it prints, in their order; its first event is that it was asked for. */
export function addPrintJob(db: Db, job: PrintJobRow, objectIds: readonly string[]): void {
  db.write(() => {
    db.sql(
      `INSERT INTO print_job (id, kind, title, printer_id, printer_name, copies, copy_no, sha256, sent_sha256, mime, options,
         message, impressions, batch, state, reasons, error, device_job, at, settled_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      job.id,
      job.kind,
      job.title,
      job.printer_id,
      job.printer_name,
      job.copies,
      job.copy_no,
      job.sha256,
      job.sent_sha256,
      job.mime,
      job.options,
      job.message,
      job.impressions,
      job.batch,
      job.state,
      job.reasons,
      job.error,
      job.device_job,
      job.at,
      job.settled_at,
    )
    objectIds.forEach((id, place) =>
      db
        .sql('INSERT INTO print_object (object_id, kind, print_job, place) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
        .run(id, job.kind, job.id, place),
    )
    addPrintEvent(db, job.id, { at: job.at, state: 'asked', reasons: [], message: null })
  })
}

export interface PrintEventRow {
  at: number
  /** A state of the job, or `asked` for its beginning. */
  state: PrintStateName | 'asked'
  reasons: string[]
  message: string | null
}

function addPrintEvent(db: Db, job: string, event: PrintEventRow): void {
  db.sql(
    `INSERT INTO print_event (job, n, at, state, reasons, message)
     SELECT ?, coalesce(max(n), 0) + 1, ?, ?, ?, ? FROM print_event WHERE job = ?`,
  ).run(job, event.at, event.state, JSON.stringify(event.reasons), event.message, job)
}

/** What happened to a job, in order. */
export function printEvents(db: Db, job: string): PrintEventRow[] {
  return db
    .sql<{ at: number; state: PrintEventRow['state']; reasons: string; message: string | null }>(
      'SELECT at, state, reasons, message FROM print_event WHERE job = ? ORDER BY n',
    )
    .all(job)
    .map((row) => ({ ...row, reasons: JSON.parse(row.reasons) as string[] }))
}

export function findPrintJob(db: Db, id: string): PrintJobRow | undefined {
  return db.sql<PrintJobRow>('SELECT * FROM print_job WHERE id = ?').get(id)
}

/** Newest first; jobs of a batch are told by the batch. */
export function listPrintJobs(db: Db, limit: number): PrintJobRow[] {
  return db.sql<PrintJobRow>('SELECT * FROM print_job WHERE batch IS NULL ORDER BY at DESC, id LIMIT ?').all(limit)
}

/** Every job there is, those of batches too, newest first. */
export function allPrintJobs(db: Db): string[] {
  return db
    .sql<{ id: string }>('SELECT id FROM print_job ORDER BY at DESC, id')
    .all()
    .map(({ id }) => id)
}

/** The jobs of one batch, in the order they were sent. */
export function batchJobs(db: Db, batch: string): PrintJobRow[] {
  return db.sql<PrintJobRow>('SELECT * FROM print_job WHERE batch = ? ORDER BY at, id').all(batch)
}

/** How many jobs wait for their printer. */
export function countWaiting(db: Db): number {
  return db
    .sql<{ n: number }>(`SELECT count(*) AS n FROM print_job WHERE settled_at IS NULL AND state = 'waiting'`)
    .get()!.n
}

/** Jobs whose end is not known yet, oldest first. */
export function openPrintJobs(db: Db): PrintJobRow[] {
  return db.sql<PrintJobRow>('SELECT * FROM print_job WHERE settled_at IS NULL ORDER BY at').all()
}

export function printedObjects(db: Db, jobId: string): string[] {
  return db
    .sql<{ object_id: string }>('SELECT object_id FROM print_object WHERE print_job = ? ORDER BY place')
    .all(jobId)
    .map((row) => row.object_id)
}

/** 1 for a first print, n + 1 when the object was printed n times before by jobs that did not fail. */
export function nextCopyNo(db: Db, objectIds: readonly string[], kind: PrintKind): number {
  let most = 0
  for (const id of objectIds) {
    const row = db
      .sql<{ n: number }>(
        `SELECT count(*) AS n FROM print_object o JOIN print_job j ON j.id = o.print_job
         WHERE o.object_id = ? AND o.kind = ? AND j.state NOT IN ('failed', 'cancelled')`,
      )
      .get(id, kind)!
    most = Math.max(most, row.n)
  }
  return most + 1
}

/**
 * On which days this kind was printed for any of the objects, and how often, by jobs that did not fail.
 * @param dayOf names the day of a moment
 */
export function printDays(
  db: Db,
  objectIds: readonly string[],
  kind: PrintKind,
  dayOf: (at: number) => string,
): Map<string, number> {
  const jobs = new Map<string, number>()
  for (const id of objectIds) {
    const rows = db
      .sql<{ id: string; at: number }>(
        `SELECT j.id, j.at FROM print_object o JOIN print_job j ON j.id = o.print_job
         WHERE o.object_id = ? AND o.kind = ? AND j.state NOT IN ('failed', 'cancelled')`,
      )
      .all(id, kind)
    for (const row of rows) jobs.set(row.id, row.at)
  }
  const days = new Map<string, number>()
  for (const at of jobs.values()) days.set(dayOf(at), (days.get(dayOf(at)) ?? 0) + 1)
  return days
}

export interface PrintChange {
  state: PrintStateName
  reasons?: string[]
  error?: object | null
  deviceJob?: string
  /** The printer's own words. */
  message?: string | undefined
  impressions?: number | undefined
}

/** Takes a job one step on and writes the step down, unless nothing changed. */
export function setPrintState(db: Db, id: string, change: PrintChange, now: number): void {
  db.write(() => {
    const before = findPrintJob(db, id)
    const reasons = change.reasons ? JSON.stringify(change.reasons) : (before?.reasons ?? '[]')
    db.sql(
      `UPDATE print_job SET state = ?, reasons = ?, error = ?, device_job = coalesce(?, device_job),
         message = coalesce(?, message), impressions = max(impressions, ?), settled_at = ? WHERE id = ?`,
    ).run(
      change.state,
      reasons,
      change.error ? JSON.stringify(change.error) : null,
      change.deviceJob ?? null,
      change.message ?? null,
      change.impressions ?? 0,
      SETTLED.includes(change.state) ? now : null,
      id,
    )
    const message = change.message ?? null
    if (before?.state === change.state && before.reasons === reasons && (before.message ?? null) === message) return
    addPrintEvent(db, id, { at: now, state: change.state, reasons: JSON.parse(reasons) as string[], message })
  })
}
