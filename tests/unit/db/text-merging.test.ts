/** The text index is merged a little with every transaction: its parts stay few, and nothing is lost from it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRow } from '../../../electron/core/sync/read-row.ts'
import { applyRows } from '../../../electron/core/sync/apply.ts'
import { DeskViews } from '../../../db/desk-views.ts'
import { openDesk } from '../../../db/open.ts'
import { matchingRids } from '../../../db/queries/queue-rows.ts'
import { requestRow } from '../../support/request-row.ts'

/** From 500 of a size on FTS5 merges whatever it costs; a search looks into each. */
const FEW = 64
const TRANSACTIONS = 400

test('hundreds of small transactions leave few parts, and every row is found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'desk-merging-'))
  const desk = openDesk(folder, 'ab'.repeat(32))
  try {
    const views = new DeskViews(desk.db)
    for (let n = 1; n <= TRANSACTIONS; n++)
      desk.db.write(() => applyRows(desk.db, views, [readRow(requestRow(`HG${n}`, 1, { seq: n }))], 1))
    const { parts } = desk.db.sql<{ parts: number }>('SELECT COUNT(DISTINCT segid) AS parts FROM queue_text_idx').get()!
    expect(parts).toBeLessThan(FEW)
    expect(matchingRids(desk.db, '苦旅')).toHaveLength(TRANSACTIONS)
  } finally {
    desk.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
