import { useTranslation } from 'react-i18next'
import { errorText } from '../../app/errors.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/Note.tsx'
import { count } from '../../app/format.ts'
import { Meter } from '../../ui/Meter.tsx'
import { showBulk, stopBulk, useBulk } from './bulk.ts'

/** More refusals than this are counted, not listed. */
const LISTED = 200

/** Says which of many requests an action could not be done for, and why. */
export function BulkDialog() {
  const { t, i18n } = useTranslation()
  const { outcome, progress } = useBulk()
  if (progress)
    return (
      <Dialog
        title={t(`op.${progress.kind}`)}
        open
        onClose={stopBulk}
        width="small"
        footer={<Button onClick={stopBulk}>{t('ui.stop')}</Button>}
      >
        <p role="status">
          {t('bulk.progress', {
            done: count(progress.done, i18n.language),
            total: count(progress.total, i18n.language),
          })}
        </p>
        <Meter label={t(`op.${progress.kind}`)} value={progress.done} max={progress.total} />
      </Dialog>
    )
  if (!outcome) return null
  const close = () => showBulk(null)
  const action = t(`op.${outcome.kind}`)
  return (
    <Dialog
      title={t('bulk.title', { action, count: outcome.failed.length })}
      open
      onClose={close}
      onSubmit={close}
      footer={
        <Button kind="primary" type="submit" autoFocus>
          {t('ui.understood')}
        </Button>
      }
    >
      {outcome.done > 0 && <Note tone="ok">{t('bulk.done', { action, count: outcome.done })}</Note>}
      <ul className="divide-y divide-line rounded-lg border border-line">
        {outcome.failed.slice(0, LISTED).map((one) => (
          <li key={one.id} className="grid gap-0.5 px-3 py-2">
            <div className="flex gap-2">
              <span className="mono text-ink-2">{one.id}</span>
              <span className="ell">{one.title}</span>
            </div>
            <div className="text-seal">{errorText(t, one.error.code, one.error.params)}</div>
          </li>
        ))}
      </ul>
      {outcome.failed.length > LISTED && (
        <p className="text-ink-2">{t('bulk.more', { count: outcome.failed.length - LISTED })}</p>
      )}
    </Dialog>
  )
}
