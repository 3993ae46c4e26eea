/**
 * Everything this desk knows, readable without this program: one file of JSON lines a table, and the files themselves under
 * their requests' numbers. Secrets (tokens, passwords, the key) stay out.
 */
import { createWriteStream } from 'node:fs'
import { copyFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Db } from '../../../db/driver.ts'
import { asDeskError } from '../../../db/driver.ts'
import { auditCsv } from '../audit-trail.ts'
import { makeFolder } from '../host/make-folder.ts'

const LEFT_OUT = /^(shadow|queue_\w+|text_waiting|item_code|sqlite_\w+|meta|audit|printer_access)$/
const ENDING: Record<string, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'image/tiff': 'tif',
}

export interface Exported {
  /** The folder that was made. */
  name: string
  rows: number
  files: number
  missing: number
}

/**
 * @param db a connection of its own, which nothing else uses meanwhile
 * @param pathOf where the bytes of a blob are
 * @param into an existing folder; a new one with the date is made in it
 * @throws DeskError disk_full, read_only
 */
export async function exportEverything(
  db: Db,
  pathOf: (sha256: string) => string,
  into: string,
  now: number,
): Promise<Exported> {
  const name = `balis-desk-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}`
  const folder = join(into, name)
  try {
    makeFolder(join(folder, 'files'))
    let rows = 0
    for (const table of tablesOf(db)) {
      const lines = linesOf(db, table, () => rows++)
      await pipeline(Readable.from(lines), createWriteStream(join(folder, `${table}.jsonl`), { mode: 0o600 }))
    }
    await pipeline(Readable.from(auditCsv(db)), createWriteStream(join(folder, 'audit.csv'), { mode: 0o600 }))
    const { files, missing } = await copyFiles(db, pathOf, join(folder, 'files'))
    await writeFile(join(folder, 'README.txt'), README, { mode: 0o600 })
    return { name, rows, files, missing }
  } catch (error) {
    throw asDeskError(error)
  }
}

const tablesOf = (db: Db): string[] =>
  db
    .sql<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name`,
    )
    .all()
    .map((row) => row.name)
    .filter((name) => !LEFT_OUT.test(name))

function* linesOf(db: Db, table: string, count: () => void): Generator<string> {
  for (const row of db.sql<object>(`SELECT * FROM "${table}"`).iterate()) {
    count()
    yield `${JSON.stringify(row)}\n`
  }
}

async function copyFiles(db: Db, pathOf: (sha256: string) => string, folder: string) {
  let [files, missing] = [0, 0]
  const blobs = db
    .sql<{ sha256: string; mime: string; owner: string | null }>(
      'SELECT b.sha256, b.mime, MIN(r.owner) AS owner FROM blob b LEFT JOIN blob_ref r ON r.sha256 = b.sha256 GROUP BY b.sha256',
    )
    .all()
  for (const { sha256, mime, owner } of blobs) {
    const label = (owner ?? 'unused').replace(/[^\w-]+/g, '_').slice(0, 60)
    const to = join(folder, `${label}-${sha256.slice(0, 12)}.${ENDING[mime] ?? 'bin'}`)
    const there = await stat(pathOf(sha256)).catch(() => null)
    if (!there) missing++
    else {
      await copyFile(pathOf(sha256), to)
      files++
    }
  }
  return { files, missing }
}

const README = `BALIS Desk 馆员工作台：数据导出 / data export

*.jsonl   每行一条记录（JSON，UTF-8）/ one record a line (JSON, UTF-8)
audit.csv 操作记录，带校验链 / audit trail with its hash chain
files/    页面图像与 PDF / page images and PDFs

其中有读者的个人数据，请妥善保管，用后删除。
It holds readers' personal data: keep it safe, delete it after use.
`
