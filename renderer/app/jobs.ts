import { useMemo } from 'react'
import { useCore } from './data.ts'

/** Jobs of a request, by kind; the newest of each (core lists them oldest first). */
export function useJobs(requestId: string | null) {
  const { data } = useCore('job.list', {}, ['jobs'])
  return useMemo(() => {
    const own = (data ?? []).filter((job) => job.requestId === requestId)
    const running = (kinds: readonly string[]) =>
      own.findLast((job) => kinds.includes(job.kind) && (job.state === 'running' || job.state === 'paused')) ?? null
    const ended = own.findLast((job) => job.state !== 'running' && job.state !== 'paused')
    const again = ended && running([ended.kind])
    return {
      pages: running(['scan', 'import']),
      document: running(['document']),
      upload:
        own.findLast((job) => job.kind === 'upload' && (job.state === 'running' || job.state === 'paused')) ?? null,
      /** The last job, if it failed: one that went well since has answered it, and so does the next try while it runs. */
      failed: ended?.state === 'failed' && ended.error && !again ? ended : null,
      all: own,
    }
  }, [data, requestId])
}
