import { Lock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { act } from '../../app/act.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { useCommand } from '../../app/commands.ts'
import { Button } from '../../ui/Button.tsx'
import { Check } from '../../ui/Check.tsx'
import { Note } from '../../ui/Note.tsx'
import { Select } from '../../ui/Select.tsx'
import { Figures, ManifestBody, type Manifest } from './ManifestPanel.tsx'
import type { Bag, Board } from './Packing.tsx'

/** A manifest that is still being written: which sealed bags go with it. */
export function OpenManifest({ manifest, board }: { manifest: Manifest; board: Board }) {
  const { t } = useTranslation()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const others = board.manifests.filter((one) => one.state === 'open' && one.id !== manifest.id)
  const free = board.bags.filter(
    (bag) => bag.state === 'closed' && (bag.manifestId === null || bag.manifestId === manifest.id),
  )
  const unsealed = board.bags.filter((bag) => bag.state === 'open' && bag.items.length > 0).length
  const chosen = free.filter((bag) => !left.has(bag.id))
  const close = async () => {
    setBusy(true)
    await act(manifest.id, 'closeManifest', { bagIds: chosen.map((bag) => bag.id) }, manifest.number)
    setBusy(false)
  }
  const take = (bag: Bag, on: boolean) =>
    setLeft((old) => {
      const next = new Set(old)
      if (on) next.delete(bag.id)
      else next.add(bag.id)
      return next
    })
  useCommand('courier.closeManifest', () => void close(), chosen.length > 0 && !busy)

  return (
    <>
      <ManifestBody manifest={manifest}>
        <Figures
          bags={chosen.length}
          items={chosen.reduce((sum, bag) => sum + bag.items.length, 0)}
          destinations={new Set(chosen.map((bag) => bag.destination)).size}
          grams={chosen.reduce((sum, bag) => sum + (bag.weightGrams ?? 0), 0)}
          aside={{
            ...(unsealed > 0 ? { bags: t('courier.unsealed', { count: unsealed }) } : {}),
            ...(board.candidates.length > 0
              ? { items: t('courier.notPackedN', { count: board.candidates.length }) }
              : {}),
          }}
        />
        <section>
          <div className="lbl mb-1">{t('courier.bagsOnRun')}</div>
          {free.length === 0 ? (
            <Note tone="plain">{t('courier.noSealed')}</Note>
          ) : (
            <ul className="grid gap-px">
              {free.map((bag) => (
                <li key={bag.id} className="flex h-8 items-center gap-2" data-run-bag={bag.code}>
                  <Check on={!left.has(bag.id)} onChange={(on) => take(bag, on)}>
                    <span className="ell max-w-44">{bag.destinationName}</span>
                  </Check>
                  <span className="flex-1" />
                  {others.length > 0 && (
                    <Select
                      label={t('courier.moveBag', { name: bag.destinationName })}
                      hideLabel
                      value={bag.manifestId ?? manifest.id}
                      options={[manifest, ...others].map((one) => ({ id: one.id, label: one.run || one.number }))}
                      onChange={(to) => void act(bag.id, 'moveBag', { manifestId: to }, bag.destinationName)}
                      className="w-28"
                    />
                  )}
                  <span className="mono text-ink-3">{bag.seal}</span>
                  <span className="w-12 text-right text-ink-2">
                    {t('courier.volumes', { count: bag.items.length })}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
      </ManifestBody>
      <div className="grid gap-2 border-t border-line px-4 py-3">
        {manifest.bagIds.length === 0 && (
          <Button
            kind="quiet"
            onClick={() => void act(manifest.id, 'voidManifest', {}, manifest.run || manifest.number)}
            data-action="voidManifest"
          >
            {t('courier.voidManifest')}
          </Button>
        )}
        <CommandButton id="courier.closeManifest" kind="primary" size="big" icon={Lock} className="w-full" />
      </div>
    </>
  )
}
