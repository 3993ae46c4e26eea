/** Which rows a question means: by the columns, and by the name of a library that was typed. */
import type { QueueFilter } from '../../electron/contract/core.contract.ts'
import { initials, mayBeInitials } from '../../electron/domain/pinyin.ts'
import { normalise } from '../../electron/domain/search-text.ts'
import { urgencyOf } from '../../electron/domain/urgency.ts'
import type { Db } from '../driver.ts'
import { rowsOfType } from '../queries/base.ts'
import { COPY, OPEN, stageBits, statusBits, SUPPLIER, URGENT, type QueueColumns } from './queue-columns.ts'

/** Who asks: "mine" means held by this desk. */
export interface Asker {
  desk: string
  /** ms UTC */
  now: number
}

/** @returns whether the row in a slot passes; null where all do */
export function passing(columns: QueueColumns, filter: QueueFilter, asker: Asker): ((slot: number) => boolean) | null {
  if (Object.values(filter).every((value) => value === undefined)) return null
  let mask = 0
  let wanted = 0
  const flag = (bit: number, on: boolean | undefined) => {
    if (on === undefined) return
    mask |= bit
    if (on) wanted |= bit
  }
  flag(COPY, filter.service && filter.service === 'copy')
  flag(SUPPLIER, filter.role && filter.role === 'supplier')
  flag(URGENT, filter.urgent)
  flag(OPEN, filter.open)
  const statuses = filter.status ? statusBits(filter.status) : -1
  const stages = filter.stage ? stageBits(filter.stage) : -1
  const partner = filter.partner === undefined ? null : columns.wordOf(filter.partner)
  const me = columns.wordOf(asker.desk)
  return (slot) => {
    if ((columns.flags[slot]! & mask) !== wanted) return false
    if ((statuses & (1 << columns.status[slot]!)) === 0 || (stages & (1 << columns.stage[slot]!)) === 0) return false
    if (partner !== null && columns.partner[slot] !== partner) return false
    if (filter.mine !== undefined && (columns.holder[slot] === me) !== filter.mine) return false
    return filter.urgency === undefined || urgencyOf(columns.due[slot]!, asker.now) === filter.urgency
  }
}

/** The member libraries as they are typed: whoever types a name, or enough of it to mean a few, means their requests. */
export class TypedLibraries {
  private readonly db: Db
  /** Ids, folded names and pinyin initials. */
  private known: [id: string, name: string, initials: string][] | undefined

  constructor(db: Db) {
    this.db = db
  }

  /** A library's name changed. */
  forget(): void {
    this.known = undefined
  }

  /** @returns their ids */
  meantBy(text: string): string[] {
    const wanted = normalise(text).trim()
    if ([...wanted].length < 2) return []
    this.known ??= rowsOfType(this.db, 'library').map(({ id, name, nameEn }) => [
      id,
      normalise(`${name} ${nameEn}`),
      initials(normalise(name).replace(/[^\u4e00-\u9fff].*$/u, ''))[0] ?? '',
    ])
    const byInitials = wanted.length > 2 && mayBeInitials(wanted)
    return this.known
      .filter(([, name, letters]) => name.includes(wanted) || (byInitials && letters.startsWith(wanted)))
      .map(([id]) => id)
  }
}
