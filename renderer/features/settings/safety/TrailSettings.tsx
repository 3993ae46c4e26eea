import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListExport } from '../../../app/ExportMenu.tsx'
import { attempt } from '../../../app/act.ts'
import { useCore } from '../../../app/data.ts'
import { count, isoDay, moment } from '../../../app/format.ts'
import { useHello, useNow } from '../../../app/hooks.ts'
import { toast } from '../../../app/toasts.ts'
import { core, main, type CoreOut } from '../../../host.ts'
import { Button } from '../../../ui/Button.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Line } from '../Line.tsx'

/** Who did what, checked and handed out; readers' data let go; what a technician needs. */
export function TrailSettings() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const supervisor = useHello().data?.me?.role === 'supervisor'
  const { data: safety, reload } = useCore('safety.get', {}, ['status', 'settings', 'desk'])
  const [verdict, setVerdict] = useState<CoreOut<'audit.verify'> | null>(null)
  const [busy, setBusy] = useState(false)
  const work = async (body: () => Promise<void>) => {
    setBusy(true)
    await attempt(body)
    setBusy(false)
  }
  const save = async (blob: string, name: string) => {
    const { saved } = await main('files.save', { blob, name })
    if (saved) toast({ tone: 'ok', text: () => t('safety.saved', { name }), ms: 5000 })
  }
  return (
    <section className="grid gap-6" aria-label={t('safety.trail')}>
      <Line
        title={t('safety.purge')}
        hint={
          safety?.lastPurge
            ? t('safety.purgeLast', {
                time: moment(safety.lastPurge.at, i18n.language, now, t),
                count: safety.lastPurge.requests,
              })
            : t('safety.purgeHint')
        }
      >
        <Button
          disabled={!supervisor || busy}
          onClick={() =>
            void work(async () => {
              const { requests } = await core('privacy.purge', {})
              toast({ tone: 'ok', text: () => t('safety.purged', { count: requests }), ms: 5000 })
              reload()
            })
          }
        >
          {t('safety.purgeDo')}
        </Button>
      </Line>
      <Line title={t('safety.trail')} hint={t('safety.trailHint')}>
        <span className="flex gap-2">
          <Button
            disabled={busy}
            data-action="audit"
            onClick={() => void work(async () => setVerdict(await core('audit.verify', {})))}
          >
            {t('safety.verify')}
          </Button>
          <ListExport order={supervisor ? { list: 'audit' } : null} title={t('safety.trail')} />
        </span>
      </Line>
      {verdict &&
        (verdict.broken === null ? (
          <Note tone="ok">
            {t('safety.trailWhole', { entries: count(verdict.entries, i18n.language), anchors: verdict.anchors })}
          </Note>
        ) : (
          <Note tone="bad">{t('safety.trailBroken', { entry: verdict.broken })}</Note>
        ))}
      <Line title={t('safety.support')} hint={t('safety.supportHint')}>
        <Button
          disabled={busy}
          data-action="support"
          onClick={() =>
            void work(async () => {
              const { blob } = await core('support.bundle', {})
              await save(blob, `balis-desk-support-${isoDay(now)}.json`)
            })
          }
        >
          {t('safety.supportDo')}
        </Button>
      </Line>
    </section>
  )
}
