import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Condition } from '../../../electron/contract/words.ts'
import { act } from '../../app/act.ts'
import { asDeskError, useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { clock } from '../../app/format.ts'
import { useScan } from '../../app/scan.ts'
import { play } from '../../app/sound.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip, Tag } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Card } from '../../ui/Place.tsx'
import { ScanBanner, type ScanResult } from '../../ui/ScanBanner.tsx'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'
import { dueText } from '../../app/due.ts'
import { useNow } from '../../app/hooks.ts'
import type { Board } from './Packing.tsx'

interface Taken {
  key: string
  at: number
  title: string
  requestId: string
  condition: Condition
  complete: boolean
  anomaly: boolean
}

/** Books and bags coming in: whatever is scanned is taken; a misfit is noted, never sent away. */
export function Returns({ board }: { board: Board | undefined }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const [condition, setCondition] = useState<Condition>('good')
  const [result, setResult] = useState<ScanResult | null>(null)
  const [taken, setTaken] = useState<readonly Taken[]>([])
  const out = useCore(
    'queue.window',
    {
      query: {
        text: '',
        filter: { service: 'loan', role: 'supplier', status: ['Loaned', 'Overdue', 'Recalled'] },
        sort: 'due',
        descending: false,
      },
      offset: 0,
      limit: 100,
    },
    ['queue'],
  ).data
  const coming = (board?.bags ?? []).filter(
    (bag) => bag.state === 'arrived' && bag.items.some((item) => item.arrived === ''),
  )

  const take = async (code: string) => {
    try {
      const found = await core('code.resolve', { text: code })
      if (found.kind === 'bag') {
        const done = await act(found.id, 'bagArrived', {}, found.code)
        play(done ? 'right' : 'wrong')
        if (done) setResult({ tone: 'ok', title: t('returns.bagArrived'), detail: found.code })
        return
      }
      const back = await core('courier.return', { code, condition })
      play(back.anomaly ? 'attention' : 'right')
      setResult({
        tone: back.anomaly ? 'warn' : 'ok',
        title: back.title,
        detail: t(back.anomaly ? 'returns.anomaly' : back.complete ? 'returns.complete' : 'returns.part'),
      })
      setTaken((list) =>
        [{ key: `${back.requestId}#${back.volume}@${Date.now()}`, at: Date.now(), condition, ...back }, ...list].slice(
          0,
          100,
        ),
      )
      setCondition('good')
    } catch (failure) {
      play('wrong')
      const known = asDeskError(failure)
      setResult({
        tone: 'bad',
        title: errorText(t, known.code, { code, ...known.params }),
        detail: t('returns.notTaken', { code }),
      })
    }
  }
  useScan((code) => void take(code))

  return (
    <div
      className="grid min-h-0 content-start gap-3.5 overflow-auto px-3.5 py-3"
      tabIndex={0}
      role="region"
      aria-label={t('courier.in')}
    >
      <ScanBanner
        title={t('returns.scan')}
        hint={t('returns.scanHint')}
        result={result}
        onCode={(code) => void take(code)}
        figure={
          <div className="text-right whitespace-nowrap">
            <b className="text-xl font-semibold">{taken.length}</b>{' '}
            <span className="text-ink-2">{t('returns.takenUnit', { count: taken.length })}</span>
          </div>
        }
      />
      <div className="flex items-center gap-2">
        <span className="lbl">{t('returns.condition')}</span>
        {Condition.options.map((one) => (
          <Chip key={one} on={condition === one} onChange={() => setCondition(one)}>
            {t(`condition.${one}`)}
          </Chip>
        ))}
        <span className="text-sm text-ink-3">{t('returns.conditionHint')}</span>
      </div>
      {coming.map((bag) => (
        <Card key={bag.id} className="px-3 py-2.5">
          <div className="flex items-center gap-2">
            <b className="font-semibold">{t('returns.fromBag', { code: bag.code })}</b>
            <span className="text-ink-2">{t('courier.volumes', { count: bag.items.length })}</span>
          </div>
          <ul className="mt-1.5">
            {bag.items.map((item) => (
              <li key={`${item.requestId}#${item.volume}`} className="flex h-8 items-center gap-2 border-t border-line">
                <span className="ell flex-1">{item.title}</span>
                <span className="mono text-ink-3">{item.barcode}</span>
                {item.arrived === '' && (
                  <>
                    <Button
                      size="small"
                      onClick={() =>
                        void act(
                          bag.id,
                          'itemArrived',
                          { item: { requestId: item.requestId, volume: item.volume }, condition },
                          item.title,
                        )
                      }
                    >
                      {t('returns.here')}
                    </Button>
                    <Button
                      size="small"
                      kind="danger"
                      onClick={() =>
                        void act(
                          bag.id,
                          'itemMissing',
                          { item: { requestId: item.requestId, volume: item.volume } },
                          item.title,
                        )
                      }
                    >
                      {t('returns.missing')}
                    </Button>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Card>
      ))}
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
            <ul className="divide-y divide-line rounded-lg border border-line bg-panel">
              {taken.map((one) => (
                <li key={one.key} className="flex h-10 items-center gap-3 px-3">
                  <span className="text-ink-3">{clock(one.at, i18n.language)}</span>
                  <span className="ell flex-1" title={one.title}>
                    {one.title}
                  </span>
                  <span className="mono text-ink-3">{one.requestId}</span>
                  {one.condition !== 'good' && <Tag tone="amber">{t(`condition.${one.condition}`)}</Tag>}
                  <Tag tone={one.anomaly ? 'amber' : one.complete ? 'ok' : 'plain'}>
                    {t(
                      one.anomaly
                        ? 'returns.anomalyShort'
                        : one.complete
                          ? 'status.LoanCompleted'
                          : 'returns.partShort',
                    )}
                  </Tag>
                </li>
              ))}
            </ul>
          )}
        </section>
        <section>
          <h2 className="mb-1.5 text-md font-semibold">
            {t('returns.out')} {out && <span className="font-normal text-ink-3">{out.total}</span>}
          </h2>
          <ul className="divide-y divide-line rounded-lg border border-line bg-panel">
            {out?.rows.map((row) => (
              <li key={row.id} className="flex h-10 items-center gap-3 px-3">
                <span className="ell flex-1" title={row.title}>
                  {row.title}
                  <span className="ml-2 text-ink-3">{row.partnerName}</span>
                </span>
                <span className="mono text-ink-3">{row.id}</span>
                <span className="w-32 flex-none">
                  <UrgencyMark urgency={row.status === 'Overdue' ? 'late' : 'safe'}>
                    {dueText({ ...row, urgency: row.status === 'Overdue' ? 'late' : 'safe' }, now, t, i18n.language)}
                  </UrgencyMark>
                </span>
              </li>
            ))}
            {out?.total === 0 && <li className="px-3 py-5 text-center text-ink-3">{t('returns.outNone')}</li>}
          </ul>
        </section>
      </div>
    </div>
  )
}
