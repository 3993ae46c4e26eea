import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { act } from '../../app/act.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'

/** Words to the applicant: why not, or what is still missing. Both are read by them. */
export function ReaderDialog({
  id,
  name,
  kind,
  onClose,
}: {
  id: string
  name: string
  kind: 'refuse' | 'ask'
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const ready = text.trim() !== ''
  const send = async () => {
    const words = text.trim()
    const taken = kind === 'refuse' ? act(id, 'refuseReader', { reason: words }, name) : act(id, 'askApplicant', { text: words }, name) // prettier-ignore
    if (await taken) onClose()
  }
  return (
    <Dialog
      title={`${t(`readers.${kind}`)} · ${name}`}
      open
      onClose={onClose}
      onSubmit={() => ready && void send()}
      footer={
        <>
          <Button kind="quiet" onClick={onClose} kbd="Escape">
            {t('ui.cancel')}
          </Button>
          <Button kind="primary" type="submit" disabled={!ready}>
            {t(`readers.${kind}`)}
          </Button>
        </>
      }
    >
      <div className="flex flex-wrap gap-1.5">
        {(['one', 'two', 'three'] as const).map((nth) => {
          const usual = t(`readers.usual.${kind}.${nth}`)
          return (
            <Button key={nth} size="small" onClick={() => setText(usual)}>
              {usual}
            </Button>
          )
        })}
      </div>
      <TextArea
        label={t(kind === 'refuse' ? 'readers.reason' : 'readers.question')}
        value={text}
        onChange={setText}
        maxLength={1000}
        autoFocus
      />
    </Dialog>
  )
}
