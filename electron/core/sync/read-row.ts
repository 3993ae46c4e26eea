/** Rows of the centre as this version of the program understands them (rule C6). Pure: also done on another thread. */
import type { z } from 'zod'
import { ENTITY_SCHEMAS, type EntityType, type RowEnvelope } from '../../contract/centre.contract.ts'
import { exactly } from '../../contract/exactly.ts'
import type { BaseRow, Tombstone } from '../../../db/queries/base.ts'
import { onlyUnknownStates } from '../../domain/legible.ts'
import { queueEntry, type QueueEntry } from '../../domain/queue-entry.ts'

export type ReadRow =
  | { kind: 'row'; row: BaseRow; entry?: QueueEntry }
  | { kind: 'gone'; stone: Tombstone }
  | { kind: 'damaged'; row: Omit<BaseRow, 'understood'>; problem: string }

const isKnown = (type: string): type is EntityType => Object.hasOwn(ENTITY_SCHEMAS, type)

type EntityRow = z.output<(typeof ENTITY_SCHEMAS)[EntityType]>
const EXACT = Object.fromEntries(
  Object.entries(ENTITY_SCHEMAS).map(([type, schema]) => [type, exactly(schema)]),
) as Record<EntityType, (value: unknown) => boolean>

function parseRow(type: EntityType, envelope: RowEnvelope): z.ZodSafeParseResult<EntityRow> {
  if (EXACT[type](envelope)) return { success: true, data: envelope as unknown as EntityRow }
  return ENTITY_SCHEMAS[type].safeParse(envelope)
}

/** Known types are read strictly, unknown fields ignored; what a newer centre added is kept raw. Needs no database. */
export function readRow(envelope: RowEnvelope): ReadRow {
  const { type, id, version, seq } = envelope
  try {
    return readWhole(envelope)
  } catch (error) {
    // Lists in lists, thousands deep, can be parsed and not be written again: one such row must not stop all others.
    if (!(error instanceof RangeError)) throw error
    return { kind: 'damaged', row: { type, id, version, seq, body: '{}' }, problem: error.message }
  }
}

function readWhole(envelope: RowEnvelope): ReadRow {
  const { type, id, version, seq, gone } = envelope
  const head = { type, id, version, seq }
  if (gone) return { kind: 'gone', stone: { ...head, reason: gone.reason } }
  if (!isKnown(type)) return { kind: 'row', row: { ...head, understood: false, body: JSON.stringify(envelope) } }
  const parsed = parseRow(type, envelope)
  if (parsed.success) {
    const row = { ...head, understood: true, body: JSON.stringify(parsed.data) }
    return parsed.data.type === 'request' ? { kind: 'row', row, entry: queueEntry(parsed.data) } : { kind: 'row', row }
  }
  const body = JSON.stringify(envelope)
  if (onlyUnknownStates(parsed.error.issues)) return { kind: 'row', row: { ...head, understood: false, body } }
  const issue = parsed.error.issues[0]
  return { kind: 'damaged', row: { ...head, body }, problem: `${issue?.path.join('.')}: ${issue?.message}` }
}
