import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../../app/act.ts'
import { core } from '../../../host.ts'
import { Button } from '../../../ui/Button.tsx'
import { Check } from '../../../ui/Check.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Note } from '../../../ui/Note.tsx'
import { Line } from '../Line.tsx'

/** The one secret that opens the database when this computer's own key is lost: shown until a supervisor has it on paper. */
export function RecoveryKey({ state, supervisor }: { state: 'toShow' | 'kept'; supervisor: boolean }) {
  const { t } = useTranslation()
  const [key, setKey] = useState<string | null>(null)
  const [written, setWritten] = useState(false)
  const close = () => {
    setKey(null)
    setWritten(false)
  }
  const show = async () => setKey((await attempt(() => core('recovery.show', {})))?.key ?? null)
  const keep = async () => {
    if (written && (await attempt(() => core('recovery.kept', {})))) close()
  }
  return (
    <Line title={t('recovery.title')} hint={state === 'kept' ? t('recovery.kept') : t('recovery.hint')}>
      {state === 'toShow' && (
        <Button disabled={!supervisor} data-action="recoveryKey" onClick={() => void show()}>
          {t('recovery.show')}
        </Button>
      )}
      {key !== null && (
        <Dialog
          title={t('recovery.title')}
          open
          onClose={close}
          onSubmit={() => void keep()}
          footer={
            <Button kind="primary" size="big" type="submit" disabled={!written}>
              {t('recovery.done')}
            </Button>
          }
        >
          <p>{t('recovery.explain')}</p>
          <div className="rounded-md border border-line bg-paper px-4 py-3">
            {/* Four groups a line: what is copied by hand is compared line by line. */}
            <div className="mono mx-auto max-w-[34ch] text-md leading-7 select-text" data-recovery-key>
              {key}
            </div>
          </div>
          <Note tone="warn">{t('recovery.once')}</Note>
          <Check on={written} onChange={setWritten}>
            {t('recovery.written')}
          </Check>
        </Dialog>
      )}
    </Line>
  )
}
