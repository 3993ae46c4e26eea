import { HandHelping } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { act, attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { isoDay } from '../../app/format.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Note } from '../../ui/Note.tsx'
import { Card, RowList } from '../../ui/Place.tsx'
import { saidOf } from '../courier/returned.ts'
import { ScanFigure, type Said } from '../courier/ScanField.tsx'
import { ScanTable } from '../courier/ScanTable.tsx'
import { printNow } from '../prints/print.ts'
import { OurReaders } from './OurReaders.tsx'

type Waiting = CoreOut<'pickup.waiting'>[number]

/** The counter: the reader's code gives the book out once; a book that is brought back is scanned here as well. */
export function Pickup() {
  const { t } = useTranslation()
  const waiting = useCore('pickup.waiting', {}, ['queue', 'outbox', 'courier']).data ?? []
  const [found, setFound] = useState<Waiting | null>(null)
  const [lending, setLending] = useState<string | null>(null)

  const take = async (code: string): Promise<Said> => {
    const known = await core('code.resolve', { text: code })
    setFound(null)
    setLending(null)
    if (known.kind === 'item' || known.kind === 'request') {
      const back = await core('courier.return', { code, condition: 'good' })
      if (back.came === 'here') setLending(back.requestId)
      return saidOf(back, t)
    }
    const here = await core('pickup.find', { code })
    setFound(here)
    return here.expired
      ? { sound: 'attention', tone: 'warn', title: here.title, detail: t('pickup.expired') }
      : { sound: 'right', tone: 'ok', title: here.title, detail: t('pickup.give') }
  }
  const give = async (anyway: boolean) => {
    const code = found?.code
    if (!found || !code) return
    if (!(await attempt(() => core('pickup.collect', { code, anyway })))) return
    setFound(null)
    void printNow('receipt', [found.requestId])
  }
  const putBack = async (one: Waiting) => {
    const detail = await attempt(() => core('request.get', { id: one.requestId }))
    for (const { volume, barcode } of detail?.volumes ?? [])
      if (barcode !== null) await act(one.requestId, 'unbindItem', { volume }, one.title)
    if (found?.requestId === one.requestId) setFound(null)
  }

  return (
    <ScanTable
      label={t('courier.pickup')}
      title={t('pickup.scan')}
      hint={t('pickup.scanHint')}
      take={take}
      failed={(code) => t('pickup.notGiven', { code })}
      figure={<ScanFigure n={waiting.length} unit={t('pickup.waitingUnit', { count: waiting.length })} />}
    >
      {found && (
        <section
          className="grid gap-3 rounded-lg border border-accent bg-panel px-5 py-4"
          data-pickup={found.requestId}
        >
          <h2 className="text-xl font-semibold">{found.title}</h2>
          <div className="flex flex-wrap gap-x-6 gap-y-1 text-ink-2">
            <span className="mono text-2xl font-semibold text-ink">{found.callNumber || found.requestId}</span>
            <span>{t('courier.volumes', { count: found.volumes })}</span>
            <span className="mono">{found.code}</span>
          </div>
          {found.expired && (
            <Note tone="warn">{t('pickup.expiredNote', { day: found.until ? isoDay(found.until) : '' })}</Note>
          )}
          <div className="flex justify-end gap-2">
            {found.expired && (
              <Button size="big" onClick={() => void putBack(found)}>
                {t('pickup.putBack')}
              </Button>
            )}
            <Button kind="primary" size="big" onClick={() => void give(found.expired)} data-action="givePickup">
              {t(found.expired ? 'pickup.giveAnyway' : 'pickup.giveDo')}
            </Button>
          </div>
        </section>
      )}
      <section>
        <h2 className="mb-1.5 text-md font-semibold">{t('pickup.waiting')}</h2>
        {waiting.length === 0 ? (
          <Card className="h-44">
            <EmptyState icon={HandHelping} title={t('pickup.noneTitle')}>
              {t('pickup.none')}
            </EmptyState>
          </Card>
        ) : (
          <RowList>
            {waiting.map((one) => (
              <li key={one.requestId}>
                <span className="ell flex-1" title={one.title}>
                  {one.title}
                </span>
                <span className="mono text-ink-2">{one.callNumber}</span>
                <span className="mono text-ink-3">{one.requestId}</span>
                {one.code === null && <Tag>{t('pickup.codeLater')}</Tag>}
                {one.until !== null && (
                  <Tag tone={one.expired ? 'amber' : 'plain'}>{t('pickup.until', { day: isoDay(one.until) })}</Tag>
                )}
                {one.expired && (
                  <Button size="small" onClick={() => void putBack(one)}>
                    {t('pickup.putBack')}
                  </Button>
                )}
              </li>
            ))}
          </RowList>
        )}
      </section>
      <OurReaders chosen={lending} onDone={() => setLending(null)} />
    </ScanTable>
  )
}
