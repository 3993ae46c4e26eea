import { useTranslation } from 'react-i18next'
import { attempt } from '../../app/act.ts'
import { setZoom, useZoom } from '../../app/AppCommands.tsx'
import { closeSecond, isSecond, openSecond, useSecond } from '../../app/second-window.ts'
import { play } from '../../app/sound.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Check.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Line } from './Line.tsx'
import { useSettings } from './useSettings.ts'

/** Language, light and dark, density, contrast, motion, windows, size, sounds. @param brief only what a first run asks */
export function Appearance({ brief = false }: { brief?: boolean }) {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const zoom = useZoom((state) => state.factor)
  if (!settings) return null
  return (
    <>
      <Line setting="language" title={t('settings.language')}>
        <Segments
          label={t('settings.language')}
          value={settings.language}
          options={[
            { id: 'zh-CN', label: '中文' },
            { id: 'en', label: 'English' },
          ]}
          onChange={(language) => set({ language })}
        />
      </Line>
      <Line setting="theme" title={t('settings.theme')} hint={t('settings.themeHint')}>
        <Segments
          label={t('settings.theme')}
          value={settings.theme}
          options={(['system', 'light', 'dark'] as const).map((id) => ({ id, label: t(`settings.themes.${id}`) }))}
          onChange={(theme) => set({ theme })}
        />
      </Line>
      <Line setting="density" title={t('settings.density')} hint={t('settings.densityHint')}>
        <Segments
          label={t('settings.density')}
          value={settings.density}
          options={(['normal', 'compact'] as const).map((id) => ({ id, label: t(`settings.densities.${id}`) }))}
          onChange={(density) => set({ density })}
        />
      </Line>
      <Line title={t('settings.zoom')} hint={t('settings.zoomHint')}>
        <Segments
          label={t('settings.zoom')}
          value={String(zoom)}
          options={['1', '1.25', '1.5', '2'].map((id) => ({ id, label: `${Number(id) * 100}%` }))}
          onChange={(id) => setZoom(Number(id))}
        />
      </Line>
      {!brief && <Habits />}
    </>
  )
}

/** What one sets once one knows the desk. */
function Habits() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const second = useSecond((state) => state.open)
  if (!settings) return null
  return (
    <>
      <Line setting="contrast" title={t('settings.contrast')} hint={t('settings.contrastHint')}>
        <Segments
          label={t('settings.contrast')}
          value={settings.contrast}
          options={(['system', 'more'] as const).map((id) => ({ id, label: t(`settings.contrasts.${id}`) }))}
          onChange={(contrast) => set({ contrast })}
        />
      </Line>
      <Line setting="motion" title={t('settings.motion')} hint={t('settings.motionHint')}>
        <Segments
          label={t('settings.motion')}
          value={settings.motion}
          options={(['system', 'none'] as const).map((id) => ({ id, label: t(`settings.motions.${id}`) }))}
          onChange={(motion) => set({ motion })}
        />
      </Line>
      {!isSecond() && (
        <Line title={t('settings.second')} hint={t('settings.secondHint')}>
          <Switch on={second} onChange={(on) => void attempt(on ? () => openSecond('copy') : closeSecond)}>
            <span className="sr-only">{t('settings.second')}</span>
          </Switch>
        </Line>
      )}
      <Line setting="sounds" title={t('settings.sounds')} hint={t('settings.soundsHint')}>
        <div className="flex items-center gap-3">
          {(['right', 'wrong', 'attention'] as const).map((sound) => (
            <Button key={sound} size="small" disabled={!settings.sounds} onClick={() => play(sound)}>
              {t(`settings.sound.${sound}`)}
            </Button>
          ))}
          <Switch on={settings.sounds} onChange={(sounds) => set({ sounds })}>
            <span className="sr-only">{t('settings.sounds')}</span>
          </Switch>
        </div>
      </Line>
      <Line setting="holdSeconds" title={t('settings.hold')} hint={t('settings.holdHint')}>
        <Segments
          label={t('settings.hold')}
          value={String(settings.holdSeconds)}
          options={[...new Set([0, 5, 8, 15, 30, settings.holdSeconds])]
            .sort((a, b) => a - b)
            .map((n) => ({
              id: String(n),
              label: n === 0 ? t('settings.holdNone') : t('settings.seconds', { count: n }),
            }))}
          onChange={(id) => set({ holdSeconds: Number(id) })}
        />
      </Line>
    </>
  )
}
