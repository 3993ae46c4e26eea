import { useTranslation } from 'react-i18next'
import { chordOf } from '../../app/keymap.ts'
import { Line } from './Line.tsx'

/** Which key the foot pedal sends: it is pressed once, into the field. */
export function PedalSetting({ value, onChange }: { value: string; onChange: (chord: string) => void }) {
  const { t } = useTranslation()
  return (
    <Line title={t('settings.pedal')} hint={t('settings.pedalHint')}>
      <input
        readOnly
        aria-label={t('settings.pedal')}
        data-pedal
        data-scan="text"
        value={value}
        placeholder={t('settings.pedalNone')}
        onKeyDown={(event) => {
          if (['Tab', 'Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return
          event.preventDefault()
          event.stopPropagation()
          onChange(event.key === 'Backspace' ? '' : chordOf(event.nativeEvent))
        }}
        className="mono h-8 w-32 rounded-md border border-line-2 bg-panel px-2.5 text-ink placeholder:text-ink-3"
      />
    </Line>
  )
}
