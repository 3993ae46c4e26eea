/** The queue's columns as this desk has them; a change is seen at once and remembered. */
import { useState } from 'react'
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
  const keep = (next: QueueColumns) => {
    setDrawn(next)
    void attempt(() => core('settings.set', { queueColumns: next })).then(() => setDrawn(null))
  }
  return {
    columns,
    keep,
    usual: () => keep(USUAL),
    /** While its edge is drawn. */
    resize: (id: QueueColumn, width: number) =>
      setDrawn(
        columns.map((one) => (one.id === id ? { id, width: Math.min(MOST, Math.max(COLUMNS[id].least, width)) } : one)),
      ),
    resized: () => drawn && keep(drawn),
  }
}
