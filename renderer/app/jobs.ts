import { useMemo } from 'react'
import { useCore } from './data.ts'

/** Jobs of a request that are under way, by kind; the newest of each. */
export function useJobs(requestId: string | null) {
  const { data } = useCore('job.list', {}, ['jobs'])
  return useMemo(() => {
    const own = (data ?? []).filter((job) => job.requestId === requestId)
    const running = (kinds: readonly string[]) =>
      own.find((job) => kinds.includes(job.kind) && job.state === 'running') ?? null
    return {
      pages: running(['scan', 'import']),
      document: running(['document']),
      upload: own.find((job) => job.kind === 'upload' && (job.state === 'running' || job.state === 'paused')) ?? null,
      failed: own.find((job) => job.state === 'failed' && job.error) ?? null,
      all: own,
    }
  }, [data, requestId])
}
