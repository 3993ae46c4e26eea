import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useScan } from '../../app/scan.ts'
import { play } from '../../app/sound.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Note } from '../../ui/Note.tsx'
import { Managed } from './Managed.tsx'
import { useSettings } from './useSettings.ts'

const TEST = 'BALIS-2026'
const CHOICES = [20, 35, 50, 80, 120] as const

/** The largest gap between two keys of a burst that ends with Enter, in ms; null for fewer than four keys. */
export function largestGap(times: readonly number[]): number | null {
  if (times.length < 5) return null
  return Math.ceil(Math.max(...times.slice(1).map((time, index) => time - times[index]!)))
}

/** Barcode scanners: how fast they type. A test scan measures it. */
export function WedgeSettings() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const [times, setTimes] = useState<number[]>([])
  const [measured, setMeasured] = useState<number | null>(null)
  const [last, setLast] = useState<string | null>(null)
  useScan((code) => {
    play('right')
    setLast(code)
  })
  if (!settings) return null
  return (
    <>
      <p className="text-ink-2">{t('wedge.intro')}</p>
      <div className="grid gap-1.5">
        <label htmlFor="wedge-test" className="lbl">
          {t('wedge.test', { code: TEST })}
        </label>
        <input
          id="wedge-test"
          data-scan="text"
          className="mono h-9 rounded-md border border-line-2 bg-panel px-2.5 focus:border-accent"
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') {
              setMeasured(largestGap([...times, event.timeStamp]))
              setTimes([])
              event.currentTarget.value = ''
            } else if (event.key.length === 1) {
              const pause = times.length > 0 && event.timeStamp - times.at(-1)! > 1000
              setTimes(pause ? [event.timeStamp] : [...times, event.timeStamp])
            }
          }}
        />
      </div>
      {measured !== null && (
        <Note
          tone={measured <= 130 ? 'ok' : 'warn'}
          action={
            measured <= 130 && (
              <Button
                size="small"
                onClick={() => set({ wedgeMaxGapMs: Math.min(500, Math.max(15, Math.round(measured * 1.25))) })}
              >
                {t('wedge.use')}
              </Button>
            )
          }
        >
          {t(measured <= 130 ? 'wedge.measured' : 'wedge.tooSlow', { ms: measured })}
        </Note>
      )}
      <Managed setting="wedgeMaxGapMs">
        <div className="grid gap-1.5">
          <div className="lbl">{t('wedge.gap')}</div>
          <div className="flex items-center gap-1.5">
            {[...new Set([...CHOICES, settings.wedgeMaxGapMs])]
              .sort((a, b) => a - b)
              .map((ms) => (
                <Chip key={ms} on={settings.wedgeMaxGapMs === ms} onChange={() => set({ wedgeMaxGapMs: ms })}>
                  {t('wedge.ms', { ms })}
                </Chip>
              ))}
          </div>
        </div>
      </Managed>
      {last && <Note tone="ok">{t('wedge.heard', { code: last })}</Note>}
    </>
  )
}
