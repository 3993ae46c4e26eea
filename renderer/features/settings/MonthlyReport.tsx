import { Download, FolderOpen, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CoreIn } from '../../host.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { day as dayText } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { core, main } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Check.tsx'
import { Select } from '../../ui/Select.tsx'
import { Line } from './Line.tsx'

const DAYS = Array.from({ length: 28 }, (_, index) => index + 1)

/** The report of each month, made by itself: whether, on which day, into which folder; and those that were made. */
export function MonthlyReport() {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { data } = useCore('monthly.get', {}, ['reports'])
  if (!data) return null
  const set = (change: CoreIn<'monthly.set'>) => void attempt(() => core('monthly.set', change))
  const choose = async () => {
    const chosen = await attempt(() => main('files.chooseFolder', {}))
    if (chosen?.folder) set({ folderId: chosen.folder.id })
  }
  return (
    <section className="grid gap-3" aria-label={t('monthly.title')}>
      <Line title={t('monthly.title')} hint={t('monthly.hint')}>
        <Switch on={data.on} onChange={(on) => set({ on })}>
          <span className="sr-only">{t('monthly.title')}</span>
        </Switch>
      </Line>
      {data.on && (
        <div className="grid grid-cols-[180px_minmax(0,1fr)] items-end gap-4">
          <Select
            label={t('monthly.day')}
            value={String(data.day)}
            options={DAYS.map((n) => ({ id: String(n), label: t('monthly.dayOf', { n }) }))}
            onChange={(n) => set({ day: Number(n) })}
          />
          <div className="flex min-w-0 items-center gap-2">
            <span className="ell min-w-0 flex-1 text-ink-2">
              {data.folder === null ? t('monthly.noFolder') : t('monthly.folder', { name: data.folder })}
            </span>
            <Button icon={FolderOpen} onClick={() => void choose()}>
              {t('monthly.choose')}
            </Button>
            {data.folder !== null && (
              <IconButton icon={X} label={t('monthly.dropFolder')} onClick={() => set({ folderId: null })} />
            )}
          </div>
        </div>
      )}
      <ul className="divide-y divide-line">
        {data.made.map((report) => (
          <li key={report.month} className="flex min-h-9 items-center gap-3">
            <span className="w-20 tabular-nums">{report.month}</span>
            <span className="ell min-w-0 flex-1 text-ink-2">
              {t('monthly.madeOn', { day: dayText(report.at, i18n.language, now) })}
              {!report.written && <span className="text-amber"> {t('monthly.notWritten')}</span>}
            </span>
            <Button
              size="small"
              icon={Download}
              onClick={() => void attempt(() => main('files.save', { blob: report.blob, name: report.name }))}
            >
              {t('ui.save')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
