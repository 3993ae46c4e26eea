import { PackageOpen, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { useCommand } from '../../app/commands.ts'
import { useRoomy } from '../../app/hooks.ts'
import { go, setOpen, useRoute } from '../../app/routes.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { RowList } from '../../ui/Place.tsx'
import { cx } from '../../ui/cx.ts'
import { BagCard } from './BagCard.tsx'
import { CloseBagDialog } from './CloseBagDialog.tsx'
import { ManifestPanel } from './ManifestPanel.tsx'
import { PaperDialog } from './PaperDialog.tsx'
import { LibraryDialog } from './LibraryDialog.tsx'
import { ScanFigure, type Said } from './ScanField.tsx'
import { ScanTable } from './ScanTable.tsx'

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
  const wished = useRoute((route) => route.open.courier) ?? null
  const [run, setRun] = useState<string | null>(null)
  const [past, setPast] = useState<string | null>(null)
  const [paper, setPaper] = useState<string | null>(null)

  const ours = (board?.bags ?? []).filter((bag) => bag.state === 'open' || bag.state === 'closed')
  const candidates = board?.candidates ?? []
  const packed = ours.reduce((sum, bag) => sum + bag.items.length, 0)
  const bagOf = (id: string | null) => ours.find((bag) => bag.id === id)
  const openRun = ({ id, number, state }: Board['manifests'][number]) => {
    if (state === 'open' || state === 'closed') setRun(id)
    else setPast(number)
    setSide(true)
  }
  // A code scanned elsewhere brought the person here: its bag or its manifest is what they came for.
  useEffect(() => {
    if (wished === null || !board) return
    const named = board.manifests.find((one) => one.id === wished)
    if (named) openRun(named)
    else if (bagOf(wished)) setTouched(wished)
    else if (board.bags.some((bag) => bag.id === wished)) return go('courier', wished, 'arrivals')
    else setPaper(wished)
    setOpen('courier', null)
  }, [wished, board])

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
    if (found.kind === 'manifest') {
      const named = board?.manifests.find((one) => one.id === found.id)
      if (named) openRun(named)
      return { sound: 'right', tone: 'plain', title: t('courier.manifestFound'), detail: found.number }
    }
    if (found.kind === 'paper') {
      setPaper(found.number)
      return { sound: 'right', tone: 'plain', title: t('courier.paperFound'), detail: found.number }
    }
    const put = await core('courier.packCode', { code })
    setTouched(put.bagId)
    reload()
    const detail = t('courier.packed', { name: put.destinationName, code: put.bagCode })
    return { sound: 'right', tone: 'ok', title: put.title, detail }
  }
  const openBagFor = async (destination: string): Promise<boolean> => {
    const made = await attempt(() => core('courier.openBag', { destination, route: null }))
    if (made) setTouched(made.bagId)
    return made !== undefined
  }
  useCommand('courier.closeBag', () => setClosing(closable!), Boolean(bagOf(touched)?.state === 'open' || ours.some((bag) => bag.state === 'open' && bag.items.length > 0))) // prettier-ignore
  const closable =
    bagOf(touched)?.state === 'open' ? bagOf(touched) : ours.find((bag) => bag.state === 'open' && bag.items.length > 0)

  const panel = <ManifestPanel board={board} chosen={run} onChoose={setRun} past={past} onPast={setPast} />
  return (
    <div className={cx('grid min-h-0', roomy ? 'grid-cols-[minmax(0,1fr)_372px]' : 'grid-cols-1')}>
      <ScanTable
        label={t('courier.bags')}
        title={t('courier.scan')}
        hint={t('courier.scanHint')}
        take={take}
        failed={(code) => t('courier.notPacked', { code })}
        figure={<ScanFigure n={packed} unit={t('courier.ofVolumes', { count: packed + candidates.length })} />}
      >
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
        <Candidates board={board} bags={ours} onOpen={(library) => void openBagFor(library)} />
      </ScanTable>
      {roomy ? (
        <aside className="min-h-0 border-l border-line bg-panel" aria-label={t('courier.manifest')}>
          {panel}
        </aside>
      ) : (
        <Drawer label={t('courier.manifest')} open={side} onClose={() => setSide(false)}>
          {panel}
        </Drawer>
      )}
      {paper !== null && <PaperDialog start={paper} onClose={() => setPaper(null)} />}
      {closing && <CloseBagDialog bag={closing} onClose={() => setClosing(null)} />}
      {opening && (
        <LibraryDialog
          title={t('courier.openBag')}
          action={t('courier.openBag')}
          onChoose={openBagFor}
          onClose={() => setOpening(false)}
        />
      )}
    </div>
  )
}

/** Books that are checked and have no open bag to go into yet. */
function Candidates({
  board,
  bags,
  onOpen,
}: {
  board: Board | undefined
  bags: readonly Bag[]
  onOpen: (library: string) => void
}) {
  const { t } = useTranslation()
  const open = new Set(bags.filter((bag) => bag.state === 'open').map((bag) => bag.destination))
  const lost = (board?.candidates ?? []).filter((one) => !open.has(one.partner))
  if (lost.length === 0) return null
  return (
    <section>
      <h2 className="mb-1.5 text-md font-semibold">{t('courier.noBagYet', { count: lost.length })}</h2>
      <RowList>
        {lost.map((one) => (
          <li key={`${one.requestId}#${one.volume}`}>
            <span className="ell flex-1" title={one.title}>
              {one.title}
            </span>
            <span className="mono flex-none text-ink-3">{one.barcode}</span>
            <span className="ell w-44 flex-none text-ink-2" title={one.partnerName}>
              {one.partnerName}
            </span>
            <Button size="small" onClick={() => onOpen(one.partner)}>
              {t('courier.openBagFor')}
            </Button>
          </li>
        ))}
      </RowList>
    </section>
  )
}
