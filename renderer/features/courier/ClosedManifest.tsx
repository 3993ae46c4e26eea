import { Check, PenLine, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CommandButton } from '../../app/CommandButton.tsx'
import { go } from '../../app/routes.ts'
import { Button } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'
import { SignHere } from '../handoff/SignHere.tsx'
import { useHandOver } from '../handoff/useHandOver.ts'
import { PrintPreview } from '../prints/PrintPreview.tsx'
import { AmendDialog } from './AmendDialog.tsx'
import { Amendments } from './Amendments.tsx'
import { Figures, ManifestBody, type Manifest } from './ManifestPanel.tsx'

/** A closed manifest: printed, signed, and then the bags are gone. Nothing in it changes any more. */
export function ClosedManifest({ manifest }: { manifest: Manifest }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'print' | 'amend' | null>(null)
  const signing = useHandOver(manifest, true)
  return (
    <>
      <ManifestBody manifest={manifest}>
        <Figures
          bags={manifest.bagCount}
          items={manifest.itemCount}
          destinations={manifest.destinationCount}
          grams={manifest.weightGrams ?? 0}
        />
        <Note tone="plain">{t('courier.closedNote')}</Note>
        <Amendments list={manifest.amendments} />
        <div className="flex flex-wrap gap-2">
          <Button icon={Printer} onClick={() => setOpen('print')} data-print="manifest">
            {t('courier.printManifest')}
          </Button>
          <Button icon={PenLine} onClick={() => go('courier', manifest.id, 'handoff')} data-action="handoffScreen">
            {t('courier.handoffScreen')}
          </Button>
          <Button onClick={() => setOpen('amend')}>{t('courier.amend')}</Button>
        </div>
        <SignHere signing={signing} />
      </ManifestBody>
      <div className="grid gap-2 border-t border-line px-4 py-3">
        <CommandButton id="courier.handOver" kind="primary" size="big" icon={Check} className="w-full">
          {t('courier.handOverN', { bags: manifest.bagCount, items: manifest.itemCount })}
        </CommandButton>
      </div>
      {open === 'print' && <PrintPreview kind="manifest" objectIds={[manifest.id]} onClose={() => setOpen(null)} />}
      {open === 'amend' && <AmendDialog manifest={manifest} onClose={() => setOpen(null)} />}
    </>
  )
}
