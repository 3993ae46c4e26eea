import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { isoDay } from '../../app/format.ts'
import { core, main } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { Line } from './Line.tsx'
import { useSupervisors } from './Managed.tsx'
import { useSettings } from './useSettings.ts'

const RATES = [null, 128, 512, 2000] as const

/** How the centre is reached: share of the line, proxy, certificate authority. */
export function NetworkLines() {
  const { settings, set } = useSettings()
  if (!settings) return null
  const { network } = settings
  const change = (part: Partial<Settings['network']>) => set({ network: { ...network, ...part } })
  return (
    <>
      <UploadLimit value={network.uploadKBps} onChange={(uploadKBps) => change({ uploadKBps })} />
      <Proxy value={network.proxy} onChange={(proxy) => change({ proxy })} />
      <Authority ca={network.ca} onRemove={() => change({ ca: null })} />
    </>
  )
}

function UploadLimit({ value, onChange }: { value: number | null; onChange: (value: number | null) => void }) {
  const { t } = useTranslation()
  const rates = [...new Set([...RATES, value])].sort((a, b) => (a ?? 0) - (b ?? 0))
  return (
    <Line setting="network" title={t('settings.uploadLimit')} hint={t('settings.uploadLimitHint')}>
      <Segments
        label={t('settings.uploadLimit')}
        value={String(value)}
        options={rates.map((rate) => ({
          id: String(rate),
          label: rate === null ? t('settings.noLimit') : rate < 1000 ? `${rate} kB/s` : `${rate / 1000} MB/s`,
        }))}
        onChange={(id) => onChange(id === 'null' ? null : Number(id))}
      />
    </Line>
  )
}

function Proxy({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation()
  const [typing, setTyping] = useState(false)
  const [text, setText] = useState(value.startsWith('http') ? value : '')
  const kind = typing || value.startsWith('http') ? 'own' : value === 'none' ? 'none' : 'system'
  const resting = useSupervisors('network')
  const right = /^https?:\/\/[^\s/]+\/?$/.test(text)
  return (
    <>
      <Line setting="network" title={t('settings.proxy')} hint={t('settings.proxyHint')}>
        <Segments
          label={t('settings.proxy')}
          value={kind}
          options={(['system', 'none', 'own'] as const).map((id) => ({ id, label: t(`settings.proxies.${id}`) }))}
          onChange={(next) => {
            setTyping(next === 'own')
            if (next !== 'own') onChange(next === 'none' ? 'none' : '')
          }}
        />
      </Line>
      {kind === 'own' && (
        <form
          className="flex items-end gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            if (right) onChange(text)
          }}
        >
          <div className="flex-1">
            <Field
              label={t('settings.proxyAddress')}
              value={text}
              onChange={setText}
              mono
              placeholder="http://proxy.lib.example:3128"
              maxLength={300}
              data-scan="text"
            />
          </div>
          <Button type="submit" className="h-8" disabled={!right || text === value || resting}>
            {t('settings.proxyApply')}
          </Button>
        </form>
      )}
    </>
  )
}

function Authority({ ca, onRemove }: { ca: Settings['network']['ca']; onRemove: () => void }) {
  const { t } = useTranslation()
  const choose = async () => {
    const chosen = await attempt(() => main('files.open', { kind: 'any', multiple: false }))
    const fileId = chosen?.files[0]?.id
    if (fileId) await attempt(() => core('network.trust', { fileId }))
  }
  return (
    <Line
      setting="network"
      title={t('settings.authority')}
      hint={ca ? t('settings.authorityIs', { name: ca.name, until: isoDay(ca.until) }) : t('settings.authorityHint')}
    >
      <span className="flex gap-2">
        {ca && (
          <Button kind="quiet" onClick={onRemove}>
            {t('ui.remove')}
          </Button>
        )}
        <Button onClick={() => void choose()}>{t('settings.authorityChoose')}</Button>
      </span>
    </Line>
  )
}
