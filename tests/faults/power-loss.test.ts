/**
 * Power lost at any moment: a desk in full work is held for an instant, its data folder copied as it then stands, and the
 * copy opened as a machine would after the cut. What was acknowledged by then is in it, and everything fits together.
 */
import { once } from 'node:events'
import { cpSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkAudit } from '../../db/queries/audit.ts'
import { openDeskCore } from '../../electron/core/desk-core.ts'
import { Stage } from '../support/desk.ts'
import { Killing } from './killing.ts'

/** Copies taken; BALIS_DESK_KILLS (soak) makes more of them. */
const COPIES = Math.max(6, Math.floor(Number(process.env['BALIS_DESK_KILLS'] ?? 0) / 4))
let stage: Stage
beforeAll(async () => {
  stage = new Stage()
  await stage.startCentre({ rows: 100 })
})
afterAll(() => stage.end())

/** Stopped by the system itself, so that no page is written while the folder is copied. */
async function stopped(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP')
  if (process.platform !== 'linux') return
  while (!/^State:\s+[Tt]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) await new Promise(setImmediate)
}

async function expectWhole(folder: string, acknowledged: readonly string[]): Promise<void> {
  const desk = openDeskCore({ dataDir: folder, rehearsal: true, autoSync: false, locale: 'en', version: 'test' })
  try {
    const { db } = desk.core
    expect(db.pragma('integrity_check')).toBe('ok')
    expect(checkAudit(db)).toBeNull()
    const said = new Set(
      db
        .sql<{ kind: string; object_id: string; args: string }>('SELECT kind, object_id, args FROM outbox')
        .all()
        .map(({ kind, object_id, args }) =>
          kind === 'note'
            ? `${(JSON.parse(args) as { text: string }).text} on ${object_id}`
            : `${kind} on ${object_id}`,
        ),
    )
    for (const line of acknowledged) expect(said).toContain(line)
    // A row never names bytes that are not there (I10).
    for (const { sha256, bytes } of db.sql<{ sha256: string; bytes: number }>('SELECT sha256, bytes FROM blob').all())
      expect(statSync(desk.core.blobs.path(sha256)).size).toBe(bytes)
  } finally {
    await desk.quiet()
    desk.close()
  }
}

test(
  `the data folder as it stood at ${COPIES} random moments of work`,
  { timeout: 60_000 + COPIES * 10_000 },
  async () => {
    const victim = await new Killing(stage, 'power', 100_000).prepare()
    const child = victim.start()
    const ended = once(child, 'exit')
    let taken = 0
    try {
      while (victim.acknowledged().length === 0) {
        expect(child.exitCode).toBeNull()
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      for (; taken < COPIES; taken++) {
        // Another moment each time, and something done since the last.
        const before = victim.acknowledged().length
        while (victim.acknowledged().length < before + 1 + Math.floor(Math.random() * 12))
          await new Promise((resolve) => setTimeout(resolve, 5))
        await stopped(child.pid!)
        cpSync(victim.folder, join(stage.folder, `cut-${taken}`), { recursive: true })
        writeFileSync(join(stage.folder, `cut-${taken}.log`), victim.acknowledged().join('\n'))
        process.kill(child.pid!, 'SIGCONT')
      }
    } finally {
      child.kill('SIGKILL')
      await ended
    }
    for (let n = 0; n < taken; n++) {
      const acknowledged = readFileSync(join(stage.folder, `cut-${n}.log`), 'utf8').split('\n')
      expect(acknowledged.length).toBeGreaterThan(0)
      await expectWhole(join(stage.folder, `cut-${n}`), acknowledged)
    }
  },
)

test('a log torn in the middle of its last page: the database opens with what came before, and fits together', async () => {
  const victim = await new Killing(stage, 'torn', 30).prepare()
  expect(await victim.run('after-outbox-commit#20')).toBeNull()
  const wal = join(victim.folder, 'desk.db-wal')
  expect(existsSync(wal)).toBe(true)
  const size = statSync(wal).size
  expect(size).toBeGreaterThan(5000)
  truncateSync(wal, size - 1500)
  await expectWhole(victim.folder, [])
})
