/** The reports of past months. */
import type { Db } from '../driver.ts'
import { releaseBlobs, retainBlob } from './blobs.ts'

export interface MonthlyReport {
  month: string
  at: number
  blob: string
  name: string
  /** 1: it is in the folder, or there was none. */
  written: number
}

/** Newest month first. */
export const monthlyReports = (db: Db): MonthlyReport[] =>
  db.sql<MonthlyReport>('SELECT month, at, blob, name, written FROM monthly_report ORDER BY month DESC LIMIT 120').all()

/** Records a report; one made anew takes the place of the one before. */
export function keepMonthly(db: Db, report: MonthlyReport): void {
  db.write(() => {
    const owner = `monthly:${report.month}`
    releaseBlobs(db, owner, report.at)
    retainBlob(db, report.blob, owner)
    db.sql('INSERT OR REPLACE INTO monthly_report (month, at, blob, name, written) VALUES (?, ?, ?, ?, ?)').run(
      report.month,
      report.at,
      report.blob,
      report.name,
      report.written,
    )
  })
}
