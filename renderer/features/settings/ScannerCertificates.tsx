import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ScannerCertificate } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'

/** Encrypted scanners whose certificate a person has to look at, and those that are trusted already. */
export function ScannerCertificates() {
  const { t } = useTranslation()
  const certificates = useCore('scanner.certificates', {}, ['devices']).data
  if (!certificates?.length) return null
  return (
    <section className="grid gap-3" aria-label={t('certificate.title')}>
      <div className="font-medium">{t('certificate.title')}</div>
      {certificates.map((one) => (
        <Certificate key={one.server} certificate={one} />
      ))}
    </section>
  )
}

function Certificate({ certificate: { server, shown, trusted } }: { certificate: ScannerCertificate }) {
  const { t } = useTranslation()
  const trust = async () => {
    if (!(await attempt(() => core('scanner.trust', { server, fingerprint: shown! })))) return
    await attempt(() => core('scanner.list', { refresh: true }))
  }
  const forget = () => void attempt(() => core('scanner.forget', { server }))
  const state = shown === null ? 'trusted' : trusted === null ? 'new' : 'changed'
  return (
    <article
      aria-label={server}
      data-certificate={state}
      className="grid gap-2 rounded-lg border border-line bg-panel px-3.5 py-3"
    >
      <div className="flex items-center gap-2">
        {state === 'trusted' ? (
          <ShieldCheck aria-hidden="true" size={16} className="flex-none text-ok" />
        ) : (
          <ShieldAlert aria-hidden="true" size={16} className="flex-none text-amber" />
        )}
        <span className="mono ell min-w-0 flex-1">{server}</span>
        <span className="flex-none text-sm text-ink-2">{t(`certificate.state.${state}`)}</span>
      </div>
      {state !== 'trusted' && <Note tone={state === 'changed' ? 'bad' : 'warn'}>{t(`certificate.${state}`)}</Note>}
      <Fingerprint
        label={t(state === 'trusted' ? 'certificate.fingerprint' : 'certificate.shown')}
        text={shown ?? trusted!}
      />{' '}
      {/* prettier-ignore */}
      {state === 'changed' && <Fingerprint label={t('certificate.before')} text={trusted!} />}
      <div className="flex gap-2">
        {state !== 'trusted' && (
          <Button onClick={() => void trust()} data-action="trustCertificate">
            {t('certificate.trust')}
          </Button>
        )}
        <Button kind="quiet" onClick={forget}>
          {t('certificate.forget')}
        </Button>
      </div>
    </article>
  )
}

function Fingerprint({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <div className="lbl">{label}</div>
      <div className="mono text-sm break-all select-text">{text}</div>
    </div>
  )
}
