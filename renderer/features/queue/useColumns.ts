/** The queue's columns as this desk has them; a change is seen at once and remembered. */
import { useCallback, useRef, useState } from 'react'
import type { QueueColumn, QueueColumns } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useHello } from '../../app/hooks.ts'
import { core } from '../../host.ts'
import { COLUMNS } from './columns.tsx'

const USUAL: QueueColumns = (['title', 'partner', 'due', 'stage', 'holder'] as const).map((id) => ({ id, width: null }))
const MOST = 900

export function useColumns() {
  const kept = useHello().data?.settings.queueColumns ?? USUAL
  const [drawn, setDrawn] = useState<QueueColumns | null>(null)
  const columns = drawn ?? kept
  const latest = useRef(columns)
  latest.current = columns
  const keep = useCallback((next: QueueColumns) => {
    setDrawn(next)
    void attempt(() => core('settings.set', { queueColumns: next })).then(() => setDrawn(null))
  }, [])
  const usual = useCallback(() => keep(USUAL), [keep])
  /** While its edge is drawn. */
  const resize = useCallback((id: QueueColumn, width: number) => {
    const fitting = Math.min(MOST, Math.max(COLUMNS[id].least, width))
    setDrawn(latest.current.map((one) => (one.id === id ? { id, width: fitting } : one)))
  }, [])
  const resized = useCallback(() => setDrawn((now) => (now && keep(now), now)), [keep])
  return { columns, keep, usual, resize, resized }
}
