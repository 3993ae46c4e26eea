/**
 * What a technician needs, as one readable file: versions, the check-up, counts, settings without addresses, and the log
 * reduced to codes and places in the program. No text of a request, no person, no token; whoever sends it can read it first.
 */
import { readFileSync, statSync } from 'node:fs'
import { arch, cpus, platform, release, totalmem } from 'node:os'
import { basename } from 'node:path'
import { outboxCounts } from '../../db/queries/outbox.ts'
import type { Core } from './context.ts'
import { logFiles } from './log.ts'

/** Lines of the log that go along, and the most that is read of a file, bytes. */
const LINES = 2000
const TAIL_BYTES = 2 * 1024 * 1024

interface LogLine {
  level?: number
  time?: number
  msg?: string
  method?: unknown
  ms?: unknown
  err?: { type?: unknown; code?: unknown; stack?: unknown }
}

/** Only what the program itself wrote into its source may leave: its own words, codes, and where it was. */
export function reduceLine(line: string): object | null {
  let read: LogLine
  try {
    read = JSON.parse(line) as LogLine
  } catch {
    return null
  }
  const { level, time, msg, method, ms, err } = read
  const word = (value: unknown) => (typeof value === 'string' && /^[\w.:-]{1,60}$/.test(value) ? value : undefined)
  const frames = typeof err?.stack === 'string' ? err.stack.split('\n').filter((frame) => /^\s+at /.test(frame)) : []
  return {
    level,
    time,
    msg: typeof msg === 'string' && /^[a-z ,:'-]{1,80}$/i.test(msg) ? msg : undefined,
    method: word(method),
    ms: typeof ms === 'number' ? ms : undefined,
    error: err && { type: word(err.type), code: word(err.code), at: frames.slice(0, 12).map(frameOf) },
  }
}

/** `at settle (/home/lin/desk/core.mjs:12:3)` -> `settle core.mjs:12:3`: folders are named after people. */
function frameOf(frame: string): string {
  const [, name = '', place = ''] = /^\s+at (?:([\w.$<> ]+) \()?([^()]+)\)?$/.exec(frame) ?? []
  return `${name} ${basename(place.replace(/^file:\/\//, ''))}`.trim().slice(0, 120)
}

function logTail(dataDir: string): object[] {
  const lines: object[] = []
  for (const path of logFiles(dataDir)) {
    const text = readFileSync(path, 'utf8')
    for (const line of text.slice(-TAIL_BYTES).split('\n')) {
      const reduced = line === '' ? null : reduceLine(line)
      if (reduced) lines.push(reduced)
    }
  }
  return lines.slice(-LINES)
}

function tableCounts({ db }: Core): Record<string, number> {
  const names = db
    .sql<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'`)
    .all()
    .filter(({ name }) => !name.startsWith('sqlite_') && !name.startsWith('queue_text_'))
  return Object.fromEntries(
    names.map(({ name }) => [name, db.sql<{ n: number }>(`SELECT COUNT(*) AS n FROM "${name}"`).get()!.n]),
  )
}

/** Settings that are choices; addresses, texts and names stay here. */
function plainSettings(core: Core): object {
  const settings = core.settings.get()
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => typeof value === 'number' || typeof value === 'boolean'),
  )
}

/** @param doctor what the check-up found */
export async function supportBundle(core: Core, doctor: object): Promise<Buffer> {
  const { db, options } = core
  const { connection, lastSyncAt } = core.sync.status
  const told = {
    madeAt: new Date().toISOString(),
    desk: { version: options.version, rehearsal: options.rehearsal, enrolled: core.deskId() !== '' },
    machine: {
      system: `${platform()} ${release()} ${arch()}`,
      cores: cpus().length,
      memoryMB: Math.round(totalmem() / 2 ** 20),
      node: process.version,
      sqlite: db.sql<{ v: string }>('SELECT sqlite_version() AS v').get()!.v,
      schema: db.pragma('user_version'),
      databaseMB: Math.round(statSync(db.path).size / 2 ** 20),
    },
    doctor,
    sync: { connection, lastSyncAt, ...outboxCounts(db) },
    rows: tableCounts(core),
    settings: plainSettings(core),
    log: logTail(options.dataDir),
  }
  return Buffer.from(`${JSON.stringify(told, null, 1)}\n`)
}
