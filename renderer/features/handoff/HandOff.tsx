import { Camera as CameraIcon, Check, PenLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { useCore } from '../../app/data.ts'
import { go, useRoute } from '../../app/routes.ts'
import { blobUrl, core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { cx } from '../../ui/cx.ts'
import { ScanFigure, type Said } from '../courier/ScanField.tsx'
import { ScanTable } from '../courier/ScanTable.tsx'
import type { Board } from '../courier/Packing.tsx'
import { PrintPreview } from '../prints/PrintPreview.tsx'
import { useCamera } from './camera.ts'
import { SignHere } from './SignHere.tsx'
import { useHandOver } from './useHandOver.ts'

/** The hand-off at the door, for fingers: bags scanned out, the driver's name and signature, and a receipt. */
export function HandOff({ board }: { board: Board | undefined }) {
  const { t } = useTranslation()
  const closed = (board?.manifests ?? []).filter((one) => one.state === 'closed')
  const wished = useRoute((route) => route.open.courier) ?? null
  const [chosen, setChosen] = useState<string | null>(wished)
  const [receipt, setReceipt] = useState<string | null>(null)
  const manifest = closed.find((one) => one.id === chosen) ?? closed[0] ?? null
  return (
    <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
      {closed.length > 1 ? (
        <div className="border-b border-line px-3.5 py-2">
          <Segments
            label={t('courier.manifest')}
            value={manifest!.id}
            options={closed.map((one) => ({ id: one.id, label: one.run || one.number }))}
            onChange={setChosen}
          />
        </div>
      ) : (
        <span />
      )}
      {manifest ? (
        <OneHandOff key={manifest.id} manifest={manifest} board={board!} onDone={() => setReceipt(manifest.id)} />
      ) : (
        <EmptyState
          icon={PenLine}
          title={t('handoff.noneTitle')}
          action={<Button onClick={() => go('courier', null, 'pack')}>{t('handoff.toPacking')}</Button>}
        >
          {t('handoff.none')}
        </EmptyState>
      )}
      {receipt && <PrintPreview kind="receipt" objectIds={[receipt]} onClose={() => setReceipt(null)} />}
    </div>
  )
}

function OneHandOff({
  manifest,
  board,
  onDone,
}: {
  manifest: Board['manifests'][number]
  board: Board
  onDone: () => void
}) {
  const { t } = useTranslation()
  const [out, setOut] = useState<ReadonlySet<string>>(new Set())
  const camera = useCamera()
  const photos = (useCore('handover.photos', { manifestId: manifest.id }, ['courier']).data ?? []).filter((one) => one.kind === 'photo') // prettier-ignore
  const bags = board.bags.filter((bag) => manifest.bagIds.includes(bag.id))
  const mark = (id: string) => setOut((old) => new Set(old).add(id))
  const signing = useHandOver(manifest, bags.length > 0 && out.size === bags.length, onDone)

  const take = async (code: string): Promise<Said> => {
    const found = await core('code.resolve', { text: code })
    const bag = found.kind === 'bag' ? bags.find((one) => one.id === found.id) : undefined
    if (!bag) return { sound: 'wrong', tone: 'bad', title: t('handoff.notOnRun'), detail: code }
    mark(bag.id)
    return { sound: 'right', tone: 'ok', title: bag.destinationName, detail: `${bag.code} · ${t('courier.seal', { seal: bag.seal })}` } // prettier-ignore
  }
  const photograph = async () => {
    const jpeg = camera.shoot()
    if (jpeg) await attempt(() => core('handover.photo', { manifestId: manifest.id, jpeg }))
  }

  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <ScanTable
        label={t('courier.bags')}
        title={t('handoff.scan')}
        hint={t('handoff.scanHint')}
        take={take}
        failed={(code) => t('handoff.notOut', { code })}
        figure={<ScanFigure n={out.size} unit={t('handoff.ofBags', { count: bags.length })} />}
      >
        <ul className="grid gap-2">
          {bags.map((bag) => (
            <li key={bag.id}>
              <button
                type="button"
                aria-pressed={out.has(bag.id)}
                onClick={() => mark(bag.id)}
                className={cx('flex min-h-14 w-full items-center gap-3 rounded-lg border px-4 text-left', out.has(bag.id) ? 'border-ok-line bg-ok-soft' : 'border-line bg-panel hover:bg-hover')} // prettier-ignore
              >
                <span
                  className={cx(
                    'grid size-7 flex-none place-items-center rounded-full',
                    out.has(bag.id) ? 'bg-ok text-panel' : 'border border-line-2',
                  )}
                >
                  {out.has(bag.id) && <Check aria-hidden="true" size={16} strokeWidth={3} />}
                </span>
                <span className="min-w-0 flex-1">
                  <b className="ell block text-md font-semibold">{bag.destinationName}</b>
                  <span className="mono text-ink-2">
                    {bag.code} · {t('courier.seal', { seal: bag.seal || '—' })}
                  </span>
                </span>
                <span className="text-md">{t('courier.volumes', { count: bag.items.length })}</span>
              </button>
            </li>
          ))}
        </ul>
      </ScanTable>
      <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] border-l border-line bg-panel">
        <div className="grid min-h-0 content-start gap-4 overflow-auto px-5 py-4">
          <div>
            <div className="mono text-lg font-semibold">{manifest.number}</div>
            <div className="text-ink-2">{manifest.run}</div>
          </div>
          <SignHere signing={signing} touch />
          {camera.there && (
            <div className="grid gap-2">
              <div className="lbl">{t('handoff.photo')}</div>
              <div className="flex items-start gap-2">
                {/* A live picture of what stands on the table has no words to caption. */}
                <video
                  ref={camera.video}
                  muted
                  className="h-28 rounded-md border border-line bg-panel-2"
                  aria-label={t('handoff.photo')}
                />
                <Button size="big" icon={CameraIcon} onClick={() => void photograph()}>
                  {t('handoff.shoot')}
                </Button>
              </div>
            </div>
          )}
          {photos.length > 0 && (
            <div className="flex flex-wrap gap-2">
              {photos.map((one, index) => (
                <img
                  key={one.blob}
                  src={blobUrl(one.blob)}
                  alt={t('handoff.photoN', { n: index + 1 })}
                  className="h-20 rounded-md border border-line"
                />
              ))}
            </div>
          )}
        </div>
        <div className="border-t border-line px-5 py-3">
          <CommandButton id="courier.handOver" kind="primary" size="big" icon={Check} className="h-12 w-full">
            {t('courier.handOverN', { bags: manifest.bagCount, items: manifest.itemCount })}
          </CommandButton>
        </div>
      </div>
    </div>
  )
}
