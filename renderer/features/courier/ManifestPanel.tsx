import { Check, FileText, Lock, PenLine, Plus, Printer } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { act, attempt, offerUndo } from '../../app/act.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { useCommand } from '../../app/commands.ts'
import { isoDay, moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { go } from '../../app/routes.ts'
import { play } from '../../app/sound.ts'
import { core } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { Check as CheckBox } from '../../ui/Check.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { Select } from '../../ui/Select.tsx'
import { SignaturePad, type Strokes } from '../../ui/SignaturePad.tsx'
import { PrintPreview } from '../prints/PrintPreview.tsx'
import { AmendDialog } from './AmendDialog.tsx'
import { Amendments } from './Amendments.tsx'
import type { Board } from './Packing.tsx'
import { PaperDialog } from './PaperDialog.tsx'

type Manifest = Board['manifests'][number]
const TONE = { open: 'plain', closed: 'accent', handed_over: 'ok', void: 'plain' } as const

/** The run's manifest: draft, closed, signed, gone. Signing opens only once it is closed. */
export function ManifestPanel({ board }: { board: Board | undefined }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const [run, setRun] = useState('')
  const manifests = board?.manifests ?? []
  const atWork = manifests.filter((one) => one.state === 'closed' || one.state === 'open')
  const [chosen, setChosen] = useState<string | null>(null)
  const current =
    atWork.find((one) => one.id === chosen) ?? atWork.find((one) => one.state === 'closed') ?? atWork[0] ?? null
  const [amending, setAmending] = useState<Manifest | null>(null)
  const [papers, setPapers] = useState(false)
  const gone = manifests.filter((one) => one.state === 'handed_over').slice(0, 5)
  const [preview, setPreview] = useState<string | null>(null)
  const openRun = async () => {
    const name = run.trim() || t('courier.runDefault', { day: isoDay(Date.now()) })
    const made = await attempt(() => core('courier.openManifest', { run: name }))
    if (made) setChosen(made.manifestId)
    setRun('')
  }
  return (
    <div className="grid h-full min-h-0 grid-rows-[minmax(0,1fr)_auto]">
      {current ? (
        <div className="row-span-2 grid min-h-0 grid-rows-[auto_minmax(0,1fr)_auto]">
          <div className="flex items-center gap-2 px-4 pt-3">
            <Select
              label={t('courier.runs')}
              hideLabel
              value={current.id}
              options={atWork.map((one) => ({ id: one.id, label: one.run || one.number, detail: t(`manifestState.${one.state}`) }))} // prettier-ignore
              onChange={setChosen}
              className="flex-1"
            />
            <IconButton icon={Plus} label={t('courier.openManifest')} onClick={() => void openRun()} />
          </div>
          <OneManifest
            key={current.id + current.state}
            manifest={current}
            board={board!}
            onPreview={() => setPreview(current.id)}
            onAmend={() => setAmending(current)}
          />
        </div>
      ) : (
        <>
          <div className="grid content-start gap-3.5 overflow-auto px-4 py-3.5">
            <h2 className="text-md font-semibold">{t('courier.manifest')}</h2>
            <p className="text-ink-2">{t('courier.noManifest')}</p>
            <Field
              label={t('courier.run')}
              value={run}
              onChange={setRun}
              placeholder={t('courier.runDefault', { day: isoDay(now) })}
            />
            {gone.length > 0 && (
              <section>
                <div className="lbl mb-1">{t('courier.gone')}</div>
                <ul className="divide-y divide-line border-y border-line">
                  {gone.map((one) => (
                    <li key={one.id} className="grid gap-0.5 py-2">
                      <div className="flex items-center gap-2">
                        <span className="mono">{one.number}</span>
                        <span className="flex-1" />
                        <Button size="small" onClick={() => setAmending(one)}>
                          {t('courier.amend')}
                        </Button>
                        <Button size="small" icon={FileText} onClick={() => setPreview(one.id)}>
                          {t('print.preview')}
                        </Button>
                      </div>
                      <div className="text-sm text-ink-2">
                        {t('courier.goneLine', {
                          driver: one.handedOver?.driver ?? '',
                          time: one.handedOver ? moment(one.handedOver.at, i18n.language, now, t) : '',
                          bags: one.bagCount,
                          items: one.itemCount,
                        })}
                      </div>
                      <Amendments list={one.amendments} />
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </div>
          <div className="grid gap-2 border-t border-line px-4 py-3">
            <Button onClick={() => setPapers(true)} data-action="papers">
              {t('paper.title')}
            </Button>
            <Button
              kind="primary"
              size="big"
              className="w-full"
              onClick={() => void openRun()}
              data-action="openManifest"
            >
              {t('courier.openManifest')}
            </Button>
          </div>
        </>
      )}
      {amending && <AmendDialog manifest={amending} onClose={() => setAmending(null)} />}
      {papers && <PaperDialog onClose={() => setPapers(false)} />}
      {preview && <PrintPreview kind="manifest" objectIds={[preview]} onClose={() => setPreview(null)} />}
    </div>
  )
}

function OneManifest({
  manifest,
  board,
  onPreview,
  onAmend,
}: {
  manifest: Manifest
  board: Board
  onPreview: () => void
  onAmend: () => void
}) {
  const { t } = useTranslation()
  const [driver, setDriver] = useState('')
  const [strokes, setStrokes] = useState<Strokes>([])
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const open = manifest.state === 'open'
  const others = board.manifests.filter((one) => one.state === 'open' && one.id !== manifest.id)
  const free = board.bags.filter(
    (bag) => bag.state === 'closed' && (bag.manifestId === null || bag.manifestId === manifest.id),
  )
  const unsealed = board.bags.filter((bag) => bag.state === 'open' && bag.items.length > 0).length
  const chosen = open ? free.filter((bag) => !left.has(bag.id)) : board.bags.filter((bag) => bag.manifestId === manifest.id || manifest.bagIds.includes(bag.id)) // prettier-ignore
  const items = chosen.reduce((sum, bag) => sum + bag.items.length, 0)
  const grams = chosen.reduce((sum, bag) => sum + (bag.weightGrams ?? 0), 0)
  const figures: [string, string, string][] = [
    [
      t('courier.bagsN'),
      String(open ? chosen.length : manifest.bagCount),
      unsealed > 0 && open ? t('courier.unsealed', { count: unsealed }) : '',
    ],
    [t('courier.volumesN'), String(open ? items : manifest.itemCount), open && board.candidates.length > 0 ? t('courier.notPackedN', { count: board.candidates.length }) : ''], // prettier-ignore
    [
      t('courier.destinationsN'),
      String(open ? new Set(chosen.map((bag) => bag.destination)).size : manifest.destinationCount),
      '',
    ],
    [t('courier.weight'), grams > 0 ? `${(grams / 1000).toFixed(1)} kg` : '—', ''],
  ]
  useEffect(() => setLeft(new Set()), [manifest.id])

  const close = async () => {
    setBusy(true)
    await act(manifest.id, 'closeManifest', { bagIds: chosen.map((bag) => bag.id) }, manifest.number)
    setBusy(false)
  }
  const handOver = async () => {
    setBusy(true)
    const acted = await attempt(() =>
      core('courier.handOver', { manifestId: manifest.id, driver: driver.trim(), signature: { strokes } }),
    )
    setBusy(false)
    if (!acted) return play('wrong')
    play('right')
    offerUndo(t('courier.handed', { number: manifest.number, driver: driver.trim() }), acted)
  }
  const signed = driver.trim() !== '' && strokes.length > 0
  useCommand('courier.closeManifest', () => void close(), open && chosen.length > 0 && !busy)
  useCommand('courier.handOver', () => void handOver(), !open && signed && !busy)

  return (
    <>
      <div
        className="grid content-start gap-3 overflow-auto px-4 py-3.5"
        tabIndex={0}
        role="region"
        aria-label={t('courier.manifest')}
      >
        <div className="flex items-center gap-2">
          <h2 className="min-w-0 flex-1 text-md font-semibold">
            {t('courier.manifest')} <span className="mono block text-ink-2">{manifest.number}</span>
          </h2>
          <Tag tone={TONE[manifest.state]}>{t(`manifestState.${manifest.state}`)}</Tag>
        </div>
        <div className="text-ink-2">{manifest.run}</div>
        <dl className="divide-y divide-line border-y border-line">
          {figures.map(([label, value, aside]) => (
            <div key={label} className="flex h-[27px] items-center gap-1.5">
              <dt className="flex-1 text-ink-2">{label}</dt>
              <dd className="flex items-center gap-1.5">
                <b className="font-semibold">{value}</b>
                {aside && <span className="text-ink-3">{aside}</span>}
              </dd>
            </div>
          ))}
        </dl>
        {open ? (
          <section>
            <div className="lbl mb-1">{t('courier.bagsOnRun')}</div>
            {free.length === 0 ? (
              <Note tone="plain">{t('courier.noSealed')}</Note>
            ) : (
              <ul className="grid gap-px">
                {free.map((bag) => (
                  <li key={bag.id} className="flex h-8 items-center gap-2">
                    <CheckBox
                      on={!left.has(bag.id)}
                      onChange={(on) =>
                        setLeft((old) => {
                          const next = new Set(old)
                          if (on) next.delete(bag.id)
                          else next.add(bag.id)
                          return next
                        })
                      }
                    >
                      <span className="ell max-w-44">{bag.destinationName}</span>
                    </CheckBox>
                    <span className="flex-1" />
                    {others.length > 0 && (
                      <Select
                        label={t('courier.moveBag', { name: bag.destinationName })}
                        hideLabel
                        value={bag.manifestId ?? manifest.id}
                        options={[manifest, ...others].map((one) => ({ id: one.id, label: one.run || one.number }))}
                        onChange={(to) => void act(bag.id, 'moveBag', { manifestId: to }, bag.destinationName)}
                        className="w-28"
                      />
                    )}
                    <span className="mono text-ink-3">{bag.seal}</span>
                    <span className="w-12 text-right text-ink-2">
                      {t('courier.volumes', { count: bag.items.length })}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </section>
        ) : (
          <>
            <Note tone="plain">{t('courier.closedNote')}</Note>
            <Amendments list={manifest.amendments} />
            <div className="flex flex-wrap gap-2">
              <Button icon={Printer} onClick={onPreview} data-print="manifest">
                {t('courier.printManifest')}
              </Button>
              <Button icon={PenLine} onClick={() => go('courier', manifest.id, 'handoff')} data-action="handoffScreen">
                {t('courier.handoffScreen')}
              </Button>
              <Button onClick={onAmend}>{t('courier.amend')}</Button>
            </div>
            <Field
              label={t('courier.driver')}
              value={driver}
              onChange={setDriver}
              maxLength={100}
              autoComplete="off"
              data-scan="text"
            />
            <div>
              <div className="lbl mb-1">{t('courier.signature')}</div>
              <SignaturePad strokes={strokes} onChange={setStrokes} />
              <div className="mt-1 text-sm text-ink-3">
                {t(strokes.length > 0 ? 'courier.signatureBound' : 'courier.signatureHint')}
              </div>
            </div>
          </>
        )}
      </div>
      <div className="grid gap-2 border-t border-line px-4 py-3">
        {open ? (
          <CommandButton id="courier.closeManifest" kind="primary" size="big" icon={Lock} className="w-full" />
        ) : (
          <CommandButton id="courier.handOver" kind="primary" size="big" icon={Check} className="w-full">
            {t('courier.handOverN', { bags: manifest.bagCount, items: manifest.itemCount })}
          </CommandButton>
        )}
      </div>
    </>
  )
}
