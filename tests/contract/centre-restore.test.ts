/** A centre put back from yesterday's backup: desks notice, send again what it lost, and nothing happens twice. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { WireDesk } from '../../electron/centre/conformance/client.ts'
import { REHEARSAL_PASSWORD } from '../../electron/centre/seed/directory.ts'
import { startCentre } from '../../electron/centre/server.ts'

it('cursors from after the backup are refused; repeated operations have one effect, lost ones are done again', async () => {
  const root = mkdtempSync(join(tmpdir(), 'centre-'))
  const [dataDir, restored] = [join(root, 'live'), join(root, 'restored')]
  const live = await startCentre({ dataDir, rehearsal: true, rows: 20 })
  let desk = new WireDesk(live.url)
  await desk.enrol('RUC-DEMO', '一号台')
  await desk.signIn('ruc-wang', REHEARSAL_PASSWORD)
  const [kept, lost] = (await desk.openRequests('copy')).map((row) => row.id)
  const before = desk.op('note', kept!, { text: '备份之前' })
  const after = desk.op('note', lost!, { text: '备份之后' })
  await desk.push([before])
  mkdirSync(restored)
  await live.centre.db.backup(join(restored, 'centre.db'))
  await desk.push([after], before.n)
  const { next } = await desk.feed()
  await live.close()

  const again = await startCentre({ dataDir: restored, rehearsal: true })
  // The same desk; only the address differs, so that no line of before is taken up again.
  desk = Object.assign(new WireDesk(again.url), { ...desk, url: again.url })
  const answer = await desk.call('GET', desk.lib(`/feed?cursor=${encodeURIComponent(next)}`))
  expect(answer.json).toMatchObject({ error: 'resync_required' })
  // The desk sends everything it has no feed row for, with an acknowledgement this centre never heard the results of.
  const results = await desk.push([before, after], after.n)
  expect(results.map((result) => result.outcome)).toEqual(['settled', 'applied'])
  const { rows } = await desk.feed()
  const history = (id: string) => (rows.find((row) => row.id === id) as unknown as { history: unknown[] }).history
  expect([history(kept!).length, history(lost!).length]).toEqual([1, 1])
  await again.close()
  rmSync(root, { recursive: true, force: true })
})

it('a data folder of the step before is brought up to date, with its open requests found again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'centre-'))
  const first = await startCentre({ dataDir, rehearsal: true, rows: 40 })
  const open = first.centre.db.sql<{ n: number }>('SELECT count(*) AS n FROM entity WHERE open_at IS NOT NULL').get()!.n
  first.centre.db.exec(
    'DROP INDEX entity_open; ALTER TABLE entity DROP COLUMN open_at; DROP TABLE allotment; PRAGMA user_version = 10',
  )
  await first.close()
  const copy = `${dataDir}-old`
  cpSync(dataDir, copy, { recursive: true })
  const second = await startCentre({ dataDir: copy, rehearsal: true })
  const found = second.centre.db.sql<{ n: number }>('SELECT count(*) AS n FROM entity WHERE open_at IS NOT NULL').get()!
    .n
  expect(found).toBe(open)
  expect(found).toBeGreaterThan(5)
  await second.close()
  for (const dir of [dataDir, copy]) rmSync(dir, { recursive: true, force: true })
})
