import { RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScannerInfo, ScanProfile } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { deviceName } from '../../app/device-name.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'
import { Select } from '../../ui/Select.tsx'

/** The profile that fits a scanner, as near as possible to the one before. */
export function fitProfile(
  scanner: ScannerInfo | CoreOut<'scanner.list'>[number],
  before: ScanProfile | null,
): ScanProfile {
  const pick = <T,>(wanted: T | undefined, offered: readonly T[], usual: T): T =>
    wanted !== undefined && offered.includes(wanted) ? wanted : offered.includes(usual) ? usual : (offered[0] ?? usual)
  return {
    scannerId: scanner.id,
    source: pick(before?.source, scanner.sources, 'feeder'),
    mode: pick(before?.mode, scanner.modes, 'grey'),
    dpi: pick(before?.dpi, scanner.dpi, 300),
  }
}

/** Resolutions worth offering out of what a device lists (some list every number). */
export function offeredDpi(all: readonly number[]): number[] {
  const usual = [150, 200, 300, 400, 600].filter((dpi) => all.includes(dpi))
  return usual.length > 0 ? usual : [...all].slice(0, 8)
}

/** Scanner, source, colour and resolution, each only as the device can. */
export function ScannerChoice({
  profile,
  onChange,
}: {
  profile: ScanProfile | null
  onChange: (profile: ScanProfile) => void
}) {
  const { t } = useTranslation()
  const { data: scanners, reload } = useCore('scanner.list', { refresh: false }, ['devices'])
  const [looking, setLooking] = useState(false)
  const current = scanners?.find((one) => one.id === profile?.scannerId)
  const look = async () => {
    setLooking(true)
    await attempt(() => core('scanner.list', { refresh: true }))
    reload()
    setLooking(false)
  }
  return (
    <div className="grid gap-3.5">
      <div className="flex items-end gap-2">
        <Select
          label={t('scan.scanner')}
          value={profile?.scannerId ?? null}
          options={[
            ...(scanners ?? []).map((one) => ({
              id: one.id,
              label: deviceName(t, one.name),
              detail: t(`scanner.${one.state}`),
            })),
            ...(profile && !current ? [{ id: profile.scannerId, label: t('scan.gone') }] : []),
          ]}
          onChange={(id) => {
            const found = scanners?.find((one) => one.id === id)
            if (found) onChange(fitProfile(found, profile))
          }}
          placeholder={t('scan.none')}
          className="flex-1"
        />
        <Button icon={RefreshCw} disabled={looking} onClick={() => void look()} className="h-8">
          {looking ? t('scan.looking') : t('scan.look')}
        </Button>
      </div>
      {scanners?.length === 0 && <Note tone="warn">{t('scan.noneFound')}</Note>}
      {current && profile && (
        <div className="grid grid-cols-3 gap-3">
          <Select
            label={t('scan.source')}
            value={profile.source}
            options={current.sources.map((id) => ({ id, label: t(`scanSource.${id}`) }))}
            onChange={(source) => onChange({ ...profile, source })}
          />
          <Select
            label={t('scan.mode')}
            value={profile.mode}
            options={current.modes.map((id) => ({ id, label: t(`scanMode.${id}`) }))}
            onChange={(mode) => onChange({ ...profile, mode })}
          />
          <Select
            label={t('scan.dpi')}
            value={String(profile.dpi)}
            options={offeredDpi(current.dpi).map((dpi) => ({ id: String(dpi), label: `${dpi} dpi` }))}
            onChange={(dpi) => onChange({ ...profile, dpi: Number(dpi) })}
          />
        </div>
      )}
    </div>
  )
}
