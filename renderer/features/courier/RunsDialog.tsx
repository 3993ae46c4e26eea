import { FileText } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCore } from '../../app/data.ts'
import { moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { blobUrl } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { fold } from '../../ui/Highlight.tsx'
import { PrintPreview } from '../prints/PrintPreview.tsx'
import { AmendDialog } from './AmendDialog.tsx'
import { Amendments } from './Amendments.tsx'
import { MANIFEST_TONE, type Manifest } from './ManifestPanel.tsx'
import type { Bag } from './Packing.tsx'

const SHOWN = 50

/** Every run that has gone: found by number, driver, seal or bag; printed again, corrected with a signature. */
export function RunsDialog({
  manifests,
  bags,
  start,
  onPapers,
  onClose,
}: {
  manifests: readonly Manifest[]
  bags: readonly Bag[]
  start: string
  onPapers: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [text, setText] = useState(start)
  const [open, setOpen] = useState<{ manifest: Manifest; what: 'print' | 'receipt' | 'amend' } | null>(null)
  const wanted = fold(text.trim())
  const gone = manifests
    .filter((one) => one.state === 'handed_over' || one.state === 'void')
    .filter((one) => wanted === '' || fold(wordsOf(one, bags)).includes(wanted))
    .sort((a, b) => (b.handedOver?.at ?? 0) - (a.handedOver?.at ?? 0))
  const shut = () => setOpen(null)
  return (
    <Dialog
      title={t('courier.gone')}
      open
      onClose={onClose}
      width="wide"
      footer={
        <Button onClick={onPapers} data-action="papers">
          {t('paper.title')}
        </Button>
      }
    >
      <Field label={t('courier.findRun')} value={text} onChange={setText} autoFocus />
      <ul className="divide-y divide-line border-y border-line">
        {gone.slice(0, SHOWN).map((one) => (
          <OneRun key={one.id} manifest={one} onOpen={(what) => setOpen({ manifest: one, what })} />
        ))}
        {gone.length === 0 && <li className="py-4 text-center text-ink-3">{t('courier.noRuns')}</li>}
      </ul>
      {open?.what === 'amend' && <AmendDialog manifest={open.manifest} onClose={shut} />}
      {open?.what === 'print' && <PrintPreview kind="manifest" objectIds={[open.manifest.id]} onClose={shut} />}
      {open?.what === 'receipt' && <PrintPreview kind="receipt" objectIds={[open.manifest.id]} onClose={shut} />}
    </Dialog>
  )
}

function wordsOf(manifest: Manifest, bags: readonly Bag[]): string {
  const own = bags.filter((bag) => manifest.bagIds.includes(bag.id))
  const { number, run, handedOver } = manifest
  return [number, run, handedOver?.driver, ...own.flatMap((bag) => [bag.code, bag.seal, bag.destinationName])].join(' ')
}

function OneRun({ manifest, onOpen }: { manifest: Manifest; onOpen: (what: 'print' | 'receipt' | 'amend') => void }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const pictures = useCore('handover.photos', { manifestId: manifest.id }, ['courier']).data ?? []
  const handed = manifest.handedOver
  return (
    <li className="grid gap-1 py-2.5" data-run={manifest.number}>
      <div className="flex items-center gap-2">
        <span className="mono font-semibold">{manifest.number}</span>
        <span className="ell text-ink-2">{manifest.run}</span>
        <Tag tone={MANIFEST_TONE[manifest.state]}>{t(`manifestState.${manifest.state}`)}</Tag>
        <span className="flex-1" />
        {handed && (
          <>
            <Button size="small" onClick={() => onOpen('amend')} data-action="amendRun">
              {t('courier.amend')}
            </Button>
            <Button size="small" onClick={() => onOpen('receipt')}>
              {t('printKind.receipt')}
            </Button>
            <Button size="small" icon={FileText} onClick={() => onOpen('print')}>
              {t('print.preview')}
            </Button>
          </>
        )}
      </div>
      {handed && (
        <div className="text-sm text-ink-2">
          {t('courier.goneLine', {
            driver: handed.driver,
            time: moment(handed.at, i18n.language, now, t),
            bags: manifest.bagCount,
            items: manifest.itemCount,
          })}
          <span className="mono ml-2 text-ink-3" title={handed.digest}>
            SHA-256 {handed.digest.slice(0, 12)}…
          </span>
        </div>
      )}
      {pictures.length > 0 && (
        <div className="flex flex-wrap gap-2 pt-0.5">
          {pictures.map((one, index) => (
            <img
              key={one.blob}
              src={blobUrl(one.blob)}
              alt={t(one.kind === 'signature' ? 'courier.signature' : 'handoff.photoN', { n: index + 1 })}
              data-picture={one.kind}
              className="h-14 rounded-md border border-line bg-white"
            />
          ))}
        </div>
      )}
      <Amendments list={manifest.amendments} />
    </li>
  )
}
