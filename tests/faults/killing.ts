/** Runs the victim, lets it die, and says what arrived. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { RequestRow } from '../../electron/contract/centre.contract.ts'
import { openDatabase } from '../../db/driver.ts'
import { checkAudit } from '../../db/queries/audit.ts'
import type { Stage } from '../support/desk.ts'

const VICTIM = fileURLToPath(new URL('victim.ts', import.meta.url))

export class Killing {
  readonly folder: string
  readonly log: string
  private readonly stage: Stage
  private readonly count: number
  private requests = ''
  private readonly url: string

  /** @param url how the victim reaches the centre, when not straight */
  constructor(stage: Stage, name: string, count: number, url = stage.centre.url) {
    this.stage = stage
    this.url = url
    this.count = count
    this.folder = join(stage.folder, name)
    this.log = join(stage.folder, `${name}.log`)
  }

  /** Four requests of its own, so that victims do not meet. */
  async prepare(): Promise<this> {
    const ids: string[] = []
    for (let i = 0; i < 4; i++) ids.push((await this.stage.lever<{ requestId: string }>('request')).requestId)
    this.requests = ids.join(',')
    return this
  }

  start(fault?: string): ChildProcess {
    const env = { ...process.env, BALIS_DESK_LOG: 'silent' }
    if (fault === undefined) delete (env as Record<string, string>)['BALIS_DESK_FAULT']
    else Object.assign(env, { BALIS_DESK_FAULT: fault })
    const args = [VICTIM, this.folder, this.url, String(this.count), this.log, this.requests]
    return spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit'] })
  }

  /** @returns the exit code, null when a signal ended it */
  run(fault?: string): Promise<number | null> {
    const child = this.start(fault)
    return new Promise((resolve) => child.once('exit', (code) => resolve(code)))
  }

  acknowledged(): string[] {
    return existsSync(this.log) ? readFileSync(this.log, 'utf8').split('\n').filter(Boolean) : []
  }

  /** Nothing lost, nothing doubled, in order; and the desk agrees with the centre. */
  async expectWhole(): Promise<void> {
    const key = readFileSync(join(this.folder, 'desk.key'), 'utf8').trim()
    const db = openDatabase(join(this.folder, 'desk.db'), { key, readonly: true })
    const ops = db
      .sql<{ kind: string; object_id: string; args: string; state: string; code: string | null }>(
        'SELECT kind, object_id, args, state, code FROM outbox ORDER BY place',
      )
      .all()
    const numbers = db.sql<{ n: number }>('SELECT n FROM outbox WHERE n IS NOT NULL ORDER BY n').all()
    expect(numbers.map((row) => row.n)).toEqual(numbers.map((_, index) => index + 1))
    expect(db.pragma('integrity_check')).toBe('ok')
    expect(checkAudit(db)).toBeNull()
    const said = ops.map((op) =>
      op.kind === 'note'
        ? `${(JSON.parse(op.args) as { text: string }).text} on ${op.object_id}`
        : `fulfil on ${op.object_id}`,
    )
    for (const line of this.acknowledged()) expect(said).toContain(line)
    expect(ops.filter((op) => op.state !== 'applied')).toEqual([])
    for (const id of new Set(ops.map((op) => op.object_id))) {
      const { history, version } = await this.stage.rowAtCentre<RequestRow>('request', id)
      const mine = ops.filter((op) => op.object_id === id)
      const arrived = history.filter((entry) => entry.desk === 'victim' && ['note', 'fulfil'].includes(entry.event))
      expect(arrived.map((entry) => (entry.event === 'note' ? entry.text : 'fulfil'))).toEqual(
        mine.map((op) => (op.kind === 'note' ? (JSON.parse(op.args) as { text: string }).text : 'fulfil')),
      )
      const base = db.sql<{ version: number }>(`SELECT version FROM base WHERE type = 'request' AND id = ?`).get(id)
      expect(base?.version).toBe(version)
    }
    db.close()
  }
}
