import type { TFunction } from 'i18next'
import { PackageCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ArrivalAnswer } from '../../../electron/contract/core.contract.ts'
import type { Condition } from '../../../electron/contract/words.ts'
import { act, attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { useRoute } from '../../app/routes.ts'
import { toast } from '../../app/toasts.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Note } from '../../ui/Note.tsx'
import { cx } from '../../ui/cx.ts'
import { LibraryDialog } from '../courier/LibraryDialog.tsx'
import { ScanFigure, type Said } from '../courier/ScanField.tsx'
import { ScanTable } from '../courier/ScanTable.tsx'
import { ConditionChoice } from './ConditionChoice.tsx'

type Bag = CoreOut<'arrival.board'>['bags'][number]
/** Half-way keys: a text's last word may not look like a plural form. */
const SAID = {
  bag: ['right', 'ok'],
  bagAgain: ['right', 'plain'],
  misrouted: ['attention', 'warn'],
  item: ['right', 'ok'],
  itemAgain: ['right', 'plain'],
  returned: ['right', 'ok'],
  surplus: ['attention', 'warn'],
} as const

const leftText = (t: TFunction, count: number) => t(count === 0 ? 'arrival.allTicked' : 'arrival.left', { count })

/** The arrival table: the bag, then what is in it; whatever does not fit becomes an anomaly with a person for it. */
export function Arrivals({ library }: { library: string }) {
  const { t } = useTranslation()
  const board = useCore('arrival.board', {}, ['courier', 'queue', 'outbox']).data
  const wished = useRoute((route) => route.open.courier) ?? null
  const [openId, setOpenId] = useState<string | null>(wished)
  const [condition, setCondition] = useState<Condition>('good')
  /** Counts bags opened by hand: the last scan's answer is not about them. */
  const [picked, setPicked] = useState(0)
  const [forwarding, setForwarding] = useState<Bag | null>(null)
  const bags = board?.bags ?? []
  const waiting = bags.filter((bag) => bag.state === 'handed_over' || bag.state === 'arrived')
  const open = bags.find((bag) => bag.id === openId) ?? null
  useEffect(() => setOpenId(wished), [wished])

  const take = async (code: string): Promise<Said> => {
    const answer = await core('arrival.scan', { code, bagId: openId, condition })
    if (answer.bagId !== null && answer.verdict !== 'returned') setOpenId(answer.bagId)
    setCondition('good')
    const [sound, tone] = answer.anomaly ? (['attention', 'warn'] as const) : SAID[answer.verdict]
    return { sound, tone, title: answer.title, detail: detailOf(answer) }
  }
  const detailOf = (answer: ArrivalAnswer) =>
    [
      t(`arrival.verdict.${answer.verdict}`),
      answer.anomaly && answer.verdict !== 'surplus' && answer.verdict !== 'misrouted' ? t('arrival.noted') : '',
      // A bag that belongs elsewhere is sent on as it is.
      answer.left === null || answer.verdict === 'misrouted' ? '' : leftText(t, answer.left),
    ]
      .filter(Boolean)
      .join(' · ')
  const finish = async (bag: Bag) => {
    const done = await attempt(() => core('arrival.finish', { bagId: bag.id }))
    if (!done) return
    toast({ tone: done.missing > 0 ? 'plain' : 'ok', text: () => t('arrival.finished', { code: bag.code, count: done.missing }) }) // prettier-ignore
    setOpenId(null)
  }

  return (
    <div className="grid min-h-0 grid-cols-[250px_minmax(0,1fr)]">
      <ul
        className="min-h-0 divide-y divide-line overflow-y-auto border-r border-line bg-panel"
        aria-label={t('arrival.list')}
      >
        {waiting.map((bag) => (
          <li key={bag.id}>
            <button
              type="button"
              aria-current={bag.id === openId}
              onClick={() => (setOpenId(bag.id), setPicked(picked + 1))}
              className={cx('grid w-full gap-0.5 px-3.5 py-2 text-left focus-visible:-outline-offset-2', bag.id === openId ? 'bg-accent-soft' : 'hover:bg-panel-2')} // prettier-ignore
            >
              <span className="mono ell">{bag.code}</span>
              <span className="flex items-center gap-2 text-sm text-ink-2">
                {t(`bagState.${bag.state}`)} · {t('courier.volumes', { count: bag.items.length })}
                {bag.destination !== library && <Tag tone="amber">{t('arrival.misrouted')}</Tag>}
              </span>
            </button>
          </li>
        ))}
        {waiting.length === 0 && <li className="px-4 py-6 text-center text-ink-3">{t('arrival.noneComing')}</li>}
      </ul>
      <ScanTable
        key={picked}
        label={t('courier.arrivals')}
        title={t(open ? 'arrival.scanItem' : 'arrival.scanBag')}
        hint={t('returns.scanHint')}
        take={take}
        failed={(code) => t('returns.notTaken', { code })}
        figure={open && <ScanFigure n={open.items.filter((one) => one.arrived === 'arrived').length} unit={t('courier.ofVolumes', { count: open.items.length })} />} // prettier-ignore
      >
        <div className="flex flex-wrap items-center gap-2">
          <ConditionChoice value={condition} onChange={setCondition} />
        </div>
        {open ? (
          <BagContents
            bag={open}
            here={library}
            onFinish={() => void finish(open)}
            onForward={() => setForwarding(open)}
          />
        ) : (
          <div className="h-56">
            <EmptyState icon={PackageCheck} title={t('arrival.emptyTitle')}>
              {t('arrival.empty')}
            </EmptyState>
          </div>
        )}
      </ScanTable>
      {forwarding && (
        <LibraryDialog
          title={t('arrival.forwardTitle', { code: forwarding.code })}
          action={t('arrival.forward')}
          start={forwarding.destination}
          onChoose={(to) => act(forwarding.id, 'bagForwarded', { to }, forwarding.code)}
          onClose={() => setForwarding(null)}
        />
      )}
    </div>
  )
}

function BagContents({
  bag,
  here,
  onFinish,
  onForward,
}: {
  bag: Bag
  here: string
  onFinish: () => void
  onForward: () => void
}) {
  const { t } = useTranslation()
  const left = bag.items.filter((item) => item.arrived === '').length
  const lying = bag.state === 'arrived'
  const missing = (item: Bag['items'][number]) =>
    void act(bag.id, 'itemMissing', { item: { requestId: item.requestId, volume: item.volume } }, item.title)
  return (
    <section className="rounded-lg border border-line bg-panel" aria-label={bag.code} data-bag={bag.code}>
      <div className="flex items-center gap-2 px-3.5 py-2.5">
        <b className="mono font-semibold">{bag.code}</b>
        <span className="text-ink-2">{t('courier.seal', { seal: bag.seal || '—' })}</span>
        <span className="flex-1" />
        <Tag tone={bag.state === 'reconciled' ? 'ok' : 'plain'}>{t(`bagState.${bag.state}`)}</Tag>
      </div>
      {bag.destination !== here && (
        <div className="px-3.5 pb-2">
          <Note tone="warn">{t('arrival.misroutedNote', { name: bag.destinationName })}</Note>
        </div>
      )}
      <ul>
        {bag.items.map((item) => (
          <li
            key={`${item.requestId}#${item.volume}`}
            className="flex h-9 items-center gap-2.5 border-t border-line px-3.5"
          >
            <span className="ell flex-1" title={item.title}>
              {item.title}
            </span>
            <span className="mono text-ink-3">{item.barcode}</span>
            {item.arrived === 'arrived' && <Tag tone="ok">✓ {t('returns.here')}</Tag>}
            {item.arrived === 'missing' && <Tag tone="seal">{t('returns.missing')}</Tag>}
            {item.arrived === '' && lying && (
              <Button size="small" kind="danger" onClick={() => missing(item)}>
                {t('returns.missing')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div className="flex items-center gap-2 border-t border-line px-3.5 py-2.5">
        <span className="text-ink-2">{bag.destination === here && leftText(t, left)}</span>
        <span className="flex-1" />
        {lying && (
          <Button onClick={onForward} data-action="forwardBag">
            {t('arrival.forward')}
          </Button>
        )}
        {lying && bag.destination === here && (
          <Button kind="primary" size="big" disabled={left === 0} onClick={onFinish} data-action="finishBag">
            {t('arrival.finish', { count: left })}
          </Button>
        )}
      </div>
    </section>
  )
}
