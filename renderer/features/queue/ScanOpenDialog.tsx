import { ScanLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openCode } from '../../app/openCode.ts'
import { useScan } from '../../app/scan.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'

/** Opens a request by its slip, or by a number typed in. */
export function ScanOpenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const open = async (code: string) => {
    if (code.trim() && (await openCode(code.trim()))) onClose()
  }
  useScan((code) => void open(code))
  return (
    <Dialog
      title={t('scanOpen.title')}
      open
      onClose={onClose}
      onSubmit={() => void open(text)}
      width="small"
      footer={
        <Button kind="primary" type="submit" disabled={!text.trim()}>
          {t('scanOpen.do')}
        </Button>
      }
    >
      <div className="flex items-center gap-3 text-ink-2">
        <ScanLine aria-hidden="true" size={28} className="flex-none text-accent" />
        {t('scanOpen.hint')}
      </div>
      <Field label={t('scanOpen.field')} value={text} onChange={setText} mono autoFocus placeholder="HG00003902" />
    </Dialog>
  )
}
