import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogueTarget } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { useJobs } from '../../app/jobs.ts'
import { moment } from '../../app/format.ts'
import { useHello, useNow } from '../../app/hooks.ts'
import { toast } from '../../app/toasts.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Check.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { Note } from '../../ui/Note.tsx'
import { Managed, useManaged } from '../settings/Managed.tsx'
import { useSettings } from '../settings/useSettings.ts'
import { CatalogueDialog, newTarget } from './CatalogueDialog.tsx'

/** The catalogues that are asked, and how each of them is. */
export function CatalogueSettings() {
  const { t } = useTranslation()
  const running = useJobs(null).all.find((job) => job.kind === 'holdings' && job.state === 'running')
  const { set } = useSettings()
  const supervisor = useHello().data?.me?.role === 'supervisor'
  const { data } = useCore('catalogue.list', {}, ['settings', 'holdings', 'desk'])
  const managed = useManaged('catalogues')
  const [editing, setEditing] = useState<CatalogueTarget | null>(null)
  if (!data) return null
  const targets = data.map((one) => one.target)
  const save = (target: CatalogueTarget) => {
    const known = targets.some((one) => one.id === target.id)
    set({ catalogues: known ? targets.map((one) => (one.id === target.id ? target : one)) : [...targets, target] })
    setEditing(null)
  }
  const lookUpNew = async () => {
    const started = await attempt(() => core('holdings.lookUpNew', {}))
    if (started) toast({ tone: 'plain', text: () => t('holdings.started', { count: started.count }), ms: 5000 })
  }
  return (
    <div className="grid gap-4">
      <p className="text-ink-2">{t('holdings.settingsHint')}</p>
      {!targets.some((one) => one.own && one.on) && <Note tone="warn">{t('holdings.noOwn')}</Note>}
      {targets.length > 0 && (
        <Managed setting="catalogues">
          <ul className="divide-y divide-line rounded-md border border-line bg-panel">
            {data.map((one) => (
              <CatalogueLine
                key={one.target.id}
                one={one}
                mayEdit={supervisor}
                onSave={save}
                onEdit={() => setEditing(one.target)}
                onRemove={() => set({ catalogues: targets.filter((other) => other.id !== one.target.id) })}
              />
            ))}
          </ul>
        </Managed>
      )}
      {!supervisor && <p className="text-sm text-ink-3">{t('holdings.supervisorOnly')}</p>}
      <div className="flex flex-wrap gap-2">
        <Button disabled={!supervisor || managed} onClick={() => setEditing(newTarget())}>
          {t('holdings.addCatalogue')}
        </Button>
        {running ? (
          <>
            <span role="status" className="self-center text-ink-2" data-looking={running.done}>
              {t('job.of', { job: t('job.holdings'), done: running.done, total: running.total ?? '…' })}
            </span>
            <Button onClick={() => void attempt(() => core('job.cancel', { jobId: running.id }))}>
              {t('ui.cancel')}
            </Button>
          </>
        ) : (
          <Button onClick={() => void lookUpNew()}>{t('holdings.lookUpNew')}</Button>
        )}
      </div>
      {editing && <CatalogueDialog target={editing} taken={targets} onSave={save} onClose={() => setEditing(null)} />}
    </div>
  )
}

function CatalogueLine({
  one: { target, health },
  mayEdit,
  onSave,
  onEdit,
  onRemove,
}: {
  one: CoreOut<'catalogue.list'>[number]
  mayEdit: boolean
  onSave: (target: CatalogueTarget) => void
  onEdit: () => void
  onRemove: () => void
}) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  return (
    <li
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 px-3 py-2"
      data-catalogue={target.id}
    >
      <div className="min-w-0">
        <div className="flex items-center gap-2">
          <span className="ell font-medium">{target.name}</span>
          {target.own && <Tag tone="accent">{t('holdings.ownTag')}</Tag>}
        </div>
        <div className="mono ell text-sm text-ink-3">{target.address}</div>
        <div className={health && health.state !== 'ok' ? 'text-sm text-amber' : 'text-sm text-ink-2'}>
          {!target.on
            ? t('holdings.target.off')
            : health
              ? `${t(`holdings.target.${health.state}`)} · ${moment(health.at, i18n.language, now, t)}${health.ms === null ? '' : ` · ${health.ms} ms`}`
              : t('holdings.notAskedYet')}
        </div>
      </div>
      <div className="flex items-center gap-2">
        <Switch on={target.on} onChange={(on) => onSave({ ...target, on })}>
          <span className="sr-only">{target.name}</span>
        </Switch>
        <Button size="small" disabled={!mayEdit} onClick={onEdit}>
          {t('holdings.edit')}
        </Button>
        <Button
          size="small"
          kind="quiet"
          disabled={!mayEdit}
          onClick={onRemove}
          aria-label={t('ui.removeThis', { name: target.name })}
        >
          {t('ui.remove')}
        </Button>
      </div>
    </li>
  )
}
