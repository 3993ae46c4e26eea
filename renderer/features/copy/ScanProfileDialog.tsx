import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScanArea, ScanProfile } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Check } from '../../ui/Check.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Select } from '../../ui/Select.tsx'
import { areaOf, profileFor, SHEETS, sheetOf, USUAL_TIDY, workOf, WORKS, type SheetChoice } from './profiles.ts'
import { ScannerChoice } from './ScannerChoice.tsx'

/** Which scanner, what kind of work, from where, how: kept for each scanner and kind of work. */
export function ScanProfileDialog({ profile, onClose }: { profile: ScanProfile | null; onClose: () => void }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState(profile)
  const settings = useCore('settings.get', {}, ['settings']).data
  const scanner = useCore('scanner.list', { refresh: false }, ['devices']).data?.find(
    (one) => one.id === draft?.scannerId,
  )
  const tidy = draft?.tidy ?? USUAL_TIDY
  const save = async () => {
    if (!draft || !settings) return
    const others = settings.scanProfiles.filter((one) => one.scannerId !== draft.scannerId || one.work !== draft.work)
    const change = { scan: draft, scanProfiles: [draft, ...others].slice(0, 40) }
    if (await attempt(() => core('settings.set', change))) onClose()
  }
  return (
    <Dialog
      title={t('scan.title')}
      open
      onClose={onClose}
      onSubmit={() => void save()}
      width="wide"
      footer={
        <Button kind="primary" type="submit" disabled={!draft}>
          {t('ui.save')}
        </Button>
      }
    >
      <div className="grid gap-4">
        {draft && settings && (
          <div className="grid gap-1">
            <span className="lbl">{t('scan.work')}</span>
            <Segments
              label={t('scan.work')}
              value={workOf(draft)}
              options={WORKS.map((id) => ({ id, label: t(`scanWork.${id}`) }))}
              onChange={(work) => setDraft(profileFor(work, draft, settings.scanProfiles, scanner))}
            />
          </div>
        )}
        <ScannerChoice profile={draft} onChange={(next) => setDraft({ ...draft, ...next })} />
        {draft && <SheetFields area={draft.area} onChange={(area) => setDraft(withArea(draft, area))} />}
        {draft && (
          <fieldset className="grid gap-2">
            <legend className="lbl mb-1">{t('scan.tidy')}</legend>
            {(
              [
                'straighten',
                'dropBlank',
                'folios',
                ...(draft.work === 'spread' ? (['rightBound'] as const) : []),
              ] as const
            ).map((name) => (
              <Check
                key={name}
                on={tidy[name]}
                onChange={(on) => setDraft({ ...draft, tidy: { ...tidy, [name]: on } })}
              >
                {t(`scanTidy.${name}`)}
              </Check>
            ))}
          </fieldset>
        )}
      </div>
    </Dialog>
  )
}

function withArea({ area: _old, ...rest }: ScanProfile, area: ScanArea | undefined): ScanProfile {
  return area ? { ...rest, area } : rest
}

/** Sheet size, or a part of the glass in millimetres. */
function SheetFields({
  area,
  onChange,
}: {
  area: ScanArea | undefined
  onChange: (area: ScanArea | undefined) => void
}) {
  const { t } = useTranslation()
  const [sheet, setSheet] = useState<SheetChoice>(sheetOf(area))
  const pick = (choice: SheetChoice) => {
    setSheet(choice)
    onChange(choice === 'all' ? undefined : choice === 'custom' ? (area ?? areaOf('a4')) : areaOf(choice))
  }
  return (
    <div className="grid grid-cols-[minmax(0,1.4fr)_repeat(4,minmax(0,1fr))] gap-3">
      <Select
        label={t('scan.sheet')}
        value={sheet}
        options={SHEETS.map((id) => ({ id, label: t(`scanSheet.${id}`) }))}
        onChange={pick}
      />
      {sheet === 'custom' &&
        area &&
        (['x', 'y', 'width', 'height'] as const).map((side) => (
          <Field
            key={side}
            label={t(`scanArea.${side}`)}
            inputMode="numeric"
            value={String(area[side])}
            onChange={(text) => {
              const mm = Number(text)
              if (Number.isFinite(mm) && mm >= 0 && mm <= 2000) onChange({ ...area, [side]: mm })
            }}
          />
        ))}
    </div>
  )
}
