import { Printer } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LABELS_A_SHEET, type PrintKind } from '../../../electron/contract/core.contract.ts'
import type { DeskError } from '../../../electron/contract/errors.ts'
import { deviceName } from '../../app/device-name.ts'
import { asDeskError, useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { blobUrl, core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { LazyPdf } from '../../ui/LazyPdf.tsx'
import { Select } from '../../ui/Select.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { printNow } from './print.ts'

/** Whole number in a field, or null while there is none. */
const whole = (text: string, most: number): number | null => {
  const n = Number.parseInt(text, 10)
  return n >= 1 && n <= most ? n : null
}

/** What will come out of the printer, before it does: laid out for the printer, paper and position it goes to. */
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
  const [made, setMade] = useState<CoreOut<'print.preview'> | null>(null)
  const [error, setError] = useState<DeskError | null>(null)
  const [printer, setPrinter] = useState<string | null>(null)
  const [copies, setCopies] = useState('')
  const [place, setPlace] = useState('')
  const printers = useCore('printer.list', { refresh: false }, ['devices']).data ?? []
  const key = objectIds.join()
  const start = whole(place, 14)
  useEffect(() => {
    let live = true
    core('print.preview', { kind, objectIds: key.split(','), printerId: printer, start }).then(
      (reply) => {
        if (!live) return
        setMade(reply)
        setError(null)
      },
      (failure: unknown) => live && setError(asDeskError(failure)),
    )
    return () => {
      live = false
    }
  }, [kind, key, printer, start])
  const sheet = made && made.paper in LABELS_A_SHEET ? LABELS_A_SHEET[made.paper as keyof typeof LABELS_A_SHEET] : null
  const print = async () => {
    if (await printNow(kind, objectIds, whole(copies, 20) ?? made?.copies ?? null, printer, made?.start ?? null))
      onClose()
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
              value={printer ?? made?.printerId ?? null}
              options={printers.map((one) => ({
                id: one.id,
                label: deviceName(t, one.name),
                detail: t(`printer.${one.state}`),
              }))}
              onChange={setPrinter}
              className="w-56"
              placeholder={t('print.noPrinter')}
            />
            <Field
              label={t('print.copies')}
              type="number"
              min={1}
              max={20}
              value={copies === '' ? String(made?.copies ?? 1) : copies}
              onChange={setCopies}
              className="w-20"
            />
            {sheet !== null && (
              <Field
                label={t('print.start', { count: sheet })}
                type="number"
                min={1}
                max={sheet}
                value={place === '' ? String(made?.start ?? 1) : place}
                onChange={setPlace}
                className="w-24"
              />
            )}
          </div>
          <Button
            kind="primary"
            size="big"
            type="submit"
            icon={Printer}
            disabled={!made || error !== null}
            data-action="print"
          >
            {made ? t('print.doPages', { count: made.pages }) : t('print.do')}
          </Button>
        </>
      }
    >
      {made?.instead && (
        <Note tone="warn">
          {t('print.instead', { printer: printers.find((one) => one.id === made.printerId)?.name ?? '' })}
        </Note>
      )}
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
