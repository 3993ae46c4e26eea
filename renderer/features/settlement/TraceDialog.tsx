import { useTranslation } from 'react-i18next'
import { useCore } from '../../app/data.ts'
import { moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/Note.tsx'
import { SignaturePad } from '../../ui/SignaturePad.tsx'

/** Every scan, seal and signature behind one line, in the order they happened. */
export function TraceDialog({ bagId, onClose }: { bagId: string; onClose: () => void }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const { data } = useCore('settlement.trace', { bagId }, ['courier'])
  return (
    <Dialog title={t('settlement.trace')} open onClose={onClose}>
      {data?.intact !== null && data && (
        <Note tone={data.intact ? 'ok' : 'bad'}>{t(data.intact ? 'settlement.intact' : 'settlement.notIntact')}</Note>
      )}
      <ol className="divide-y divide-line border-y border-line">
        {data?.steps.map((step, index) => (
          <li key={index} className="flex items-center gap-3 py-1.5">
            <span className="text-ink-3">{moment(step.at, i18n.language, now, t)}</span>
            <span>{t(`op.${step.event}`, { defaultValue: step.event })}</span>
            <span className="mono ell flex-1 text-ink-2">{step.text}</span>
            <span className="text-ink-2">{step.who}</span>
          </li>
        ))}
      </ol>
      {data?.signature && data.signature.length > 0 && (
        <div>
          <div className="lbl mb-1">{t('courier.signature')}</div>
          <SignaturePad strokes={data.signature} onChange={() => undefined} disabled />
        </div>
      )}
    </Dialog>
  )
}
