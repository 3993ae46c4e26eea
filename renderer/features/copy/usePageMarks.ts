import { useState } from 'react'
import type { PageView } from '../../../electron/contract/core.contract.ts'

const NONE: ReadonlySet<string> = new Set()

/** Pages marked to be turned, deleted or moved together; what has gone meanwhile is no longer marked. */
export function usePageMarks(pages: readonly PageView[], page: PageView | undefined) {
  const [ids, setIds] = useState(NONE)
  const marked = pages.filter((one) => ids.has(one.id))
  /** The marked pages, else the one that is looked at. */
  const targets = marked.length > 0 ? marked : page ? [page] : []
  return {
    marked: new Set(marked.map((one) => one.id)) as ReadonlySet<string>,
    targets,
    pageIds: targets.map((one) => one.id),
    clear: () => setIds(NONE),
    toggle: (id: string) =>
      setIds((old) => {
        const next = new Set(old)
        if (!next.delete(id)) next.add(id)
        return next
      }),
  }
}
