import { CalendarClock, MailWarning, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../../electron/contract/words.ts'
import { useCore } from '../../app/data.ts'
import { clock } from '../../app/format.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Card, RowList } from '../../ui/Place.tsx'
import { go } from '../../app/routes.ts'
import { ConditionChoice } from '../arrival/ConditionChoice.tsx'
import { DueDialog } from '../loan/DueDialog.tsx'
import { PrintPreview } from '../prints/PrintPreview.tsx'
import { OUT } from './out.ts'
import { saidOf } from './returned.ts'
import { ScanFigure, type Said } from './ScanField.tsx'
import { LoanFacts } from './LoanFacts.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { ScanTable } from './ScanTable.tsx'

interface Taken extends CoreOut<'courier.return'> {
  key: string
  at: number
  condition: Condition
}
/** The short word beside a book that was taken in. */
const SHORT = {
  anomaly: 'returns.anomalyShort',
  complete: 'status.LoanCompleted',
  back: 'returns.partShort',
  fromReader: 'op.returnedByReader',
  fromCourier: 'op.received',
  here: 'returns.here',
} as const

/** Books and bags coming in: whatever is scanned is taken; a misfit is noted, never sent away. */
export function Returns() {
  const { t, i18n } = useTranslation()
  const [condition, setCondition] = useState<Condition>('good')
  const [count, setCount] = useState(0)
  const [moving, setMoving] = useState(false)
  const [reminding, setReminding] = useState(false)
  const [taken, setTaken] = useState<readonly Taken[]>([])
  const out = useCore('queue.window', { query: OUT, offset: 0, limit: 100 }, ['queue']).data
  const late = (out?.rows ?? []).filter((row) => row.status === 'Overdue').map((row) => row.id)
  const take = async (code: string): Promise<Said> => {
    const found = await core('code.resolve', { text: code })
    if (found.kind === 'bag') {
      go('courier', found.id, 'arrivals')
      return { sound: 'attention', tone: 'plain', title: t('returns.toArrivals'), detail: found.code }
    }
    const back = await core('courier.return', { code, condition })
    const key = `${back.requestId}#${back.volume}@${performance.now()}`
    setTaken((list) => [{ key, at: Date.now(), condition, ...back }, ...list].slice(0, 100))
    setCount((n) => n + 1)
    setCondition('good')
    return saidOf(back, t)
  }

  return (
    <ScanTable
      label={t('courier.in')}
      title={t('returns.scan')}
      hint={t('returns.scanHint')}
      take={take}
      failed={(code) => t('returns.notTaken', { code })}
      figure={<ScanFigure n={count} unit={t('returns.takenUnit', { count })} />}
    >
      <div className="flex flex-wrap items-center gap-2">
        <ConditionChoice value={condition} onChange={setCondition} />
        <span className="flex-1" />
        <Button icon={MailWarning} disabled={late.length === 0} onClick={() => setReminding(true)} data-action="remind">
          {t('returns.remind', { count: late.length })}
        </Button>
        <Button icon={CalendarClock} onClick={() => setMoving(true)} data-action="dueDates">
          {t('due.title')}
        </Button>
      </div>
      <div className="grid items-start gap-3.5 min-[1240px]:grid-cols-2">
        <section>
          <h2 className="mb-1.5 text-md font-semibold">{t('returns.taken')}</h2>
          {taken.length === 0 ? (
            <Card className="h-44">
              <EmptyState icon={Undo2} title={t('returns.noneTitle')}>
                {t('returns.none')}
              </EmptyState>
            </Card>
          ) : (
            <RowList label={t('returns.taken')}>
              {taken.map((one) => (
                <li key={one.key} data-taken={one.requestId}>
                  <span className="text-ink-3">{clock(one.at, i18n.language)}</span>
                  <span className="ell flex-1" title={one.title}>
                    {one.title}
                  </span>
                  <span className="mono text-ink-3">{one.requestId}</span>
                  {one.condition !== 'good' && <Tag tone="amber">{t(`condition.${one.condition}`)}</Tag>}
                  <Tag tone={one.anomaly ? 'amber' : one.complete ? 'ok' : 'plain'}>
                    {t(SHORT[one.anomaly ? 'anomaly' : one.came === 'back' && one.complete ? 'complete' : one.came])}
                  </Tag>
                </li>
              ))}
            </RowList>
          )}
        </section>
        <section>
          <h2 className="mb-1.5 text-md font-semibold">
            {t('returns.out')} {out && <span className="font-normal text-ink-3">{out.total}</span>}
          </h2>
          <RowList label={t('returns.out')}>
            {!out &&
              [64, 48, 71].map((w) => (
                <li key={w}>
                  <Skeleton w={`${w}%`} />
                </li>
              ))}
            {out?.rows.map((row) => (
              <li key={row.id} data-out={row.id}>
                <LoanFacts row={row} />
              </li>
            ))}
            {out?.total === 0 && <li className="justify-center text-ink-3">{t('returns.outNone')}</li>}
          </RowList>
        </section>
      </div>
      {moving && <DueDialog onClose={() => setMoving(false)} />}
      {reminding && <PrintPreview kind="overdueNotice" objectIds={late} onClose={() => setReminding(false)} />}
    </ScanTable>
  )
}
