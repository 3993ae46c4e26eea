import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { act } from '../../app/act.ts'
import { useScan } from '../../app/scan.ts'
import { play } from '../../app/sound.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import type { Bag } from './Packing.tsx'

/** Sealing a bag: its seal number is scanned or typed, the weight is taken if there are scales. */
export function CloseBagDialog({ bag, onClose }: { bag: Bag; onClose: () => void }) {
  const { t } = useTranslation()
  const [seal, setSeal] = useState('')
  const [kilos, setKilos] = useState('')
  const grams = Math.round(Number(kilos.replace(',', '.')) * 1000)
  const weight = kilos.trim() && Number.isFinite(grams) && grams >= 0 && grams <= 200_000 ? { weightGrams: grams } : {}
  useScan((code) => {
    setSeal(code)
    play('right')
  })
  const submit = async () => {
    if (seal.trim() && (await act(bag.id, 'closeBag', { seal: seal.trim(), ...weight }, bag.destinationName))) onClose()
  }
  return (
    <Dialog
      title={t('courier.closeTitle', { name: bag.destinationName })}
      open
      onClose={onClose}
      onSubmit={() => void submit()}
      width="small"
      footer={
        <Button kind="primary" size="big" type="submit" disabled={!seal.trim()}>
          {t('courier.closeDo', { count: bag.items.length })}
        </Button>
      }
    >
      <div className="mono text-ink-2">{bag.code}</div>
      <Field
        label={t('courier.sealNumber')}
        hint={t('courier.sealHint')}
        value={seal}
        onChange={setSeal}
        mono
        autoFocus
        maxLength={64}
      />
      <Field
        label={t('courier.weight')}
        hint={t('courier.weightHint')}
        value={kilos}
        onChange={setKilos}
        inputMode="decimal"
        className="max-w-32"
        data-scan="text"
      />
    </Dialog>
  )
}
