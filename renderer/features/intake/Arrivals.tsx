import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskError, type ErrorParams } from '../../../electron/contract/errors.ts'
import { useCore, useTopics } from '../../app/data.ts'
import { useRoute } from '../../app/routes.ts'
import { toast } from '../../app/toasts.ts'
import { core } from '../../host.ts'
import { PrintDialog } from './PrintDialog.tsx'

/**
 * What comes in by itself, whatever screen is shown: tells core which request lies on the scan desk, says what was
 * printed into the desk, and leads files of other programs to printing.
 */
export function Arrivals({ enrolled }: { enrolled: boolean }) {
  const { t } = useTranslation()
  const open = useRoute((route) => route.open.copy) ?? null
  const place = useRoute((route) => route.place)
  const last = useCore('intake.get', enrolled ? {} : null, ['intake']).data?.last
  const jobs = useCore('job.list', enrolled ? {} : null, ['jobs']).data
  const [printed, setPrinted] = useState<ErrorParams | null>(null)

  const tell = useCallback(() => {
    // A core that is just being started again hears of it when it is there.
    if (enrolled) void core('intake.onDesk', { requestId: open }).catch(() => {})
  }, [enrolled, open])
  useEffect(tell, [tell])
  useTopics(['desk'], tell)

  const told = useRef<number | null>(null)
  useEffect(() => {
    if (last === undefined) return
    const before = told.current
    told.current = last?.at ?? 0
    if (before === null || !last || last.at <= before) return
    const key = last.requestId ? 'intake.arrivedRequest' : 'intake.arrivedTray'
    toast({
      tone: 'ok',
      text: () => t(key, { name: last.name, count: last.pages, id: last.requestId ?? '' }),
      ms: 8000,
    })
  }, [last, t])

  const certificates = useCore('scanner.certificates', enrolled ? {} : null, ['devices']).data
  const asked = useRef(new Set<string>())
  useEffect(() => {
    for (const { server, shown } of certificates ?? []) {
      if (shown === null || asked.current.has(`${server} ${shown}`)) continue
      asked.current.add(`${server} ${shown}`)
      toast({ tone: 'plain', text: () => t('certificate.asked', { server }), ms: 12_000 })
    }
  }, [certificates, t])

  const known = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    if (!jobs) return
    const failed = jobs.filter((job) => job.kind === 'import' && job.state === 'failed')
    const before = known.current
    known.current = new Set(failed.map((job) => job.id))
    if (!before) return
    for (const { id, error, requestId } of failed) {
      if (before.has(id) || !error) continue
      if (error.code === 'print_into_desk') setPrinted(error.params)
      // The scan desk itself shows what failed for the request that lies on it.
      else if (requestId === null || place !== 'copy' || requestId !== open)
        toast({ tone: 'bad', text: '', error: new DeskError(error.code, error.params), ms: 12_000 })
    }
  }, [jobs, open, place])

  return printed && <PrintDialog params={printed} onClose={() => setPrinted(null)} />
}
