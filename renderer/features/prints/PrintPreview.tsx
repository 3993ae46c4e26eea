import { Printer } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrintKind } from '../../../electron/contract/core.contract.ts'
import type { DeskError } from '../../../electron/contract/errors.ts'
import { asDeskError, useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { blobUrl, core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { LazyPdf } from '../../ui/LazyPdf.tsx'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { printNow } from './print.ts'

/** What will come out of the printer, before it does: the same bytes. */
export function PrintPreview({
  kind,
  objectIds,
  onClose,
}: {
  kind: PrintKind
  objectIds: string[]
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [made, setMade] = useState<{ blob: string; pages: number } | null>(null)
  const [error, setError] = useState<DeskError | null>(null)
  const [printer, setPrinter] = useState<string | null>(null)
  const [copies, setCopies] = useState('1')
  const printers = useCore('printer.list', { refresh: false }, ['devices']).data ?? []
  const settings = useCore('settings.get', {}, ['settings']).data
  const key = objectIds.join()
  useEffect(() => {
    let live = true
    core('print.preview', { kind, objectIds: key.split(',') }).then(
      (reply) => live && setMade(reply),
      (failure: unknown) => live && setError(asDeskError(failure)),
    )
    return () => {
      live = false
    }
  }, [kind, key])
  const n = Math.max(1, Math.min(20, Number.parseInt(copies, 10) || 1))
  const chosen = printer ?? settings?.printerId ?? printers[0]?.id ?? null
  const print = async () => {
    if (await printNow(kind, objectIds, n, chosen)) onClose()
  }
  return (
    <Dialog
      title={t('print.previewTitle', { kind: t(`printKind.${kind}`) })}
      open
      onClose={onClose}
      onSubmit={() => void print()}
      width="wide"
      footer={
        <>
          <div className="mr-auto flex items-end gap-3">
            <Select
              label={t('print.printer')}
              value={chosen}
              options={printers.map((one) => ({ id: one.id, label: one.name, detail: t(`printer.${one.state}`) }))}
              onChange={setPrinter}
              className="w-56"
              placeholder={t('print.noPrinter')}
            />
            <Field
              label={t('print.copies')}
              type="number"
              min={1}
              max={20}
              value={copies}
              onChange={setCopies}
              className="w-20"
            />
          </div>
          <Button kind="primary" size="big" type="submit" icon={Printer} disabled={!made} data-action="print">
            {made ? t('print.doPages', { count: made.pages }) : t('print.do')}
          </Button>
        </>
      }
    >
      <div className="-mx-5 -my-4 h-[min(62vh,640px)]">
        {error ? (
          <div className="p-5">
            <Note tone="bad">{errorText(t, error.code, error.params)}</Note>
          </div>
        ) : made ? (
          <LazyPdf url={blobUrl(made.blob)} label={t('print.previewTitle', { kind: t(`printKind.${kind}`) })} />
        ) : (
          <div className="grid h-full place-items-center bg-paper">
            <Skeleton w="420px" h={500} />
          </div>
        )}
      </div>
    </Dialog>
  )
}
