import { KeyRound, ShieldQuestion } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deviceName } from '../../../app/device-name.ts'
import type { PrinterInfo } from '../../../../electron/contract/core.contract.ts'
import { useCore } from '../../../app/data.ts'
import { errorText } from '../../../app/errors.ts'
import { Button } from '../../../ui/Button.tsx'
import { Tag, type TagTone } from '../../../ui/Chip.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Fact } from '../../../ui/Place.tsx'
import { reasonWords } from '../../prints/words.ts'
import { LoginDialog } from './LoginDialog.tsx'
import { TrustDialog } from './TrustDialog.tsx'

const TONE: Record<PrinterInfo['state'], TagTone> = {
  idle: 'ok',
  printing: 'accent',
  stopped: 'amber',
  offline: 'amber',
  unknown: 'plain',
}

/** One printer: how it is in words, what it can do, and what only a person can put right. */
export function PrinterCard({ printer }: { printer: PrinterInfo }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState<'trust' | 'login' | null>(null)
  const { problem } = printer
  return (
    <li className="grid gap-2 px-3 py-2" data-printer={printer.id}>
      <div className="flex items-center gap-2">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="min-w-0 flex-1 text-left hover:underline"
        >
          <span className="ell block font-medium">{deviceName(t, printer.name)}</span>
          <span className="ell block text-sm text-ink-2">{printer.makeAndModel || printer.driver.toUpperCase()}</span>
        </button>
        <Tag tone={TONE[printer.state]}>{t(`printer.${printer.state}`)}</Tag>
      </div>
      {printer.reasons.length > 0 && !problem && (
        <Note tone="warn">
          {printer.state === 'offline' ? t('error.printer_offline') : reasonWords(t, printer.reasons)}
        </Note>
      )}
      {problem && (
        <Note
          tone={problem.changed ? 'bad' : 'warn'}
          action={
            problem.fingerprint ? (
              <Button size="small" icon={ShieldQuestion} onClick={() => setAsking('trust')}>
                {t('printers.trust')}
              </Button>
            ) : (
              problem.code === 'printer_auth' && (
                <Button size="small" icon={KeyRound} onClick={() => setAsking('login')}>
                  {t('printers.login')}
                </Button>
              )
            )
          }
        >
          {problem.changed ? t('printers.trustChanged') : errorText(t, problem.code, {})}
        </Note>
      )}
      {open && <Details printer={printer} />}
      {asking === 'trust' && problem?.fingerprint && (
        <TrustDialog
          printer={printer}
          fingerprint={problem.fingerprint}
          changed={problem.changed}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'login' && <LoginDialog printer={printer} onClose={() => setAsking(null)} />}
    </li>
  )
}

function Details({ printer }: { printer: PrinterInfo }) {
  const { t } = useTranslation()
  const { data: history } = useCore('printer.history', { printerId: printer.id }, ['print'])
  const ready = printer.media.filter((one) => one.ready)
  const papers = (ready.length > 0 ? ready : printer.media.slice(0, 8)).map(
    ({ widthMm, heightMm }) => `${Math.round(widthMm * 10) / 10} × ${Math.round(heightMm * 10) / 10} mm`,
  )
  return (
    <div className="grid gap-2 pb-1">
      <div className="grid grid-cols-2 gap-2">
        <Fact label={ready.length > 0 ? `${t('printers.media')} (${t('printers.loaded')})` : t('printers.media')}>
          {papers.join(t('ui.listComma')) || '—'}
        </Fact>
        <Fact label={t('printers.trays')}>{printer.sources.join(t('ui.listComma')) || '—'}</Fact>
        <Fact label={t('printers.dpi')}>{printer.dpi.length > 0 ? `${printer.dpi.join(' / ')} dpi` : '—'}</Fact>
        <Fact label={t('printers.duplex')}>{t(printer.duplex ? 'printers.yes' : 'printers.no')}</Fact>
      </div>
      <div>
        <div className="lbl">{t('printers.history')}</div>
        {history?.length === 0 && <div className="text-sm text-ink-3">{t('printers.historyNone')}</div>}
        <ul className="grid gap-0.5 text-sm">
          {history?.slice(0, 8).map((job) => (
            <li key={job.jobId} className="flex gap-2">
              <span className="mono w-10 flex-none text-ink-3">{job.jobId}</span>
              <span className="ell min-w-0 flex-1">{job.name}</span>
              {job.ours && <span className="flex-none text-ink-3">{t('printers.ours')}</span>}
              <span className="flex-none text-ink-2">{t(`deviceJob.${job.state}`)}</span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
