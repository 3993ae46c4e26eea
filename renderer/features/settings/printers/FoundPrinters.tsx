import { Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attempt } from '../../../app/act.ts'
import { core, type CoreOut } from '../../../host.ts'
import { Button } from '../../../ui/Button.tsx'

/** Printers that announce themselves in this network; one click makes one of them this desk's. */
export function FoundPrinters({ known, onAdd }: { known: readonly string[]; onAdd: (address: string) => void }) {
  const { t } = useTranslation()
  const [found, setFound] = useState<CoreOut<'printer.discover'> | null>(null)
  const [searching, setSearching] = useState(false)
  const search = async () => {
    setSearching(true)
    setFound((await attempt(() => core('printer.discover', {}))) ?? null)
    setSearching(false)
  }
  return (
    <div className="grid gap-2">
      <div className="flex items-center gap-2">
        <span className="lbl flex-1">{t('printers.found')}</span>
        <Button icon={Search} disabled={searching} onClick={() => void search()}>
          {searching ? t('printers.searching') : t('printers.search')}
        </Button>
      </div>
      {found?.length === 0 && <div className="text-sm text-ink-2">{t('printers.foundNone')}</div>}
      {found && found.length > 0 && (
        <ul aria-label={t('printers.found')} className="divide-y divide-line rounded-md border border-line bg-panel">
          {found.map(({ name, address }) => (
            <li key={address} className="flex items-center gap-2 px-3 py-1.5">
              <span className="min-w-0 flex-1">
                <span className="ell block">{name}</span>
                <span className="mono ell block text-sm text-ink-3">{address}</span>
              </span>
              <Button size="small" disabled={known.includes(address)} onClick={() => onAdd(address)}>
                {t(known.includes(address) ? 'printers.added' : 'printers.add')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
