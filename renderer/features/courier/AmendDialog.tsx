import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { act } from '../../app/act.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextArea } from '../../ui/Field.tsx'
import { SignaturePad, type Strokes } from '../../ui/SignaturePad.tsx'

/** A closed manifest is corrected by a signed sentence beside it; nothing that was signed before changes. */
export function AmendDialog({ manifest, onClose }: { manifest: { id: string; number: string }; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [strokes, setStrokes] = useState<Strokes>([])
  const ready = text.trim() !== '' && strokes.length > 0
  const submit = async () => {
    const args = { text: text.trim(), signature: { strokes } }
    if (ready && (await act(manifest.id, 'amendManifest', args, manifest.number))) onClose()
  }
  return (
    <Dialog
      title={t('courier.amendTitle', { number: manifest.number })}
      open
      onClose={onClose}
      onSubmit={() => void submit()}
      footer={
        <Button kind="primary" size="big" type="submit" disabled={!ready} data-action="amend">
          {t('courier.amendDo')}
        </Button>
      }
    >
      <p className="text-ink-2">{t('courier.amendNote')}</p>
      <TextArea
        label={t('courier.amendText')}
        value={text}
        onChange={setText}
        maxLength={1000}
        autoFocus
        data-scan="text"
      />
      <div>
        <div className="lbl mb-1">{t('courier.amendSignature')}</div>
        <SignaturePad strokes={strokes} onChange={setStrokes} />
      </div>
    </Dialog>
  )
}
