/** What people typed for the yearly evaluation, and the centre's lists. */
import type { EvaluationInputs, RankingList } from '../../electron/contract/core.contract.ts'
import type { Entry } from '../../electron/domain/evaluation/ranking.ts'
import type { Db } from '../driver.ts'

export function evaluationInputs(db: Db, year: number): Partial<EvaluationInputs> | undefined {
  const row = db.sql<{ inputs: string }>('SELECT inputs FROM evaluation_input WHERE year = ?').get(year)
  return row && (JSON.parse(row.inputs) as Partial<EvaluationInputs>)
}

/** The newest year before, whose machines and posts are a good first guess. */
export function evaluationInputsBefore(db: Db, year: number): Partial<EvaluationInputs> | undefined {
  const row = db
    .sql<{ inputs: string }>('SELECT inputs FROM evaluation_input WHERE year < ? ORDER BY year DESC LIMIT 1')
    .get(year)
  return row && (JSON.parse(row.inputs) as Partial<EvaluationInputs>)
}

export function setEvaluationInputs(db: Db, year: number, inputs: EvaluationInputs): void {
  db.sql('INSERT OR REPLACE INTO evaluation_input (year, inputs) VALUES (?, ?)').run(year, JSON.stringify(inputs))
}

export const ranking = (db: Db, year: number, list: RankingList): Entry[] =>
  db.sql<Entry>('SELECT library, value FROM ranking WHERE year = ? AND list = ? ORDER BY value DESC').all(year, list)

export function replaceRanking(db: Db, year: number, list: RankingList, entries: readonly Entry[]): void {
  db.write(() => {
    db.sql('DELETE FROM ranking WHERE year = ? AND list = ?').run(year, list)
    const add = db.sql('INSERT OR REPLACE INTO ranking (year, list, library, value) VALUES (?, ?, ?, ?)')
    for (const { library, value } of entries) add.run(year, list, library, value)
  })
}

export const rankingSums = (db: Db, year: number): { list: RankingList; libraries: number; sum: number }[] =>
  db
    .sql<{ list: RankingList; libraries: number; sum: number }>(
      'SELECT list, COUNT(*) AS libraries, SUM(value) AS sum FROM ranking WHERE year = ? GROUP BY list',
    )
    .all(year)
