import { History, Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { isoDay } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { core } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'
import { ClosedManifest } from './ClosedManifest.tsx'
import { OpenManifest } from './OpenManifest.tsx'
import type { Board } from './Packing.tsx'
import { PaperDialog } from './PaperDialog.tsx'
import { RunsDialog } from './RunsDialog.tsx'

export type Manifest = Board['manifests'][number]
export const MANIFEST_TONE = { open: 'plain', closed: 'accent', handed_over: 'ok', void: 'plain' } as const

/** The run's manifest: draft, closed, signed, gone. `chosen` = the one a person opened. */
export function ManifestPanel({
  board,
  chosen,
  onChoose,
  past,
  onPast,
}: {
  board: Board | undefined
  chosen: string | null
  onChoose: (id: string) => void
  /** What is looked for among the runs that have gone; null = they are not looked at. */
  past: string | null
  onPast: (text: string | null) => void
}) {
  const { t } = useTranslation()
  const [papers, setPapers] = useState(false)
  const manifests = board?.manifests ?? []
  const atWork = manifests.filter((one) => one.state === 'closed' || one.state === 'open')
  const current = atWork.find((one) => one.id === chosen) ?? atWork.find((one) => one.state === 'closed') ?? atWork[0]
  const openRun = async (run: string) => {
    const name = run.trim() || t('courier.runDefault', { day: isoDay(Date.now()) })
    const made = await attempt(() => core('courier.openManifest', { run: name }))
    if (made) onChoose(made.manifestId)
  }
  return (
    <div className="grid h-full min-h-0 grid-rows-[auto_minmax(0,1fr)]">
      <div className="flex items-center gap-2 px-4 pt-3">
        {current ? (
          <Select
            label={t('courier.runs')}
            hideLabel
            value={current.id}
            options={atWork.map((one) => ({ id: one.id, label: one.run || one.number, detail: t(`manifestState.${one.state}`) }))} // prettier-ignore
            onChange={onChoose}
            className="flex-1"
          />
        ) : (
          <h2 className="flex-1 text-md font-semibold">{t('courier.manifest')}</h2>
        )}
        {current && <IconButton icon={Plus} label={t('courier.openManifest')} onClick={() => void openRun('')} />}
        <IconButton icon={History} label={t('courier.gone')} onClick={() => onPast('')} data-action="pastRuns" />
      </div>
      {current ? (
        <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto]" key={current.id + current.state}>
          {current.state === 'open' ? (
            <OpenManifest manifest={current} board={board!} />
          ) : (
            <ClosedManifest manifest={current} />
          )}
        </div>
      ) : (
        <NoManifest onOpen={(run) => void openRun(run)} onPapers={() => setPapers(true)} />
      )}
      {past !== null && (
        <RunsDialog
          manifests={manifests}
          bags={board?.bags ?? []}
          start={past}
          onPapers={() => setPapers(true)}
          onClose={() => onPast(null)}
        />
      )}
      {papers && <PaperDialog onClose={() => setPapers(false)} />}
    </div>
  )
}

function NoManifest({ onOpen, onPapers }: { onOpen: (run: string) => void; onPapers: () => void }) {
  const { t } = useTranslation()
  const now = useNow()
  const [run, setRun] = useState('')
  return (
    <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto]">
      <div className="grid content-start gap-3.5 overflow-auto px-4 py-3.5">
        <p className="text-ink-2">{t('courier.noManifest')}</p>
        <Field
          label={t('courier.run')}
          value={run}
          onChange={setRun}
          placeholder={t('courier.runDefault', { day: isoDay(now) })}
        />
      </div>
      <div className="grid gap-2 border-t border-line px-4 py-3">
        <Button onClick={onPapers} data-action="papers">
          {t('paper.title')}
        </Button>
        <Button kind="primary" size="big" className="w-full" onClick={() => onOpen(run)} data-action="openManifest">
          {t('courier.openManifest')}
        </Button>
      </div>
    </div>
  )
}

/** A manifest's sheet, scrolling by itself: its number and state on top. */
export function ManifestBody({ manifest, children }: { manifest: Manifest; children: ReactNode }) {
  const { t } = useTranslation()
  return (
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
        <Tag tone={MANIFEST_TONE[manifest.state]}>{t(`manifestState.${manifest.state}`)}</Tag>
      </div>
      <div className="text-ink-2">{manifest.run}</div>
      {children}
    </div>
  )
}

/** What the manifest comes to; `aside` says what is still left out. */
export function Figures({
  bags,
  items,
  destinations,
  grams,
  aside = {},
}: {
  bags: number
  items: number
  destinations: number
  grams: number
  aside?: { bags?: string; items?: string }
}) {
  const { t } = useTranslation()
  const lines: [string, string, string | undefined][] = [
    [t('courier.bagsN'), String(bags), aside.bags],
    [t('courier.volumesN'), String(items), aside.items],
    [t('courier.destinationsN'), String(destinations), undefined],
    [t('courier.weight'), grams > 0 ? `${(grams / 1000).toFixed(1)} kg` : '—', undefined],
  ]
  return (
    <dl className="divide-y divide-line border-y border-line">
      {lines.map(([label, value, note]) => (
        <div key={label} className="flex h-[27px] items-center gap-1.5">
          <dt className="flex-1 text-ink-2">{label}</dt>
          <dd className="flex items-center gap-1.5">
            <b className="font-semibold">{value}</b>
            {note && <span className="text-ink-3">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
