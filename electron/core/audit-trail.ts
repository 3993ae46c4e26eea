/** The audit trail checked against itself and against what backups once wrote down, and handed out as a table. */
import { auditAfter, auditCount, auditEnd, auditHash, checkAudit } from '../../db/queries/audit.ts'
import type { Db } from '../../db/driver.ts'
import type { Backup } from './backup/places.ts'

export interface AuditVerdict {
  entries: number
  /** The first entry that does not fit or is gone, null when all are there. */
  broken: number | null
  /** Backups whose note of the trail's end was found in it. */
  anchors: number
}

/**
 * A chain shows that an entry was changed or taken out; one cut at its end shows against the count that the database keeps,
 * and, as one written anew by somebody who has the key, against the ends that backups noted. Whoever also sets the count
 * back hides what came after the newest backup here, but not at the centre, which keeps who did each operation.
 */
export function verifyAudit(db: Db, backups: readonly Backup[]): AuditVerdict {
  const { id: entries } = auditEnd(db)
  let broken = checkAudit(db)
  if (auditCount(db) > entries) broken ??= entries + 1
  let anchors = 0
  for (const { audit } of backups) {
    if (audit.id === 0) continue
    if (auditHash(db, audit.id) === audit.hash) anchors++
    else broken = Math.min(broken ?? audit.id, audit.id)
  }
  return { entries, broken, anchors }
}

/** One line an entry, CSV with a head; times in UTC. */
export function* auditCsv(db: Db): Generator<string> {
  yield '\uFEFFnumber,at,user,event,object,operation,detail,hash\n'
  for (let entries = auditAfter(db, 0); entries.length > 0; entries = auditAfter(db, entries.at(-1)!.id))
    yield entries
      .map(({ id, at, user, event, objectId, opId, detail, hash }) =>
        [String(id), new Date(at).toISOString(), user, event, objectId, opId ?? '', detail, hash].map(cell).join(','),
      )
      .map((line) => `${line}\n`)
      .join('')
}

/** Quoted where needed; what a spreadsheet would take for a formula is quoted and set apart. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
