import { PackageOpen, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { useCommand } from '../../app/commands.ts'
import { useRoomy } from '../../app/hooks.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { cx } from '../../ui/cx.ts'
import { BagCard } from './BagCard.tsx'
import { CloseBagDialog } from './CloseBagDialog.tsx'
import { ManifestPanel } from './ManifestPanel.tsx'
import { OpenBagDialog } from './OpenBagDialog.tsx'
import { ScanField, ScanFigure, type Said } from './ScanField.tsx'

export type Board = CoreOut<'courier.board'>
export type Bag = Board['bags'][number]

/** Scanning books into the bags of their libraries; the run's manifest beside them. */
export function Packing({ board, reload }: { board: Board | undefined; reload: () => void }) {
  const { t } = useTranslation()
  const roomy = useRoomy()
  const [touched, setTouched] = useState<string | null>(null)
  const [closing, setClosing] = useState<Bag | null>(null)
  const [opening, setOpening] = useState(false)
  const [side, setSide] = useState(false)

  const ours = (board?.bags ?? []).filter((bag) => bag.state === 'open' || bag.state === 'closed')
  const candidates = board?.candidates ?? []
  const packed = ours.reduce((sum, bag) => sum + bag.items.length, 0)
  const bagOf = (id: string | null) => ours.find((bag) => bag.id === id)

  const take = async (code: string): Promise<Said> => {
    const found = await core('code.resolve', { text: code })
    if (found.kind === 'bag') {
      const bag = bagOf(found.id)
      setTouched(found.id)
      if (bag?.state === 'open' && bag.items.length > 0) setClosing(bag)
      return bag
        ? {
            sound: 'right',
            tone: 'plain',
            title: t('courier.bagFound', { name: bag.destinationName }),
            detail: bag.code,
          }
        : { sound: 'attention', tone: 'warn', title: t('courier.bagNotHere'), detail: found.code }
    }
    const put = await core('courier.packCode', { code })
    setTouched(put.bagId)
    reload()
    const detail = t('courier.packed', { name: put.destinationName, code: put.bagCode })
    return { sound: 'right', tone: 'ok', title: put.title, detail }
  }
  useCommand('courier.closeBag', () => setClosing(closable!), Boolean(bagOf(touched)?.state === 'open' || ours.some((bag) => bag.state === 'open' && bag.items.length > 0))) // prettier-ignore
  const closable =
    bagOf(touched)?.state === 'open' ? bagOf(touched) : ours.find((bag) => bag.state === 'open' && bag.items.length > 0)

  const panel = <ManifestPanel board={board} />
  return (
    <div className={cx('grid min-h-0', roomy ? 'grid-cols-[minmax(0,1fr)_372px]' : 'grid-cols-1')}>
      <div
        className="grid min-h-0 content-start gap-3 overflow-auto px-3.5 py-3"
        tabIndex={0}
        role="region"
        aria-label={t('courier.bags')}
      >
        <ScanField
          title={t('courier.scan')}
          hint={t('courier.scanHint')}
          take={take}
          failed={(code) => t('courier.notPacked', { code })}
          figure={<ScanFigure n={packed} unit={t('courier.ofVolumes', { count: packed + candidates.length })} />}
        />
        <div className="flex items-center gap-2">
          <h2 className="text-md font-semibold">{t('courier.bags')}</h2>
          <span className="flex-1" />
          {!roomy && <Button onClick={() => setSide(true)}>{t('courier.manifest')}</Button>}
          <Button icon={Plus} onClick={() => setOpening(true)}>
            {t('courier.openBag')}
          </Button>
        </div>
        {ours.length === 0 ? (
          <div className="h-64">
            <EmptyState icon={PackageOpen} title={t('courier.noBagsTitle')}>
              {t('courier.noBags')}
            </EmptyState>
          </div>
        ) : (
          <div className="grid grid-cols-[repeat(auto-fill,minmax(330px,1fr))] items-start gap-3">
            {ours.map((bag) => (
              <BagCard
                key={bag.id}
                bag={bag}
                active={bag.id === touched}
                waiting={candidates.filter((one) => one.partner === bag.destination)}
                onClose={() => setClosing(bag)}
                onUnpack={
                  (item) =>
                  void attempt(() => core('op.act', { objectId: item.requestId, kind: 'unpack', args: { item: { requestId: item.requestId, volume: item.volume }, bagId: bag.id } })) // prettier-ignore
                }
              />
            ))}
          </div>
        )}
        <Candidates board={board} bags={ours} onOpened={(id) => setTouched(id)} />
      </div>
      {roomy ? (
        <aside className="min-h-0 border-l border-line bg-panel" aria-label={t('courier.manifest')}>
          {panel}
        </aside>
      ) : (
        <Drawer label={t('courier.manifest')} open={side} onClose={() => setSide(false)}>
          {panel}
        </Drawer>
      )}
      {closing && <CloseBagDialog bag={closing} onClose={() => setClosing(null)} />}
      {opening && <OpenBagDialog onClose={() => setOpening(false)} onOpened={setTouched} />}
    </div>
  )
}

/** Books that are checked and have no open bag to go into yet. */
function Candidates({
  board,
  bags,
  onOpened,
}: {
  board: Board | undefined
  bags: readonly Bag[]
  onOpened: (bagId: string) => void
}) {
  const { t } = useTranslation()
  const open = new Set(bags.filter((bag) => bag.state === 'open').map((bag) => bag.destination))
  const lost = (board?.candidates ?? []).filter((one) => !open.has(one.partner))
  if (lost.length === 0) return null
  const openFor = async (destination: string) => {
    const made = await attempt(() => core('courier.openBag', { destination, route: null }))
    if (made) onOpened(made.bagId)
  }
  return (
    <section>
      <h2 className="mb-1.5 text-md font-semibold">{t('courier.noBagYet', { count: lost.length })}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-panel">
        {lost.map((one) => (
          <li key={`${one.requestId}#${one.volume}`} className="flex h-10 items-center gap-3 px-3">
            <span className="ell flex-1" title={one.title}>
              {one.title}
            </span>
            <span className="mono flex-none text-ink-3">{one.barcode}</span>
            <span className="ell w-44 flex-none text-ink-2" title={one.partnerName}>
              {one.partnerName}
            </span>
            <Button size="small" onClick={() => void openFor(one.partner)}>
              {t('courier.openBagFor')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
